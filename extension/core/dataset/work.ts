import { setImmediate as nextTurn } from 'node:timers/promises';

/** What long work on many rows takes and reports. */
export interface WorkOptions {
  readonly signal?: AbortSignal;
  /** Called now and then with the share that is done, 0 to 1. */
  readonly onProgress?: (done: number) => void;
}

/** Rows that are worked on before others get a turn. */
const perTurn = 256;

/**
 * Ranges of rows, `to` excluded, one a turn of the event loop, so that work can be cancelled and others answered.
 *
 * @throws the signal's reason when it is aborted
 */
export async function* inTurns(
  rows: number,
  { signal, onProgress }: WorkOptions,
): AsyncGenerator<readonly [from: number, to: number]> {
  for (let from = 0; from < rows; from += perTurn) {
    signal?.throwIfAborted();
    yield [from, Math.min(from + perTurn, rows)];
    onProgress?.(Math.min(from + perTurn, rows) / rows);
    await nextTurn();
  }
}

/** The options of one stage of the work; its progress is that of the whole between two shares. */
export function stageOf({ signal, onProgress }: WorkOptions, from: number, to: number): WorkOptions {
  return {
    ...(signal && { signal }),
    ...(onProgress && { onProgress: (done: number) => onProgress(from + done * (to - from)) }),
  };
}
