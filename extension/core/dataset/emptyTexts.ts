import type { Progress } from '../labels/crossValidation';
import { tokensOf } from '../labels/tokens';
import { inTurns } from './work';

/** Rows whose texts say too little, ascending; no row is in both lists. */
export interface EmptyTexts {
  /** Null, or nothing but white space. */
  readonly empty: readonly number[];
  /** Fewer words than asked for, as the built-in classifier counts them. */
  readonly short: readonly number[];
}

/** @throws the signal's reason when it is aborted */
export async function findEmptyTexts(
  texts: readonly (string | null)[],
  fewestTokens: number,
  options: Progress = {},
): Promise<EmptyTexts> {
  const empty: number[] = [];
  const short: number[] = [];
  for await (const [from, to] of inTurns(texts.length, options)) {
    for (let row = from; row < to; row++) {
      const text = texts[row]?.trim() ?? '';
      if (text === '') empty.push(row);
      else if (tokensOf(text).length < fewestTokens) short.push(row);
    }
  }
  return { empty, short };
}
