import { createHash } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import type { CodeReference } from '../../demo/definition';
import { parseFunctionReference } from '../../demo/functionReference';
import { createWorker, type WorkerServices } from '../../demo/runners/createRunner';
import { FunctionError } from '../../demo/runners/functionError';
import type { WorkerClient } from '../../demo/runners/workerClient';
import { ExpectedError, notFound } from '../../errors';
import { finishPredProbs } from './finishPredProbs';
import { appendToSpool, beginSpool, readSpool } from './predictionSpool';
import { readPredictions, rowsFrom } from './predictions';
import { RowCollector } from './rowCollector';
import type { NamedPredProbs, WantedPredProbs } from './types';

/** The person's own model, and what it is to predict. */
export interface Model {
  /** `file.py:function` or `file.mjs:export`: takes a list of texts (or media paths), returns probabilities for each. */
  readonly fn: string;
  /** Where a relative path of `fn` starts. Absolute. */
  readonly baseDir: string;
  /** In the order of the dataset. */
  readonly texts: Iterable<string> | AsyncIterable<string>;
  /** Texts of one call; 64 unless told. */
  readonly batchSize?: number;
  /** Where finished batches are kept until all are done, so that a run that was stopped goes on where it ended. */
  readonly spool?: ModelSpool;
}

export interface ModelSpool {
  /** A file that is made, appended to and removed here. Absolute. */
  readonly path: string;
  /** What changes when the texts do, such as a hash of the dataset and the name of its column. */
  readonly data: string;
}

export interface ModelOptions extends WantedPredProbs {
  readonly signal?: AbortSignal;
  /** Called after each batch with the rows that are done. */
  readonly onProgress?: (rows: number) => void;
  /** "Starting Python 3.11…", "Loading model.py…"; empty when it is the prediction itself. */
  readonly onStatus?: (status: string) => void;
}

const usualBatch = 64;

/**
 * Asks a function of the person's own for the probabilities of all texts, batch by batch, in a worker process. It may
 * return rows of numbers (lists, arrays, tensors), `{label: score}` or lists of `{label, score}`, one for each text.
 *
 * This runs the function's file: the caller has made sure that the workspace is trusted. A spool is followed only while
 * that file is the same; what the file itself reads, such as weights, is not looked at.
 *
 * @throws ExpectedError naming the rows of the batch that failed; `signal` stops with one, too
 */
export async function modelPredProbs(
  model: Model,
  services: WorkerServices,
  options: ModelOptions = {},
): Promise<NamedPredProbs> {
  const fn = functionOf(model);
  const prediction = new Prediction(fn, model, options, await hashOf(fn.file));
  const resumed = await prediction.resume();
  const worker = createWorker(fn, services);
  try {
    await prediction.run(worker);
  } finally {
    await worker.dispose();
  }
  const warnings = resumed === 0 ? [] : [`The first ${resumed} rows are those of a run that was stopped before.`];
  const finished = await finishPredProbs({ ...prediction.rows.finish(), warnings }, model.fn, options);
  if (model.spool) await rm(model.spool.path, { force: true });
  return finished;
}

/** One run over all texts. */
class Prediction {
  readonly rows: RowCollector;

  constructor(
    private readonly fn: CodeReference,
    private readonly model: Model,
    private readonly options: ModelOptions,
    /** Of the function's file, as it was when the run began. */
    private readonly hash: string,
  ) {
    this.rows = new RowCollector(model.fn);
  }

  /** Takes what an earlier run has finished. @returns how many rows */
  async resume(): Promise<number> {
    const { spool, fn } = this.model;
    if (!spool) return 0;
    const key = { fn, file: this.hash, data: spool.data };
    for await (const { classes, rows } of readSpool(spool.path, key)) {
      for (const values of rows) this.rows.add({ classes, values });
    }
    if (this.rows.count === 0) await beginSpool(spool.path, key);
    else this.options.onProgress?.(this.rows.count);
    return this.rows.count;
  }

  async run(worker: WorkerClient): Promise<void> {
    const size = Math.max(1, this.model.batchSize ?? usualBatch);
    for await (const batch of batchesOf(this.model.texts, size, this.rows.count)) {
      if ((await hashOf(this.fn.file)) !== this.hash)
        throw new ExpectedError(`${this.fn.file} changed while it was predicting.`, 'Predict all rows again.');
      await this.predict(worker, batch);
      this.options.onProgress?.(this.rows.count);
    }
  }

  private async predict(worker: WorkerClient, texts: readonly string[]): Promise<void> {
    const { spool } = this.model;
    const from = this.rows.count;
    const answer = await this.ask(worker, texts);
    const isNormalized = this.options.normalizeRows !== undefined;
    const read = readPredictions(answer, { count: texts.length, from, isNormalized, source: this.model.fn });
    const rows = read.map((row) => this.rows.add(row));
    if (spool) await appendToSpool(spool.path, { from, classes: this.rows.classes, rows });
  }

  private async ask(worker: WorkerClient, texts: readonly string[]): Promise<unknown> {
    const { file, name } = this.fn;
    const { signal, onStatus } = this.options;
    try {
      const events = { ...(signal ? { signal } : {}), ...(onStatus ? { onStatus } : {}) };
      return await worker.call({ op: 'predict', file, name, texts }, events);
    } catch (error) {
      if (!(error instanceof FunctionError)) throw error;
      const place = rowsFrom(this.rows.count, texts.length);
      throw new FunctionError(`In ${place}: ${error.what}`, error.next, error.details, { cause: error });
    }
  }
}

/** @throws ExpectedError when `fn` is no function in a file */
function functionOf({ fn, baseDir }: Model): CodeReference {
  const parsed = parseFunctionReference(fn, baseDir);
  if ('problem' in parsed) throw new ExpectedError(parsed.problem);
  const { type } = parsed.fn;
  if (type === 'python' || type === 'javascript') return parsed.fn;
  throw new ExpectedError(
    type === 'http'
      ? 'A model behind a web address is not asked for probabilities.'
      : 'The built-in classifier is no model of your own.',
    'Call it from a function: "file.py:function" or "file.mjs:export".',
  );
}

async function hashOf(file: string): Promise<string> {
  const bytes = await readFile(file).catch(notFound(`There is no file ${file}.`, 'Check the path of the model.'));
  return createHash('sha256').update(bytes).digest('hex');
}

async function* batchesOf(
  texts: Model['texts'],
  size: number,
  skip: number,
): AsyncGenerator<readonly string[], void, undefined> {
  let batch: string[] = [];
  let left = skip;
  for await (const text of texts) {
    if (left-- > 0) continue;
    batch.push(text);
    if (batch.length < size) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
