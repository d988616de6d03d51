import { calibrate, confidentThresholds, countConfidentJoint, labelCounts } from './confidentJoint';
import type { SortBy } from './findLabelErrors';
import { findLabelIssues, inOrder, numLabelIssues, rowsOfMask, type FindLabelIssuesOptions } from './findLabelIssues';
import { rowsOf, type PredProbs } from './matrix';
import { binaryOf, findMultilabelIssues, multilabelScores, numMultilabelIssues } from './multilabel';
import { argmax } from './numeric';
import { labelQualityScores, type RankMethod } from './scores';

/** A record whose label is probably wrong. */
export interface Candidate {
  /** Position among the labels. */
  readonly row: number;
  /** Class indices; one unless records may have several labels. */
  readonly given: readonly number[];
  /** The most probable class, or all that are more probable than not. */
  readonly suggested: readonly number[];
  /** The score that candidates are ordered by, or the self-confidence without an order; 0 to 1, low for likely errors. */
  readonly labelQuality: number;
  readonly normalizedMargin: number;
  readonly selfConfidence: number;
  /** Rank from 0, the likeliest error first; null without an order. */
  readonly labelErrorCandidate: number | null;
}

/** What confident learning says of labels. */
export interface LabelErrorReport {
  /** Per class; with several labels per record the pair of absent and present. */
  readonly thresholds: readonly number[] | readonly (readonly number[])[];
  /** K × K, row = given label, calibrated; with several labels per record one of absent and present for each class. */
  readonly confidentJoint: readonly (readonly number[])[] | readonly (readonly (readonly number[])[])[];
  /** Share of the records whose labels are right by the estimate. */
  readonly healthScore: number;
  readonly numLabelIssues: number;
  readonly candidates: readonly Candidate[];
  readonly warnings: readonly string[];
}

export interface LabelErrorReportOptions extends Omit<FindLabelIssuesOptions, 'confidentJoint'> {
  readonly sortBy?: SortBy;
}

/** Finds, scores and ranks candidates, and estimates how many errors there are. */
export function labelErrorReport(
  labels: Int32Array,
  predProbs: PredProbs,
  { sortBy = 'likelihood', ...options }: LabelErrorReportOptions = {},
): LabelErrorReport {
  const { mask, warnings } = findLabelIssues(labels, predProbs, options);
  const rows = rowsOfMask(mask);
  const score = (method: RankMethod): Float64Array => labelQualityScores(labels, predProbs, method, false, rows);
  const { columns } = predProbs;
  const thresholds = confidentThresholds(labels, predProbs);
  const { joint } = countConfidentJoint(labels, predProbs, thresholds);
  const issues = numLabelIssues(labels, predProbs);
  return {
    thresholds: [...thresholds],
    confidentJoint: rowsOf(calibrate(joint, labelCounts(labels, columns))),
    healthScore: 1 - issues / labels.length,
    numLabelIssues: issues,
    candidates: candidatesOf(rows, sortBy, score, sortBy === 'likelihood' ? 'normalized_margin' : 'self_confidence', {
      given: (row) => [labels[row] ?? 0],
      suggested: (row) => [argmax(predProbs.data, row * columns, (row + 1) * columns)],
    }),
    warnings,
  };
}

/** The same for records that have any number of labels; they are ordered by self-confidence, as Argilla does. */
export function multilabelErrorReport(
  labels: readonly (readonly number[])[],
  predProbs: PredProbs,
  { sortBy = 'likelihood', ...options }: LabelErrorReportOptions = {},
): LabelErrorReport {
  const { mask, warnings } = findMultilabelIssues(labels, predProbs, options);
  const rows = rowsOfMask(mask);
  const score = (method: RankMethod): Float64Array => {
    const scores = multilabelScores(labels, predProbs, method);
    return Float64Array.from(rows, (row) => scores[row] ?? 0);
  };
  const byClass = Array.from({ length: predProbs.columns }, (_, label) => binaryOf(labels, predProbs, label));
  const issues = numMultilabelIssues(labels, predProbs);
  return {
    thresholds: byClass.map((binary) => [...confidentThresholds(binary.labels, binary.predProbs)]),
    confidentJoint: byClass.map((binary) => {
      const { joint } = countConfidentJoint(binary.labels, binary.predProbs);
      return rowsOf(calibrate(joint, labelCounts(binary.labels, 2)));
    }),
    healthScore: 1 - issues / labels.length,
    numLabelIssues: issues,
    candidates: candidatesOf(rows, sortBy, score, 'self_confidence', {
      given: (row) => labels[row] ?? [],
      suggested: (row) => likelyLabels(predProbs, row),
    }),
    warnings,
  };
}

interface LabelsOfRow {
  readonly given: (row: number) => readonly number[];
  readonly suggested: (row: number) => readonly number[];
}

function candidatesOf(
  rows: Uint32Array,
  sortBy: SortBy,
  score: (method: RankMethod) => Float64Array,
  orderedBy: RankMethod,
  labels: LabelsOfRow,
): Candidate[] {
  const margins = score('normalized_margin');
  const confidences = score('self_confidence');
  const quality = orderedBy === 'normalized_margin' ? margins : confidences;
  const positions = Uint32Array.from(rows.keys());
  const order = sortBy === 'none' ? positions : inOrder(positions, quality);
  return Array.from(order, (position, rank) => {
    const row = rows[position] ?? 0;
    return {
      row,
      given: labels.given(row),
      suggested: labels.suggested(row),
      labelQuality: quality[position] ?? 0,
      normalizedMargin: margins[position] ?? 0,
      selfConfidence: confidences[position] ?? 0,
      labelErrorCandidate: sortBy === 'none' ? null : rank,
    };
  });
}

function likelyLabels({ data, columns }: PredProbs, row: number): number[] {
  const own = data.subarray(row * columns, (row + 1) * columns);
  return [...own.keys()].filter((label) => (own[label] ?? 0) > 0.5);
}
