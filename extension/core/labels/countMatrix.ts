import { ExpectedError } from '../errors';
import { byCodePoint, tokensOf } from './tokens';

/** How often each word of a vocabulary occurs in each text; compressed rows, columns ascending within a row. */
export interface CountMatrix {
  /** Words by column, in the order of their code points. */
  readonly vocabulary: readonly string[];
  /** Where each row begins in the other two arrays; one more entry than rows. */
  readonly starts: Uint32Array;
  readonly columns: Uint32Array;
  readonly counts: Uint32Array;
}

/**
 * Counts words as scikit-learn's `CountVectorizer` does with its defaults.
 *
 * @throws ExpectedError when no text has a word
 */
export function countWords(texts: readonly string[]): CountMatrix {
  const ids = new Map<string, number>();
  const rows = texts.map((text) => {
    const row = tokensOf(text);
    return Uint32Array.from(row, (token) => {
      const known = ids.get(token);
      if (known !== undefined) return known;
      ids.set(token, ids.size);
      return ids.size - 1;
    });
  });
  if (ids.size === 0) {
    throw new ExpectedError('No text has a word of two letters or digits.', 'Choose the column that holds the texts.');
  }
  const vocabulary = [...ids.keys()].sort(byCodePoint);
  const order = new Uint32Array(ids.size);
  for (const [column, token] of vocabulary.entries()) order[ids.get(token) ?? 0] = column;
  return { vocabulary, ...compressed(rows.map((row) => row.map((id) => order[id] ?? 0).sort())) };
}

/** The rows of other texts in the columns of a vocabulary; words that it lacks are left out. */
export function countKnownWords(texts: readonly string[], vocabulary: readonly string[]): CountMatrix {
  const ids = new Map(vocabulary.map((token, column) => [token, column]));
  const rows = texts.map((text) => Uint32Array.from(tokensOf(text).flatMap((token) => ids.get(token) ?? [])).sort());
  return { vocabulary, ...compressed(rows) };
}

/** @param rows the columns of each row's tokens, ascending, one entry per occurrence */
function compressed(rows: readonly Uint32Array[]): Omit<CountMatrix, 'vocabulary'> {
  const total = rows.reduce((length, row) => length + row.length, 0);
  const starts = new Uint32Array(rows.length + 1);
  const columns = new Uint32Array(total);
  const counts = new Uint32Array(total);
  let end = 0;
  for (const [index, row] of rows.entries()) {
    const start = end;
    for (const column of row) {
      if (end > start && columns[end - 1] === column) counts[end - 1] = (counts[end - 1] ?? 0) + 1;
      else {
        columns[end] = column;
        counts[end++] = 1;
      }
    }
    starts[index + 1] = end;
  }
  return { starts, columns: columns.slice(0, end), counts: counts.slice(0, end) };
}
