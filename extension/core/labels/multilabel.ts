import { checkLabels, type ClassNames } from './checkLabels';
import { countConfidentJoint } from './confidentJoint';
import { findLabelIssues, maskOfRows, type FindLabelIssuesOptions, type LabelIssues } from './findLabelIssues';
import { spareAgreeing } from './filters';
import { at, zeros, type Matrix, type PredProbs } from './matrix';
import { smallest } from './numeric';
import { labelQualityScores, type RankMethod } from './scores';

/** Weight of the past in the exponential moving average over a record's class scores. */
const alpha = 0.8;

export interface MultilabelOptions extends Omit<FindLabelIssuesOptions, 'confidentJoint'> {
  /** One 2 × 2 matrix per class. */
  readonly confidentJoints?: readonly Matrix[] | null;
}

/**
 * Label errors of records that have any number of labels: each class by itself, absent against present, flags united
 * (`cleanlab.multilabel_classification.filter.find_label_issues`).
 *
 * @param labels given class indices of each record
 */
export function findMultilabelIssues(
  labels: readonly (readonly number[])[],
  predProbs: PredProbs,
  options: MultilabelOptions = {},
): LabelIssues {
  const { filterBy = 'prune_by_noise_rate', confidentJoints, numToRemovePerClass, classNames, ...rest } = options;
  if (filterBy.startsWith('low_')) return lowest(labels, predProbs, classNames);
  const mask = new Uint8Array(labels.length);
  const warnings = new Set<string>();
  for (let label = 0; label < predProbs.columns; label++) {
    const binary = binaryOf(labels, predProbs, label);
    const found = findLabelIssues(binary.labels, binary.predProbs, {
      ...rest,
      filterBy,
      confidentJoint: confidentJoints?.[label] ?? null,
      numToRemovePerClass: numToRemovePerClass ? [numToRemovePerClass[label] ?? 0, 0] : null,
      classNames: binaryNames(label, classNames),
    });
    for (let row = 0; row < mask.length; row++) if (found.mask[row]) mask[row] = 1;
    for (const warning of found.warnings) warnings.add(warning);
  }
  return { mask, warnings: [...warnings] };
}

/** A score per record: its class scores from the best to the worst, the worst weighing most. */
export function multilabelScores(
  labels: readonly (readonly number[])[],
  predProbs: PredProbs,
  method: RankMethod,
  adjustPredProbs = false,
): Float64Array {
  const byClass = Array.from({ length: predProbs.columns }, (_, label) => {
    const binary = binaryOf(labels, predProbs, label);
    return labelQualityScores(binary.labels, binary.predProbs, method, adjustPredProbs);
  });
  return Float64Array.from(labels, (_, row) => {
    const scores = byClass.map((values) => values[row] ?? 0).sort((a, b) => b - a);
    const [best = 0, ...others] = scores;
    return others.reduce((average, score) => alpha * score + (1 - alpha) * average, best);
  });
}

/** One class against all others. */
export interface Binary {
  /** 1 where a record has the class. */
  readonly labels: Int32Array;
  readonly predProbs: PredProbs;
}

export function binaryOf(labels: readonly (readonly number[])[], predProbs: PredProbs, label: number): Binary {
  const pairs = zeros(labels.length, 2);
  for (let row = 0; row < labels.length; row++) {
    const present = at(predProbs, row, label);
    pairs.data[row * 2] = 1 - present;
    pairs.data[row * 2 + 1] = present;
  }
  return { labels: Int32Array.from(labels, (own) => (own.includes(label) ? 1 : 0)), predProbs: pairs };
}

function binaryNames(label: number, names: ClassNames): readonly string[] {
  const name = names?.[label] ?? String(label);
  return [`not ${name}`, name];
}

/** How many records have a label error in any class, by confident learning alone. */
export function numMultilabelIssues(
  labels: readonly (readonly number[])[],
  predProbs: PredProbs,
  names?: ClassNames,
): number {
  const union = new Uint8Array(labels.length);
  for (let label = 0; label < predProbs.columns; label++) {
    const binary = binaryOf(labels, predProbs, label);
    checkLabels(binary.labels, binary.predProbs, binaryNames(label, names));
    const mask = maskOfRows(countConfidentJoint(binary.labels, binary.predProbs).offDiagonal, labels.length);
    spareAgreeing(mask, binary.labels, binary.predProbs);
    for (let row = 0; row < mask.length; row++) if (mask[row]) union[row] = 1;
  }
  return union.reduce((sum, flag) => sum + flag, 0);
}

/** Both `low_` filters take the records with the lowest self-confidence, as many as confident learning finds. */
function lowest(labels: readonly (readonly number[])[], predProbs: PredProbs, names: ClassNames): LabelIssues {
  const count = numMultilabelIssues(labels, predProbs, names);
  return { mask: smallest(multilabelScores(labels, predProbs, 'self_confidence'), count), warnings: [] };
}
