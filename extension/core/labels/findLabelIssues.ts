import { ExpectedError } from '../errors';
import { checkLabels, type ClassNames } from './checkLabels';
import { calibrate, countConfidentJoint, labelCounts } from './confidentJoint';
import {
  predictedNeqGiven,
  pruneByClass,
  pruneByNoiseRate,
  spareAgreeing,
  type FilterBy,
  type Pruning,
} from './filters';
import type { Matrix, PredProbs } from './matrix';
import { argsort, positionsByValue, smallest } from './numeric';
import { pruneCounts } from './pruneCounts';
import { labelQualityScores, normalizedMargin, selfConfidence, type RankMethod } from './scores';

/** Cleanlab's parameters, with its defaults. */
export interface FindLabelIssuesOptions {
  readonly filterBy?: FilterBy;
  /** Share of the estimated errors to find, 0 to 1. */
  readonly fracNoise?: number;
  /** How many to find per class, for `prune_by_noise_rate`, `prune_by_class` and `both`. */
  readonly numToRemovePerClass?: readonly number[] | null;
  readonly minExamplesPerClass?: number;
  /** K × K, row = given label; estimated when absent. */
  readonly confidentJoint?: Matrix | null;
  /** What messages call the classes; their indices when absent. */
  readonly classNames?: ClassNames;
}

export interface LabelIssues {
  /** 1 for each candidate. */
  readonly mask: Uint8Array;
  /** Sentences about classes that were left alone and options without effect. */
  readonly warnings: readonly string[];
}

/**
 * Finds likely label errors by confident learning (Northcutt, Jiang and Chuang, JAIR 2021), as
 * `cleanlab.filter.find_label_issues` 2.9 does. Of examples that score equal at the cut, the first are taken.
 *
 * @param labels given class index of each example
 * @param predProbs out-of-sample predicted probabilities, one row an example
 * @throws ExpectedError when labels and probabilities do not belong together
 */
export function findLabelIssues(
  labels: Int32Array,
  predProbs: PredProbs,
  options: FindLabelIssuesOptions = {},
): LabelIssues {
  checkLabels(labels, predProbs, options.classNames);
  const { filterBy = 'prune_by_noise_rate' } = options;
  checkOptions(filterBy, options, predProbs.columns);
  const mask = maskOf(filterBy, labels, predProbs, options);
  if (!filterBy.startsWith('low_')) spareAgreeing(mask, labels, predProbs);
  return { mask, warnings: warningsOf(filterBy, labels, predProbs.columns, options) };
}

function maskOf(
  filterBy: FilterBy,
  labels: Int32Array,
  predProbs: PredProbs,
  options: FindLabelIssuesOptions,
): Uint8Array {
  switch (filterBy) {
    case 'prune_by_noise_rate':
      return pruneByNoiseRate(pruningOf(labels, predProbs, options));
    case 'prune_by_class':
      return pruneByClass(pruningOf(labels, predProbs, options));
    case 'both': {
      const pruning = pruningOf(labels, predProbs, options);
      const byClass = pruneByClass(pruning);
      return pruneByNoiseRate(pruning).map((flag, row) => flag & (byClass[row] ?? 0));
    }
    case 'confident_learning':
      return maskOfRows(countConfidentJoint(labels, predProbs).offDiagonal, labels.length);
    case 'predicted_neq_given':
      return predictedNeqGiven(labels, predProbs);
    case 'low_normalized_margin':
      return smallest(normalizedMargin(labels, predProbs), numLabelIssues(labels, predProbs));
    case 'low_self_confidence':
      return smallest(selfConfidence(labels, predProbs), numLabelIssues(labels, predProbs));
  }
}

function pruningOf(labels: Int32Array, predProbs: PredProbs, options: FindLabelIssuesOptions): Pruning {
  const { fracNoise = 1, minExamplesPerClass = 1, numToRemovePerClass = null, confidentJoint } = options;
  const totals = labelCounts(labels, predProbs.columns);
  const joint = confidentJoint ?? calibrate(countConfidentJoint(labels, predProbs).joint, totals);
  const counts = pruneCounts(joint, totals, { fracNoise, minExamplesPerClass, numToRemovePerClass });
  return { labels, predProbs, members: positionsByValue(labels, predProbs.columns), counts, minExamplesPerClass };
}

/**
 * How many label errors there are: the examples off the diagonal of the confident joint whose given label is not the
 * most probable one (`cleanlab.count.num_label_issues`, `off_diagonal`).
 */
export function numLabelIssues(labels: Int32Array, predProbs: PredProbs): number {
  const mask = maskOfRows(countConfidentJoint(labels, predProbs).offDiagonal, labels.length);
  spareAgreeing(mask, labels, predProbs);
  return mask.reduce((count, flag) => count + flag, 0);
}

/**
 * Candidates in the order of their scores, the likeliest error first; equal scores in the order of the rows.
 *
 * @returns rows
 */
export function orderLabelIssues(mask: Uint8Array, scores: Float64Array): Uint32Array {
  const rows = rowsOfMask(mask);
  return inOrder(
    rows,
    Float64Array.from(rows, (row) => scores[row] ?? 0),
  );
}

/** Candidates ranked by a label quality score. */
export function rankedLabelIssues(
  labels: Int32Array,
  predProbs: PredProbs,
  rankedBy: RankMethod,
  options: FindLabelIssuesOptions & { readonly adjustPredProbs?: boolean } = {},
): Uint32Array {
  const rows = rowsOfMask(findLabelIssues(labels, predProbs, options).mask);
  return inOrder(rows, labelQualityScores(labels, predProbs, rankedBy, options.adjustPredProbs, rows));
}

/**
 * Rows in ascending order of their scores.
 *
 * @param scores one per entry of `rows`
 */
export function inOrder(rows: Uint32Array, scores: Float64Array): Uint32Array {
  return argsort(scores).map((position) => rows[position] ?? 0);
}

/** The rows that a mask marks, ascending. */
export function rowsOfMask(mask: Uint8Array): Uint32Array {
  const rows = new Uint32Array(mask.length);
  let found = 0;
  for (let row = 0; row < mask.length; row++) if (mask[row]) rows[found++] = row;
  return rows.slice(0, found);
}

export function maskOfRows(rows: Uint32Array, length: number): Uint8Array {
  const mask = new Uint8Array(length);
  for (const row of rows) mask[row] = 1;
  return mask;
}

const prunes: readonly FilterBy[] = ['prune_by_noise_rate', 'prune_by_class', 'both'];

function checkOptions(
  filterBy: FilterBy,
  { fracNoise = 1, confidentJoint, numToRemovePerClass }: FindLabelIssuesOptions,
  classes: number,
): void {
  if (!(fracNoise >= 0 && fracNoise <= 1))
    throw new ExpectedError(`frac_noise is ${fracNoise}.`, 'Give a share from 0 to 1.');
  if (confidentJoint && (confidentJoint.rows !== classes || confidentJoint.columns !== classes)) {
    throw new ExpectedError(
      `The confident joint is ${confidentJoint.rows} × ${confidentJoint.columns}, but there are ${classes} classes.`,
    );
  }
  if (!numToRemovePerClass) return;
  if (!prunes.includes(filterBy)) {
    throw new ExpectedError(
      `num_to_remove_per_class cannot be kept with ${filterBy}.`,
      `Filter by one of ${prunes.join(', ')}.`,
    );
  }
  if (numToRemovePerClass.length !== classes) {
    throw new ExpectedError(
      `num_to_remove_per_class has ${numToRemovePerClass.length} numbers, but there are ${classes} classes.`,
    );
  }
}

function warningsOf(
  filterBy: FilterBy,
  labels: Int32Array,
  classes: number,
  { fracNoise = 1, minExamplesPerClass = 1, confidentJoint, classNames }: FindLabelIssuesOptions,
): string[] {
  const warnings: string[] = [];
  if (!prunes.includes(filterBy)) {
    if (fracNoise !== 1) warnings.push(`frac_noise has no effect with ${filterBy}.`);
    if (confidentJoint && filterBy === 'confident_learning') warnings.push('The given confident joint is not used.');
    return warnings;
  }
  const few = [...labelCounts(labels, classes).entries()].filter(([, count]) => count <= minExamplesPerClass);
  if (few.length > 0) {
    const names = few.map(([label]) => classNames?.[label] ?? label).join(', ');
    warnings.push(`Classes with too few examples to find errors in: ${names}.`);
  }
  return warnings;
}
