import { classBalance } from '../../extension/core/dataset/imbalance';
import { classificationReport, type ClassScores } from '../../extension/core/labels/classificationReport';
import { predictProba, trainClassifier } from '../../extension/core/labels/classifier';
import {
  calibrate,
  confidentThresholds,
  countConfidentJoint,
  labelCounts,
} from '../../extension/core/labels/confidentJoint';
import { countWords } from '../../extension/core/labels/countMatrix';
import { crossValPredictProba } from '../../extension/core/labels/crossValidation';
import type { FilterBy } from '../../extension/core/labels/filters';
import { findLabelIssues } from '../../extension/core/labels/findLabelIssues';
import { estimateJoint, labelHealth } from '../../extension/core/labels/health';
import { rowsOf } from '../../extension/core/labels/matrix';
import { findMultilabelIssues } from '../../extension/core/labels/multilabel';
import { postingsOf } from '../../extension/core/labels/live/postings';
import { labelQualityScores, rankMethods } from '../../extension/core/labels/scores';
import { Similarity } from '../../extension/core/review/engine/similar';
import { textOf } from '../../extension/core/dataset/readRecords';
import type { Json } from '../../extension/core/json';
import { agreementOf, ratingsOf } from '../../extension/core/review/ledger/agreement';
import type { DecisionEntry, Labelling } from '../../extension/core/review/types';
import { matrixOf } from '../matrixOf';

interface Options {
  readonly filter_by: FilterBy;
  readonly frac_noise?: number;
  readonly min_examples_per_class?: number;
  readonly num_to_remove_per_class?: readonly number[];
}

export type Case =
  | { about: 'issues'; labels: number[]; predProbs: number[][]; options: Options }
  | { about: 'multilabel'; labels: number[][]; predProbs: number[][]; options: Options }
  | { about: 'counts'; labels: number[]; predProbs: number[][] }
  | { about: 'cross_validation'; labels: number[]; texts: string[]; folds: number }
  | { about: 'trained'; labels: number[]; texts: string[]; asked: string[] }
  | { about: 'similar'; texts: string[] }
  | { about: 'report'; labels: number[]; predicted: number[]; classes: number }
  | { about: 'imbalance'; labels: number[] }
  | { about: 'agreement'; first: string[]; second: string[] };

/** What `label_errors.py` says, by our own means. */
export function answer(one: Case): unknown {
  switch (one.about) {
    case 'issues':
      return issues(one);
    case 'multilabel':
      return { mask: [...findMultilabelIssues(one.labels, matrixOf(one.predProbs), ours(one.options)).mask] };
    case 'counts':
      return counts(one);
    case 'cross_validation': {
      const labels = Int32Array.from(one.labels);
      const { predProbs } = crossValPredictProba(countWords(one.texts), labels, Math.max(...labels) + 1, one);
      return { predProbs: rowsOf(predProbs) };
    }
    case 'trained':
      return trained(one);
    case 'similar':
      return { cosines: cosines(one.texts) };
    case 'report':
      return report(one);
    case 'imbalance': {
      const { underrepresented } = classBalance(one.labels.map(String));
      return { rarest: underrepresented ?? 'NA' };
    }
    case 'agreement':
      return agreement(one);
  }
}

function agreement({ first, second }: Extract<Case, { about: 'agreement' }>): unknown {
  const ratings = [first, second].flatMap((verdicts, reviewer) =>
    verdicts.map((label, row) => ({ entry: decision(String(reviewer), row, label), row, cell: '', isAsGiven: true })),
  );
  const names = (cell: Json): Labelling => [textOf(cell)];
  const [pair] = agreementOf(ratingsOf(ratings, { names }), ['0', '1']).pairs;
  return { kappa: pair?.kappa, confusion: pair?.confusion, accuracy: pair?.share };
}

function decision(reviewer: string, row: number, label: string): DecisionEntry {
  const content = { text: 'text', hash: String(row), column: 'label', given: '', decision: 'change' as const, label };
  return { v: 1, id: `${reviewer}-${row}`, time: '2026-01-02T03:04:05.678Z', reviewer, row, ...content };
}

function trained({ labels: given, texts, asked }: Extract<Case, { about: 'trained' }>): unknown {
  const labels = Int32Array.from(given);
  const classes = Array.from({ length: Math.max(...labels) + 1 }, (_, label) => String(label));
  const classifier = trainClassifier({ matrix: countWords(texts), labels, classes, leftOut: 0 });
  return { predProbs: rowsOf(predictProba(classifier, asked)) };
}

/** Of each text with all texts; of one with itself it is 1, or 0 without a word. */
function cosines(texts: readonly string[]): number[][] {
  const matrix = countWords(texts);
  const similarity = new Similarity(matrix, postingsOf(matrix));
  return texts.map((_, row) => {
    const hasWords = matrix.starts[row] !== matrix.starts[row + 1];
    const found = texts.map((__, other): number => (other === row && hasWords ? 1 : 0));
    for (const { row: other, similarity: cosine } of similarity.nearest(row, texts.length, () => true))
      found[other] = cosine;
    return found;
  });
}

function ours({ filter_by, frac_noise, min_examples_per_class, num_to_remove_per_class }: Options) {
  return {
    filterBy: filter_by,
    ...(frac_noise === undefined ? {} : { fracNoise: frac_noise }),
    ...(min_examples_per_class === undefined ? {} : { minExamplesPerClass: min_examples_per_class }),
    ...(num_to_remove_per_class === undefined ? {} : { numToRemovePerClass: num_to_remove_per_class }),
  };
}

function issues({ labels: given, predProbs: rows, options }: Extract<Case, { about: 'issues' }>): unknown {
  const labels = Int32Array.from(given);
  const predProbs = matrixOf(rows);
  return {
    mask: [...findLabelIssues(labels, predProbs, ours(options)).mask],
    scores: Object.fromEntries(
      rankMethods.map((method) => [method, [...labelQualityScores(labels, predProbs, method)]]),
    ),
    adjusted: [...labelQualityScores(labels, predProbs, 'normalized_margin', true)],
  };
}

function counts({ labels: given, predProbs: rows }: Extract<Case, { about: 'counts' }>): unknown {
  const labels = Int32Array.from(given);
  const predProbs = matrixOf(rows);
  const { joint } = countConfidentJoint(labels, predProbs);
  const calibrated = calibrate(joint, labelCounts(labels, predProbs.columns));
  const health = labelHealth(labels, predProbs);
  const classes = [...health.classes].sort((a, b) => a.label - b.label);
  const overlaps = [...health.overlaps].sort((a, b) => a.first - b.first || a.second - b.second);
  return {
    thresholds: [...confidentThresholds(labels, predProbs)],
    joint: rowsOf(joint),
    calibrated: rowsOf(calibrated),
    distribution: rowsOf(estimateJoint(labels, predProbs)),
    num_label_issues: health.numLabelIssues,
    health_score: health.healthScore,
    classes: classes.map(({ label, labelIssues, inverseLabelIssues }) => [label, labelIssues, inverseLabelIssues]),
    quality: classes.map(({ labelQuality }) => labelQuality),
    overlaps: overlaps.map(({ first, second, examples }) => [first, second, examples]),
  };
}

function report({ labels, predicted, classes }: Extract<Case, { about: 'report' }>): unknown {
  const figures = ({ precision, recall, f1Score, support }: ClassScores) => [precision, recall, f1Score, support];
  const ours = classificationReport(Int32Array.from(labels), Int32Array.from(predicted), classes);
  return {
    accuracy: ours.accuracy,
    classes: Object.fromEntries(ours.classes.map((one) => [one.label, figures(one)])),
    macro: figures(ours.macroAverage),
    weighted: figures(ours.weightedAverage),
    confusion: rowsOf(ours.confusion),
  };
}
