import type { CountMatrix } from './countMatrix';

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

  /** Adds a text, or takes it away. @param sign 1 or -1 */
  add({ starts, columns, counts }: CountMatrix, row: number, label: number, sign: 1 | -1): void {
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

/** Logarithms of whole numbers; counts are small, so most are looked up. */
class Logarithms {
  private readonly known = Float64Array.from({ length: 1 << 16 }, (_, value) => Math.log(value));

  of(value: number): number {
    return this.known[value] ?? Math.log(value);
  }
}

const logarithms = new Logarithms();

/**
 * Predicts probabilities from counts. A class without examples has probability 0; a text without known words gets the
 * shares of the classes.
 */
export class NaiveBayesPredictor {
  private readonly priors: Float64Array;
  private readonly smoothed: Float64Array;
  private readonly scores: Float64Array;

  constructor(private readonly counts: NaiveBayesCounts) {
    const examples = counts.examples.reduce((sum, count) => sum + count, 0);
    this.priors = counts.examples.map((count) => Math.log(count) - Math.log(examples));
    this.smoothed = counts.tokens.map((count) => Math.log(count + counts.vocabularySize));
    this.scores = new Float64Array(counts.classes);
  }

  /** Writes a row's probabilities, one per class. */
  predict(
    { starts, columns, counts: occurrences }: CountMatrix,
    row: number,
    into: Float64Array,
    offset: number,
  ): void {
    const { counts, scores, smoothed } = this;
    const { classes, words } = counts;
    scores.fill(0);
    const end = starts[row + 1] ?? 0;
    for (let index = starts[row] ?? 0; index < end; index++) {
      const column = columns[index] ?? 0;
      if (!counts.knows(column)) continue;
      const count = occurrences[index] ?? 0;
      const first = column * classes;
      for (let label = 0; label < classes; label++) {
        const logProbability = logarithms.of((words[first + label] ?? 0) + 1) - (smoothed[label] ?? 0);
        scores[label] = (scores[label] ?? 0) + count * logProbability;
      }
    }
    this.normalise(into, offset);
  }

  private normalise(into: Float64Array, offset: number): void {
    const { scores, priors } = this;
    let highest = -Infinity;
    for (let label = 0; label < scores.length; label++) {
      const score = (scores[label] ?? 0) + (priors[label] ?? 0);
      scores[label] = score;
      if (score > highest) highest = score;
    }
    let sum = 0;
    for (const score of scores) sum += Math.exp(score - highest);
    const whole = Math.log(sum) + highest;
    for (let label = 0; label < scores.length; label++) into[offset + label] = Math.exp((scores[label] ?? 0) - whole);
  }
}
