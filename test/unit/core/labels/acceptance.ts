import type { PredProbs } from '../../../../extension/core/labels/matrix';
import { matrixOf } from '../../../matrixOf';

/** Labels and probabilities with what cleanlab 2.9.0 says of them. */
export interface Case {
  readonly labels: Int32Array;
  readonly predProbs: PredProbs;
}

const times = <T>(count: number, value: T): T[] => Array.from({ length: count }, () => value);
const caseOf = (labels: readonly number[], rows: readonly (readonly number[])[]): Case => ({
  labels: Int32Array.from(labels),
  predProbs: matrixOf(rows),
});

export const small = caseOf(
  [0, 1, 1, 0, 2],
  [
    [0.9, 0.1, 0],
    [0.2, 0.8, 0],
    [0.6, 0.4, 0],
    [0.1, 0.9, 0],
    [0.3, 0.3, 0.4],
  ],
);

/** Probabilities that are equal, or differ by less than the tolerance. */
export const near = caseOf(
  [0, 1, 0, 0, 1, 0, 0, 1, 1, 0],
  [
    [0.5, 0.5],
    [0.5, 0.5],
    [0.4999999, 0.5000001],
    [0.499, 0.501],
    [0.7, 0.3],
    [0.2, 0.8],
    [0.9, 0.1],
    [0.1, 0.9],
    [0.35, 0.65],
    [0.65, 0.35],
  ],
);

/** A class without examples. */
export const missing = caseOf(
  [0, 0, 2, 2, 0, 2, 0, 2],
  [
    [0.8, 0.15, 0.05],
    [0.7, 0.2, 0.1],
    [0.1, 0.2, 0.7],
    [0.05, 0.15, 0.8],
    [0.2, 0.1, 0.7],
    [0.6, 0.1, 0.3],
    [0.3, 0.3, 0.4],
    [0.15, 0.05, 0.8],
  ],
);

/** Many equal scores. */
export const ties = caseOf(
  [...times(20, 0), ...times(20, 1)],
  [...times(9, [0.1, 0.9]), ...times(11, [0.9, 0.1]), ...times(14, [0.2, 0.8]), ...times(6, [0.7, 0.3])],
);
