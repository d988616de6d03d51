import { ExpectedError } from '../errors';
import { confidentThresholds } from './confidentJoint';
import { zeros, type PredProbs } from './matrix';
import { sum } from './numeric';

/** Label quality scores of cleanlab (`cleanlab.rank`), 0 to 1, low for likely errors. */
export const rankMethods = ['normalized_margin', 'self_confidence', 'confidence_weighted_entropy'] as const;
export type RankMethod = (typeof rankMethods)[number];

type Score = (predProbs: PredProbs, row: number, label: number) => number;

const scores: Readonly<Record<RankMethod, Score>> = {
  normalized_margin: marginOf,
  self_confidence: confidenceOf,
  confidence_weighted_entropy: weightedEntropyOf,
};

/**
 * A score per example.
 *
 * @param rows the examples, in any order; all when absent
 */
export function labelQualityScores(
  labels: Int32Array,
  predProbs: PredProbs,
  method: RankMethod,
  adjustPredProbs = false,
  rows?: Uint32Array,
): Float64Array {
  if (method === 'confidence_weighted_entropy') {
    if (adjustPredProbs)
      throw new ExpectedError(
        'Adjusted probabilities have no confidence-weighted entropy.',
        'Rank by normalized_margin or self_confidence.',
      );
    checkProbabilities(predProbs);
  }
  const used = adjustPredProbs ? adjusted(labels, predProbs) : predProbs;
  return scoresBy(scores[method], labels, used, rows);
}

/** The probability of the given label. */
export function selfConfidence(labels: Int32Array, predProbs: PredProbs): Float64Array {
  return scoresBy(confidenceOf, labels, predProbs);
}

/** How far the given label is above the most probable other one, from 0 (certainly wrong) to 1. */
export function normalizedMargin(labels: Int32Array, predProbs: PredProbs): Float64Array {
  return scoresBy(marginOf, labels, predProbs);
}

function scoresBy(score: Score, labels: Int32Array, predProbs: PredProbs, rows?: Uint32Array): Float64Array {
  const found = new Float64Array(rows ? rows.length : labels.length);
  for (let index = 0; index < found.length; index++) {
    const row = rows ? (rows[index] ?? 0) : index;
    found[index] = score(predProbs, row, labels[row] ?? 0);
  }
  return found;
}

function confidenceOf({ data, columns }: PredProbs, row: number, label: number): number {
  return data[row * columns + label] ?? 0;
}

function marginOf({ data, columns }: PredProbs, row: number, label: number): number {
  const from = row * columns;
  let other = -Infinity;
  for (let index = 0; index < columns; index++) {
    const value = data[from + index] ?? 0;
    if (index !== label && value > other) other = value;
  }
  return ((data[from + label] ?? 0) - other + 1) / 2;
}

function weightedEntropyOf({ data, columns }: PredProbs, row: number, label: number): number {
  const probabilities = data.subarray(row * columns, (row + 1) * columns);
  const entropy = -sum(probabilities.map((value) => (value === 0 ? 0 : value * Math.log(value)))) / Math.log(columns);
  const quotient = entropy / Math.max(probabilities[label] ?? 0, 1e-6);
  return Math.log(quotient + 1) / Math.max(quotient, 1e-6);
}

function checkProbabilities({ data }: PredProbs): void {
  for (const value of data) {
    if (value >= 0 && value <= 1) continue;
    throw new ExpectedError(
      'Confidence-weighted entropy needs probabilities from 0 to 1.',
      'Divide the rows by their sums, or rank by normalized_margin.',
    );
  }
}

/** Subtracts the confident thresholds, so that classes of which a model is less sure are not all ranked first. */
function adjusted(labels: Int32Array, predProbs: PredProbs): PredProbs {
  const { data, rows, columns } = predProbs;
  const thresholds = confidentThresholds(labels, predProbs);
  const highest = thresholds.reduce((best, value) => Math.max(best, value), -Infinity);
  const result = zeros(rows, columns);
  for (let row = 0; row < rows; row++) {
    const part = result.data.subarray(row * columns, (row + 1) * columns);
    for (let index = 0; index < columns; index++)
      part[index] = (data[row * columns + index] ?? 0) - (thresholds[index] ?? 0) + highest;
    const total = sum(part);
    for (let index = 0; index < columns; index++) part[index] = (part[index] ?? 0) / total;
  }
  return result;
}
