import { calibrate, countConfidentJoint, labelCounts, rowSum } from './confidentJoint';
import { numLabelIssues } from './findLabelIssues';
import { at, type Matrix, type PredProbs } from './matrix';
import { roundHalfEven, sum } from './numeric';

/** One class in `cleanlab.dataset.rank_classes_by_label_quality`. */
export interface ClassHealth {
  readonly label: number;
  /** Estimated examples given this label wrongly. */
  readonly labelIssues: number;
  /** Estimated examples of this class that were given another label. */
  readonly inverseLabelIssues: number;
  /** Share of the examples given this label that are wrong. */
  readonly labelNoise: number;
  /** Share of the examples of this class that were given another label. */
  readonly inverseLabelNoise: number;
  /** 1 - labelNoise. */
  readonly labelQuality: number;
}

/** Two classes that are taken for each other (`cleanlab.dataset.find_overlapping_classes`). */
export interface ClassOverlap {
  readonly first: number;
  readonly second: number;
  /** Estimated examples of either that were given the other's label. */
  readonly examples: number;
  /** Their share of all examples. */
  readonly jointProbability: number;
}

/** What there is to say of a dataset's labels as a whole. */
export interface Health {
  /** 1 - share of label errors (`cleanlab.dataset.overall_label_health_score`). */
  readonly healthScore: number;
  readonly numLabelIssues: number;
  /** Worst first. */
  readonly classes: readonly ClassHealth[];
  /** Most examples first. */
  readonly overlaps: readonly ClassOverlap[];
}

/** Summarises labels by confident learning. */
export function labelHealth(labels: Int32Array, predProbs: PredProbs): Health {
  const joint = estimateJoint(labels, predProbs);
  const issues = numLabelIssues(labels, predProbs);
  return {
    healthScore: 1 - issues / labels.length,
    numLabelIssues: issues,
    classes: rankClasses(joint, labels.length),
    overlaps: findOverlaps(joint, labels.length),
  };
}

/** The joint distribution of given (row) and true (column) labels (`cleanlab.count.estimate_joint`). */
export function estimateJoint(labels: Int32Array, predProbs: PredProbs): Matrix {
  const counts = labelCounts(labels, predProbs.columns);
  const calibrated = calibrate(countConfidentJoint(labels, predProbs).joint, counts);
  const total = sum(calibrated.data);
  return { ...calibrated, data: calibrated.data.map((count) => count / total) };
}

/** Classes by label quality, the worst first, equal ones in their order. */
function rankClasses(joint: Matrix, examples: number): ClassHealth[] {
  return Array.from({ length: joint.rows }, (_, label) => classHealth(joint, label, examples)).sort(
    (a, b) => a.labelQuality - b.labelQuality || a.label - b.label,
  );
}

function classHealth(joint: Matrix, label: number, examples: number): ClassHealth {
  const given = rowSum(joint, label);
  let real = 0;
  for (let row = 0; row < joint.rows; row++) real += at(joint, row, label);
  const wrong = given - at(joint, label, label);
  const missed = real - at(joint, label, label);
  const labelNoise = wrong / Math.max(given, 1e-6);
  return {
    label,
    labelIssues: roundHalfEven(wrong * examples),
    inverseLabelIssues: roundHalfEven(missed * examples),
    labelNoise,
    inverseLabelNoise: missed / Math.max(real, 1e-6),
    labelQuality: 1 - labelNoise,
  };
}

/** Pairs of classes by how much they overlap, equal ones in their order. */
function findOverlaps(joint: Matrix, examples: number): ClassOverlap[] {
  const overlaps: ClassOverlap[] = [];
  for (let first = 0; first < joint.rows; first++) {
    for (let second = first + 1; second < joint.rows; second++) {
      const jointProbability = at(joint, first, second) + at(joint, second, first);
      overlaps.push({ first, second, examples: roundHalfEven(jointProbability * examples), jointProbability });
    }
  }
  return overlaps.sort((a, b) => b.jointProbability - a.jointProbability || a.first - b.first || a.second - b.second);
}
