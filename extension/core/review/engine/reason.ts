import { ExpectedError } from '../../errors';
import type { CountMatrix } from '../../labels/countMatrix';
import { discarded, type ClassTotals } from '../../labels/naiveBayes';
import { byCodePoint } from '../../labels/tokens';
import type { Comparison } from './model';
import type { CountedWords } from './search';
import { tokenPlaces } from './tokenPlaces';
import type { Reason, TokenReason, WordReason } from './types';

/** The model that predicts one record, which has learned from the records of all other folds. */
export interface FoldModel extends CountedWords {
  /** Class index of each record now, or `discarded`. */
  readonly labels: Readonly<Int32Array>;
  readonly folds: Uint16Array;
  /** Of the other folds. */
  readonly totals: ClassTotals;
}

/**
 * Why multinomial naive Bayes would rather have one class than another. Each occurrence of a word adds
 * ln P(word | suggested) - ln P(word | given), and the classes themselves ln P(suggested) - ln P(given); with nothing left
 * over, the sum is the logarithm of the odds of the record's out-of-fold probabilities.
 *
 * @returns null when the model has no examples of a class: its probability is 0, whatever the words are
 * @throws ExpectedError when the text is not the one that was counted
 */
export function reasonOf({ model, given, suggested }: Comparison, row: number, text: string): Reason | null {
  const { tokens: totals, examples, vocabularySize } = model.totals;
  const [few, many] = [examples[given] ?? 0, examples[suggested] ?? 0];
  if (few === 0 || many === 0) return null;
  const sizes = Math.log((totals[given] ?? 0) + vocabularySize) - Math.log((totals[suggested] ?? 0) + vocabularySize);
  const weigh = (word: number): number | undefined => {
    const counts = countsOf(model, row, word, given, suggested);
    return counts.isKnown ? Math.log(counts.suggested + 1) - Math.log(counts.given + 1) + sizes : undefined;
  };
  const found = contributions(model.matrix, row, text, weigh);
  const prior = Math.log(many) - Math.log(few);
  const logOdds = found.words.reduce((sum, { contribution }) => sum + contribution, prior);
  return { logOdds, prior, ...found };
}

function contributions(
  matrix: CountMatrix,
  row: number,
  text: string,
  weigh: (word: number) => number | undefined,
): Pick<Reason, 'tokens' | 'words'> {
  const counts = new Map<number, number>();
  const weights = new Map<number, number | undefined>();
  const tokens: TokenReason[] = [];
  for (const { token, start, end } of tokenPlaces(text)) {
    const word = columnOf(matrix.vocabulary, token);
    if (!weights.has(word)) weights.set(word, weigh(word));
    counts.set(word, (counts.get(word) ?? 0) + 1);
    const contribution = weights.get(word);
    if (contribution !== undefined) tokens.push({ start, end, contribution });
  }
  checkCounted(matrix, row, counts);
  const words = [...counts].flatMap(([word, count]): WordReason[] => {
    const weight = weights.get(word);
    return weight === undefined ? [] : [{ word: matrix.vocabulary[word] ?? '', count, contribution: count * weight }];
  });
  const amount = ({ contribution }: WordReason): number => Math.abs(contribution);
  return { tokens, words: words.sort((a, b) => amount(b) - amount(a) || byCodePoint(a.word, b.word)) };
}

/** The file may have changed since its words were counted. */
function checkCounted({ starts, columns, counts }: CountMatrix, row: number, found: ReadonlyMap<number, number>): void {
  const [from, to] = [starts[row] ?? 0, starts[row + 1] ?? 0];
  let isSame = found.size === to - from;
  for (let index = from; index < to && isSame; index++) isSame = found.get(columns[index] ?? 0) === counts[index];
  if (isSame) return;
  throw new ExpectedError(
    `The text of record ${row} is no longer the one that the model has learned from.`,
    'Find label errors again.',
  );
}

/** How often a word occurs in the records of other folds that have either label, and whether it does in any. */
function countsOf({ postings, labels, folds }: FoldModel, row: number, word: number, given: number, suggested: number) {
  const counts = { given: 0, suggested: 0, isKnown: false };
  const { starts, rows, counts: occurrences } = postings;
  const end = starts[word + 1] ?? 0;
  for (let index = starts[word] ?? end; index < end; index++) {
    const other = rows[index] ?? 0;
    const label = labels[other] ?? discarded;
    if (label === discarded || folds[other] === folds[row]) continue;
    counts.isKnown = true;
    if (label === given) counts.given += occurrences[index] ?? 0;
    else if (label === suggested) counts.suggested += occurrences[index] ?? 0;
  }
  return counts;
}

/** The column of a word, or -1. */
function columnOf(vocabulary: readonly string[], word: string): number {
  let [low, high] = [0, vocabulary.length - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    const order = byCodePoint(vocabulary[middle] ?? '', word);
    if (order === 0) return middle;
    if (order < 0) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}
