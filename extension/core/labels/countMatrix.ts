import { ExpectedError } from '../errors';
import { GrowingRows, sharedUint32 } from './growing';
import { byCodePoint, eachToken, tokensOf } from './tokens';
import { TokenTable } from './tokenTable';

/**
 * How often each word of a vocabulary occurs in each text; compressed rows, columns ascending within a row. The arrays are
 * in memory that threads share.
 */
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
export function countWords(texts: Iterable<string>): CountMatrix {
  const counter = new WordCounter();
  for (const text of texts) counter.add(text);
  return counter.finish();
}

/** The rows of other texts in the columns of a vocabulary; words that it lacks are left out. */
export function countKnownWords(texts: Iterable<string>, vocabulary: readonly string[]): CountMatrix {
  const columns = new Map(vocabulary.map((word, column) => [word, column]));
  const rows = new GrowingRows();
  for (const text of texts) {
    for (const token of tokensOf(text)) {
      const column = columns.get(token);
      if (column !== undefined) rows.push(column);
    }
    rows.endRow();
  }
  return { vocabulary, ...compressed(rows) };
}

/** Counts the words of texts that come one by one; the texts themselves are not kept. */
export class WordCounter {
  private readonly words = new TokenTable();
  private readonly rows = new GrowingRows();

  add(text: string): void {
    eachToken(text, (lower, start, end) => this.rows.push(this.words.idOf(lower, start, end)));
    this.rows.endRow();
  }

  /** @throws ExpectedError when no text has a word */
  finish(): CountMatrix {
    const words = this.words.words();
    if (words.length === 0) {
      throw new ExpectedError(
        'No text has a word of two letters or digits.',
        'Choose the column that holds the texts.',
      );
    }
    const order = [...words.keys()].sort((a, b) => byCodePoint(words[a] ?? '', words[b] ?? ''));
    const columns = new Uint32Array(words.length);
    for (const [column, id] of order.entries()) columns[id] = column;
    const { all } = this.rows;
    for (let at = 0; at < all.length; at++) all[at] = columns[all[at] ?? 0] ?? 0;
    return { vocabulary: order.map((id) => words[id] ?? ''), ...compressed(this.rows) };
  }
}

/**
 * Sorts the columns of each row and counts equal ones. The columns are written over the words that were read, which they
 * never overtake: of a dataset as large as memory there is no room for both.
 */
function compressed({ all: columns, rows, rowEnds }: GrowingRows): Omit<CountMatrix, 'vocabulary'> {
  const starts = sharedUint32(rows + 1);
  const counts = sharedUint32(columns.length);
  let length = 0;
  let from = 0;
  for (let row = 0; row < rows; row++) {
    const to = rowEnds[row] ?? 0;
    sort(columns, from, to);
    for (const start = length; from < to; from++) {
      const column = columns[from] ?? 0;
      if (length > start && columns[length - 1] === column) counts[length - 1] = (counts[length - 1] ?? 0) + 1;
      else {
        columns[length] = column;
        counts[length++] = 1;
      }
    }
    starts[row + 1] = length;
  }
  return { starts, columns: columns.subarray(0, length), counts: counts.subarray(0, length) };
}

/** A native sort of a short row takes longer to be called than to sort it by insertion. */
const shortRow = 64;

function sort(values: Uint32Array, from: number, to: number): void {
  if (to - from > shortRow) {
    values.subarray(from, to).sort();
    return;
  }
  for (let next = from + 1; next < to; next++) {
    const value = values[next] ?? 0;
    let at = next;
    for (; at > from && (values[at - 1] ?? 0) > value; at--) values[at] = values[at - 1] ?? 0;
    values[at] = value;
  }
}
