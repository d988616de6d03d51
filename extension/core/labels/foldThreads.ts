import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { CountMatrix } from './countMatrix';
import {
  crossValPredictProba,
  missingWarnings,
  type CrossValidated,
  type CrossValidationOptions,
} from './crossValidation';
import type { PredProbs } from './matrix';
import { stratifiedFolds } from './stratifiedFolds';

/** What a thread is given; the arrays are shared, not copied. */
export interface FoldTask {
  readonly matrix: Omit<CountMatrix, 'vocabulary'>;
  /** How many columns the matrix has. */
  readonly words: number;
  readonly labels: Int32Array;
  readonly folds: Uint16Array;
  /** The folds that this thread predicts. */
  readonly own: readonly number[];
  /** Gets the probabilities of their rows. */
  readonly predProbs: PredProbs;
}

/** What a thread says: a fold is done, and at its end which classes some training part lacked. */
export type FoldMessage = { readonly done: number } | { readonly missing: readonly number[] };

export interface ThreadOptions extends CrossValidationOptions {
  /** Absolute path of the bundle of `foldWorker.ts`. */
  readonly worker: string;
  /** As many as there are processors when left out. */
  readonly threads?: number;
}

/** Words of all texts from which threads save more time than they take to start. */
const enoughWords = 2_000_000;
const mostThreads = 8;

/**
 * `crossValPredictProba` with the folds shared out among threads, where that is faster. A fold's probabilities depend on
 * nothing but its model, so they are the same to the last bit with any number of threads.
 *
 * @throws the signal's reason when it is aborted
 */
export async function crossValidateInThreads(
  matrix: CountMatrix,
  labels: Int32Array,
  classes: number,
  { worker, threads, ...options }: ThreadOptions,
): Promise<CrossValidated> {
  const count = Math.min(threads ?? usualThreads(matrix), options.folds);
  if (count < 2) return crossValPredictProba(matrix, labels, classes, options);
  const { folds, warnings } = stratifiedFolds(labels, classes, options.folds);
  const data = new Float64Array(new SharedArrayBuffer(labels.length * classes * Float64Array.BYTES_PER_ELEMENT));
  const predProbs = { data, rows: labels.length, columns: classes };
  const { starts, columns, counts } = matrix;
  const shared = {
    matrix: { starts, columns, counts },
    words: matrix.vocabulary.length,
    labels,
    folds,
    predProbs,
  };
  const missing = new Set<number>();
  let done = 0;
  const onMessage = (message: FoldMessage): void => {
    if ('missing' in message) for (const label of message.missing) missing.add(label);
    else options.onProgress?.(++done / options.folds);
  };
  const parts = Array.from({ length: count }, (_, thread) =>
    Array.from({ length: options.folds }, (__, fold) => fold).filter((fold) => fold % count === thread),
  );
  await allOf(
    parts.map((own) => new Worker(worker, { workerData: { ...shared, own } satisfies FoldTask })),
    onMessage,
    options.signal,
  );
  return { predProbs, warnings: [...warnings, ...missingWarnings(missing, options.classNames)] };
}

function usualThreads({ columns }: CountMatrix): number {
  return columns.length < enoughWords ? 1 : Math.min(availableParallelism(), mostThreads);
}

/** Waits for all threads; when one fails, or the signal says so, the others are ended. */
async function allOf(
  threads: readonly Worker[],
  onMessage: (message: FoldMessage) => void,
  signal: AbortSignal | undefined,
): Promise<void> {
  const ends = threads.map(
    (thread) =>
      new Promise<void>((resolve, reject) => {
        thread.on('message', onMessage).once('error', reject);
        thread.once('exit', (code) => {
          if (code === 0) resolve();
          else reject(new Error(`A thread of the cross-validation ended with ${code}.`));
        });
      }),
  );
  const stop = new Promise<never>((_, reject) => {
    signal?.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });
  try {
    signal?.throwIfAborted();
    await Promise.race([Promise.all(ends), stop]);
  } finally {
    await Promise.all(threads.map((thread) => thread.terminate()));
  }
}
