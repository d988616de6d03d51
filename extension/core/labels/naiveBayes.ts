import { ExpectedError } from '../errors';
import type { CountMatrix } from './countMatrix';
import { joined, logHigh, logLow } from './logarithms';

/** Instead of the label of a text that nothing is learned from. */
export const discarded = -1;

/**
 * The counts that a multinomial naive Bayes model is made of (scikit-learn's `MultinomialNB`, alpha 1). Models of
 * cross-validation are these counts without those of a fold: nothing is fitted twice.
 */
export class NaiveBayesCounts {
  /** Occurrences by word and class: word * classes + class. */
  readonly words: Int32Array;
  /** Occurrences of all words by class. */
  readonly tokens: Float64Array;
  /** Examples by class. */
  readonly examples: Float64Array;
  /** Words that occur at all. */
  vocabularySize = 0;
  private readonly occurrences: Int32Array;

  constructor(
    vocabularySize: number,
    readonly classes: number,
  ) {
    this.words = new Int32Array(vocabularySize * classes);
    this.tokens = new Float64Array(classes);
    this.examples = new Float64Array(classes);
    this.occurrences = new Int32Array(vocabularySize);
  }

  static of(matrix: CountMatrix, labels: Int32Array, classes: number): NaiveBayesCounts {
    const counts = new NaiveBayesCounts(matrix.vocabulary.length, classes);
    for (let row = 0; row < labels.length; row++) counts.add(matrix, row, labels[row] ?? 0, 1);
    return counts;
  }

  /** Adds a text, or takes it away; a discarded one changes nothing. @param sign 1 or -1 */
  add({ starts, columns, counts }: CountMatrix, row: number, label: number, sign: 1 | -1): void {
    if (label === discarded) return;
    const { words, occurrences, classes } = this;
    const end = starts[row + 1] ?? 0;
    let added = 0;
    for (let index = starts[row] ?? 0; index < end; index++) {
      const column = columns[index] ?? 0;
      const count = sign * (counts[index] ?? 0);
      const cell = column * classes + label;
      words[cell] = (words[cell] ?? 0) + count;
      const before = occurrences[column] ?? 0;
      occurrences[column] = before + count;
      if (before === 0) this.vocabularySize++;
      else if (before + count === 0) this.vocabularySize--;
      added += count;
    }
    this.tokens[label] = (this.tokens[label] ?? 0) + added;
    this.examples[label] = (this.examples[label] ?? 0) + sign;
  }

  /** Whether any text of the model has this word; others are unknown to it. */
  knows(word: number): boolean {
    return (this.occurrences[word] ?? 0) > 0;
  }
}

/** The totals that the probabilities of a model are divided by, and the shares of its classes. */
export type ClassTotals = Pick<NaiveBayesCounts, 'tokens' | 'examples' | 'vocabularySize'>;

/**
 * Adds up what the words of a text say of each class, the sum of count × ln(occurrences + 1), in the two parts of
 * `logarithms.ts`: label * 2 + part.
 *
 * @returns how many of the text's tokens the model knows
 */
export function addWordEvidence(
  model: NaiveBayesCounts,
  { starts, columns, counts }: CountMatrix,
  row: number,
  evidence: Float64Array,
  offset: number,
): number {
  const { classes, words } = model;
  const end = starts[row + 1] ?? 0;
  let known = 0;
  for (let index = starts[row] ?? 0; index < end; index++) {
    const column = columns[index] ?? 0;
    if (!model.knows(column)) continue;
    const count = counts[index] ?? 0;
    known += count;
    for (let label = 0, at = offset; label < classes; label++, at += 2) {
      const smoothed = (words[column * classes + label] ?? 0) + 1;
      evidence[at] = (evidence[at] ?? 0) + count * logHigh(smoothed);
      evidence[at + 1] = (evidence[at + 1] ?? 0) + count * logLow(smoothed);
    }
  }
  return known;
}

/** Turns the evidence of words into probabilities. A class without examples has probability 0. */
export class Posterior {
  private readonly priors: Float64Array;
  private readonly smoothed: Float64Array;

  /** @throws ExpectedError when there are no examples */
  constructor({ tokens, examples, vocabularySize }: ClassTotals) {
    const total = examples.reduce((sum, count) => sum + count, 0);
    if (total === 0) throw new ExpectedError('A classifier has no record to learn from.', 'Keep more of the records.');
    this.priors = examples.map((count) => Math.log(count) - Math.log(total));
    this.smoothed = tokens.map((count) => Math.log(count + vocabularySize));
  }

  /** Writes probabilities, one per class. @param from where the evidence of the text begins */
  write(evidence: Float64Array, from: number, known: number, into: Float64Array, offset: number): void {
    const { priors, smoothed } = this;
    const classes = priors.length;
    let highest = -Infinity;
    for (let label = 0, at = from; label < classes; label++, at += 2) {
      const words = joined(evidence[at] ?? 0, evidence[at + 1] ?? 0);
      const score = words - known * (smoothed[label] ?? 0) + (priors[label] ?? 0);
      into[offset + label] = score;
      if (score > highest) highest = score;
    }
    let sum = 0;
    for (let at = offset; at < offset + classes; at++) {
      const below = (into[at] ?? 0) - highest;
      const odds = below === 0 ? 1 : Math.exp(below);
      into[at] = odds;
      sum += odds;
    }
    // Not divided by the sum: rounded as scikit-learn does, so that probabilities that are 1 there are 1 here.
    const whole = Math.log(sum) + highest;
    const share = Math.exp(highest - whole);
    for (let at = offset; at < offset + classes; at++) into[at] = (into[at] ?? 0) * share;
  }
}

/** Predicts probabilities from counts; a text without known words gets the shares of the classes. */
export class NaiveBayesPredictor {
  private readonly posterior: Posterior;
  private readonly evidence: Float64Array;

  constructor(private readonly counts: NaiveBayesCounts) {
    this.posterior = new Posterior(counts);
    this.evidence = new Float64Array(counts.classes * 2);
  }

  /** Writes a row's probabilities, one per class. */
  predict(matrix: CountMatrix, row: number, into: Float64Array, offset: number): void {
    this.evidence.fill(0);
    const known = addWordEvidence(this.counts, matrix, row, this.evidence, 0);
    this.posterior.write(this.evidence, 0, known, into, offset);
  }
}
