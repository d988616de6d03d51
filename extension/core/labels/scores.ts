import { ExpectedError } from '../errors';
import { confidentThresholds } from './confidentJoint';
import { zeros, type PredProbs } from './matrix';
import { sum } from './numeric';

/** Label quality scores of cleanlab (`cleanlab.rank`), 0 to 1, low for likely errors. */
export const rankMethods = ['normalized_margin', 'self_confidence', 'confidence_weighted_entropy'] as const;
export type RankMethod = (typeof rankMethods)[number];

/** A score per example. */
export function labelQualityScores(
  labels: Int32Array,
  predProbs: PredProbs,
  method: RankMethod,
  adjustPredProbs = false,
): Float64Array {
  if (method === 'confidence_weighted_entropy') {
    if (adjustPredProbs)
      throw new ExpectedError(
        'Adjusted probabilities have no confidence-weighted entropy.',
        'Rank by normalized_margin or self_confidence.',
      );
    return confidenceWeightedEntropy(labels, predProbs);
  }
  const used = adjustPredProbs ? adjusted(labels, predProbs) : predProbs;
  return method === 'self_confidence' ? selfConfidence(labels, used) : normalizedMargin(labels, used);
}

/** The probability of the given label. */
export function selfConfidence(labels: Int32Array, { data, columns }: PredProbs): Float64Array {
  return Float64Array.from(labels, (label, row) => data[row * columns + label] ?? 0);
}

/** How far the given label is above the most probable other one, from 0 (certainly wrong) to 1. */
export function normalizedMargin(labels: Int32Array, { data, columns }: PredProbs): Float64Array {
  return Float64Array.from(labels, (label, row) => {
    const from = row * columns;
    let other = -Infinity;
    for (let index = 0; index < columns; index++) {
      const value = data[from + index] ?? 0;
      if (index !== label && value > other) other = value;
    }
    return ((data[from + label] ?? 0) - other + 1) / 2;
  });
}

function confidenceWeightedEntropy(labels: Int32Array, { data, columns }: PredProbs): Float64Array {
  if (data.some((value) => value < 0 || value > 1)) {
    throw new ExpectedError(
      'Confidence-weighted entropy needs probabilities from 0 to 1.',
      'Divide the rows by their sums, or rank by normalized_margin.',
    );
  }
  const terms = new Float64Array(columns);
  return Float64Array.from(labels, (label, row) => {
    for (let index = 0; index < columns; index++) {
      const value = data[row * columns + index] ?? 0;
      terms[index] = value === 0 ? 0 : value * Math.log(value);
    }
    const entropy = -sum(terms) / Math.log(columns);
    const quotient = entropy / Math.max(data[row * columns + label] ?? 0, 1e-6);
    return Math.log(quotient + 1) / Math.max(quotient, 1e-6);
  });
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
