import type { CountMatrix } from '../countMatrix';

/** Which texts have each word, and how often: a count matrix by its columns, rows ascending within a word. */
export interface Postings {
  /** Where each word begins in the other two arrays; one more entry than words. */
  readonly starts: Uint32Array;
  readonly rows: Uint32Array;
  readonly counts: Uint32Array;
}

export function postingsOf({ vocabulary, starts, columns, counts }: CountMatrix): Postings {
  const postings = {
    starts: startsOf(columns, vocabulary.length),
    rows: new Uint32Array(columns.length),
    counts: new Uint32Array(columns.length),
  };
  const next = postings.starts.slice();
  for (let row = 0; row + 1 < starts.length; row++) {
    const end = starts[row + 1] ?? 0;
    for (let index = starts[row] ?? 0; index < end; index++) {
      const word = columns[index] ?? 0;
      const at = next[word] ?? 0;
      next[word] = at + 1;
      postings.rows[at] = row;
      postings.counts[at] = counts[index] ?? 0;
    }
  }
  return postings;
}

function startsOf(columns: Uint32Array, words: number): Uint32Array {
  const starts = new Uint32Array(words + 1);
  for (const word of columns) starts[word + 1] = (starts[word + 1] ?? 0) + 1;
  for (let word = 0; word < words; word++) starts[word + 1] = (starts[word + 1] ?? 0) + (starts[word] ?? 0);
  return starts;
}
