import { counted } from '../counted';
import type { ClassNames } from './checkLabels';
import { classificationReport, predictedLabels, type ClassificationReport } from './classificationReport';
import { confidentThresholds } from './confidentJoint';
import { predictedNeqGiven, spareAgreeing } from './filters';
import { numLabelIssues, rowsOfMask } from './findLabelIssues';
import { at, type PredProbs } from './matrix';
import { argmax } from './numeric';

/** How well predicted probabilities fit the given labels, and what speaks against looking for errors with them. */
export interface ModelReport extends ClassificationReport {
  /** Share of the examples one class of which has a probability of 1, within 1e-6. */
  readonly saturated: number;
  readonly warnings: readonly string[];
}

/** A model is this often right about texts that it was trained with, and hardly ever about others. */
const inSampleAccuracy = 0.99;
/** With fewer examples a model may well be right about all. */
const tellingExamples = 100;
/** Above this share of saturated examples, what is given are predicted labels. */
const mostlySaturated = 0.99;

/** Compares the most probable classes with the given labels. */
export function modelReport(labels: Int32Array, predProbs: PredProbs): ModelReport {
  const report = classificationReport(labels, predictedLabels(predProbs), predProbs.columns);
  const saturated = saturatedShare(predProbs);
  const telling = labels.length >= tellingExamples;
  return {
    ...report,
    saturated,
    warnings: [
      ...(telling && report.accuracy >= inSampleAccuracy ? [inSampleWarning(report.accuracy)] : []),
      ...(telling && saturated >= mostlySaturated ? [saturationWarning] : []),
    ],
  };
}

function inSampleWarning(accuracy: number): string {
  return (
    `The model agrees with ${(100 * accuracy).toFixed(1)} % of the given labels, as if it had been trained with these ` +
    'records. Label errors that a model has learned are not found: use cross-validation.'
  );
}

const saturationWarning =
  'Nearly all predicted probabilities are 0 or 1, which says nothing of how sure the model is. Give probabilities, not ' +
  'predicted labels.';

function saturatedShare({ data, rows, columns }: PredProbs): number {
  let count = 0;
  for (let row = 0; row < rows; row++) {
    const best = row * columns + argmax(data, row * columns, (row + 1) * columns);
    if ((data[best] ?? 0) >= 1 - 1e-6) count++;
  }
  return rows === 0 ? 0 : count / rows;
}

/**
 * A sentence or two on why confident learning found no candidate, and how to see more.
 *
 * @param records the number of each row's record
 */
export function whyNothingFound(
  labels: Int32Array,
  predProbs: PredProbs,
  names?: ClassNames,
  records?: Uint32Array,
): string {
  const mask = predictedNeqGiven(labels, predProbs);
  spareAgreeing(mask, labels, predProbs);
  const disagreeing = rowsOfMask(mask);
  if (disagreeing.length === 0) return 'No label is more probable than the given one in any record.';
  const disagreement = `Another label is more probable in ${counted(disagreeing.length, 'record')}`;
  const confident = numLabelIssues(labels, predProbs);
  const seeThem = 'Filter by predicted_neq_given to see them.';
  if (confident > 0)
    return `${disagreement}, confidently in ${confident}, but the chosen options leave none of them. ${seeThem}`;
  const { row, label, probability, threshold } = nearestMiss(disagreeing, labels, predProbs);
  if (threshold > 1) return `${disagreement}, but only labels that no record is given. ${seeThem}`;
  const name = names?.[label] ?? String(label);
  return (
    `${disagreement}, but never as probable as it is on average where it is given: row ${records?.[row] ?? row} comes nearest, ` +
    `${name} with ${probability.toFixed(3)} of ${threshold.toFixed(3)}. ${seeThem}`
  );
}

interface Miss {
  readonly row: number;
  /** The most probable class. */
  readonly label: number;
  readonly probability: number;
  /** What the probability would have to reach; above 1 for a class without examples. */
  readonly threshold: number;
}

function nearestMiss(rows: Uint32Array, labels: Int32Array, predProbs: PredProbs): Miss {
  const thresholds = confidentThresholds(labels, predProbs);
  const { data, columns } = predProbs;
  const misses = Array.from(rows, (row): Miss => {
    const label = argmax(data, row * columns, (row + 1) * columns);
    return { row, label, probability: at(predProbs, row, label), threshold: thresholds[label] ?? 0 };
  });
  return misses.reduce((best, miss) =>
    miss.threshold - miss.probability < best.threshold - best.probability ? miss : best,
  );
}
