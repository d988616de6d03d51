import type { CountMatrix } from '../countMatrix';
import { rowsByFold, trainOutOfFold, type Progress } from '../crossValidation';
import { logHigh, logLow } from '../logarithms';
import { zeros, type PredProbs } from '../matrix';
import { addWordEvidence, discarded, Posterior, type ClassTotals, type NaiveBayesCounts } from '../naiveBayes';
import { sum } from '../numeric';
import { postingsOf, type Postings } from './postings';

/**
 * Out-of-fold probabilities that follow when labels change, equal to the last bit to those of `predictOutOfFold`.
 *
 * A label that changes shifts the counts of the text's words by a known amount in the models of all other folds. The
 * evidence of words is an exact sum, so only those terms are corrected, in the texts that have the words; what remains
 * for every text is to normalise it anew.
 */
export class LiveCrossValidation {
  /** Class index of each text, or `discarded`. */
  readonly labels: Int32Array;
  private readonly rows: readonly Uint32Array[];
  /** Of the model of each fold, which has learned from the other folds. */
  private readonly totals: ClassTotals[] = [];
  readonly postings: Postings;
  /** Of each row by its fold's model, as `addWordEvidence` lays it out. */
  private readonly evidence: Float64Array;
  /** Tokens of each row that its fold's model knows. */
  private readonly known: Uint32Array;
  private readonly probabilities: PredProbs;
  /** Folds whose rows have yet to be predicted. */
  private readonly stale = new Set<number>();
  /** Occurrences of one word: fold * classes + label. */
  private readonly byFold: Int32Array;
  /** What is added to the evidence of a row per occurrence of a word: fold * 4 + side * 2 + part. */
  private readonly shifts: Float64Array;

  /**
   * @param labels class index of each text now, or `discarded`
   * @param folds the fold of each text, from 0
   */
  constructor(
    readonly matrix: CountMatrix,
    labels: Int32Array,
    readonly classes: number,
    readonly folds: Uint16Array,
    progress: Progress = {},
  ) {
    this.labels = labels.slice();
    this.rows = rowsByFold(folds);
    this.postings = postingsOf(matrix);
    this.evidence = new Float64Array(labels.length * classes * 2);
    this.known = new Uint32Array(labels.length);
    this.probabilities = zeros(labels.length, classes);
    this.byFold = new Int32Array(this.rows.length * classes);
    this.shifts = new Float64Array(this.rows.length * 4);
    const gather = (model: NaiveBayesCounts, rows: Uint32Array, fold: number): void => this.gather(model, rows, fold);
    trainOutOfFold(matrix, labels, classes, this.rows, gather, progress);
  }

  private gather(model: NaiveBayesCounts, rows: Uint32Array, fold: number): void {
    const { tokens, examples, vocabularySize } = model;
    this.totals.push({ tokens: tokens.slice(), examples: examples.slice(), vocabularySize });
    this.stale.add(fold);
    for (const row of rows)
      this.known[row] = addWordEvidence(model, this.matrix, row, this.evidence, row * this.classes * 2);
  }

  /** What the model of each fold has learned from the other folds. */
  get models(): readonly ClassTotals[] {
    return this.totals;
  }

  /**
   * Probabilities by the labels as they are now; the array is used again after the next change.
   *
   * @throws ExpectedError when a fold has no other texts to learn from
   */
  predProbs(): PredProbs {
    const { classes, evidence, known, probabilities } = this;
    for (const fold of this.stale) {
      const [rows, totals] = [this.rows[fold], this.totals[fold]];
      if (!rows || !totals) continue;
      const posterior = new Posterior(totals);
      for (const row of rows)
        posterior.write(evidence, row * classes * 2, known[row] ?? 0, probabilities.data, row * classes);
      this.stale.delete(fold);
    }
    return probabilities;
  }

  /**
   * Gives a text another label, or discards it.
   *
   * @throws RangeError when there is no such row or class
   */
  relabel(row: number, label: number): void {
    const { starts, columns, counts } = this.matrix;
    const [given, own] = [this.labels[row], this.folds[row]];
    if (given === undefined || own === undefined) throw new RangeError(`There is no row ${row}.`);
    if (label < discarded || label >= this.classes) throw new RangeError(`There is no class ${label}.`);
    if (given === label) return;
    let tokens = 0;
    for (let index = starts[row] ?? 0; index < (starts[row + 1] ?? 0); index++) {
      const [word, count] = [columns[index] ?? 0, counts[index] ?? 0];
      tokens += count;
      this.countByFold(word);
      this.shifts.fill(0);
      if (given !== discarded) this.findShifts(0, given, -count, own);
      if (label !== discarded) this.findShifts(1, label, count, own);
      this.shiftEvidence(word, given, label);
      if (given === discarded) this.shiftKnown(word, count, own);
      else if (label === discarded) this.shiftKnown(word, -count, own);
    }
    for (const [fold, totals] of this.totals.entries()) {
      if (fold === own) continue;
      addExample(totals, given, -1, tokens);
      addExample(totals, label, 1, tokens);
      this.stale.add(fold);
    }
    this.labels[row] = label;
  }

  /** Counts the occurrences of a word by fold and label. */
  private countByFold(word: number): void {
    const { byFold, labels, folds, classes } = this;
    const { starts, rows, counts } = this.postings;
    byFold.fill(0);
    const end = starts[word + 1] ?? 0;
    for (let index = starts[word] ?? 0; index < end; index++) {
      const row = rows[index] ?? 0;
      const label = labels[row] ?? discarded;
      if (label === discarded) continue;
      const cell = (folds[row] ?? 0) * classes + label;
      byFold[cell] = (byFold[cell] ?? 0) + (counts[index] ?? 0);
    }
  }

  /** Occurrences of the counted word with a label, in all folds. */
  private occurrences(label: number): number {
    let total = 0;
    for (let cell = label; cell < this.byFold.length; cell += this.classes) total += this.byFold[cell] ?? 0;
    return total;
  }

  /**
   * How much the logarithm of the counted word's occurrences with a label changes, in the models of all other folds.
   *
   * @param side 0 for the label that is taken from a text, 1 for the one that it gets
   * @param added occurrences
   */
  private findShifts(side: 0 | 1, label: number, added: number, own: number): void {
    const { byFold, shifts, classes } = this;
    const total = this.occurrences(label);
    for (let fold = 0; fold < this.rows.length; fold++) {
      if (fold === own) continue;
      const before = total - (byFold[fold * classes + label] ?? 0) + 1;
      const shift = fold * 4 + side * 2;
      shifts[shift] = logHigh(before + added) - logHigh(before);
      shifts[shift + 1] = logLow(before + added) - logLow(before);
    }
  }

  /** Corrects what a word says of two classes; the side of a discarded text has no class, and shifts by nothing. */
  private shiftEvidence(word: number, given: number, label: number): void {
    const { shifts, classes, evidence, folds } = this;
    const { starts, rows, counts } = this.postings;
    const from = Math.max(given, 0) * 2;
    const to = Math.max(label, 0) * 2;
    const end = starts[word + 1] ?? 0;
    for (let index = starts[word] ?? 0; index < end; index++) {
      const row = rows[index] ?? 0;
      const count = counts[index] ?? 0;
      const first = row * classes * 2;
      const shift = (folds[row] ?? 0) * 4;
      evidence[first + from] = (evidence[first + from] ?? 0) + count * (shifts[shift] ?? 0);
      evidence[first + from + 1] = (evidence[first + from + 1] ?? 0) + count * (shifts[shift + 1] ?? 0);
      evidence[first + to] = (evidence[first + to] ?? 0) + count * (shifts[shift + 2] ?? 0);
      evidence[first + to + 1] = (evidence[first + to + 1] ?? 0) + count * (shifts[shift + 3] ?? 0);
    }
  }

  /** Adds the counted word to the vocabularies that lacked it, or takes it from those that have it nowhere else. */
  private shiftKnown(word: number, added: number, own: number): void {
    const { byFold, classes, folds, known } = this;
    const total = sum(byFold);
    const { starts, rows, counts } = this.postings;
    for (const [fold, totals] of this.totals.entries()) {
      const before = total - sum(byFold, fold * classes, (fold + 1) * classes);
      if (fold === own || (before > 0 && before + added > 0)) continue;
      const sign = added > 0 ? 1 : -1;
      totals.vocabularySize += sign;
      for (let index = starts[word] ?? 0; index < (starts[word + 1] ?? 0); index++) {
        const row = rows[index] ?? 0;
        if (folds[row] === fold) known[row] = (known[row] ?? 0) + sign * (counts[index] ?? 0);
      }
    }
  }
}

function addExample({ tokens, examples }: ClassTotals, label: number, sign: 1 | -1, count: number): void {
  if (label === discarded) return;
  tokens[label] = (tokens[label] ?? 0) + sign * count;
  examples[label] = (examples[label] ?? 0) + sign;
}
