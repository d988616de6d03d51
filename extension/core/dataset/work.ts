import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Progress } from '../labels/crossValidation';

/** Rows that are worked on before others get a turn. */
const perTurn = 256;

/**
 * Ranges of rows, `to` excluded, one a turn of the event loop, so that work can be cancelled and others answered.
 *
 * @throws the signal's reason when it is aborted
 */
export async function* inTurns(
  rows: number,
  { signal, onProgress }: Progress,
): AsyncGenerator<readonly [from: number, to: number]> {
  for (let from = 0; from < rows; from += perTurn) {
    signal?.throwIfAborted();
    yield [from, Math.min(from + perTurn, rows)];
    onProgress?.(Math.min(from + perTurn, rows) / rows);
    await nextTurn();
  }
}

/** The options of one stage of the work; its progress is that of the whole between two shares. */
export function stageOf({ signal, onProgress }: Progress, from: number, to: number): Progress {
  return {
    ...(signal && { signal }),
    ...(onProgress && { onProgress: (done: number) => onProgress(from + done * (to - from)) }),
  };
}
