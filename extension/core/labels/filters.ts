import { at, type Matrix, type PredProbs } from './matrix';
import { argmax, smallest } from './numeric';

/** Which examples are candidates, by cleanlab's names (`cleanlab.filter.find_label_issues`). */
export const filters = [
  'prune_by_noise_rate',
  'prune_by_class',
  'both',
  'confident_learning',
  'predicted_neq_given',
  'low_normalized_margin',
  'low_self_confidence',
] as const;
export type FilterBy = (typeof filters)[number];

/** Rows of each given label, ascending. */
export function membersByLabel(labels: Int32Array, classes: number): readonly Uint32Array[] {
  const counts = new Uint32Array(classes);
  for (const label of labels) counts[label] = (counts[label] ?? 0) + 1;
  const members = Array.from(counts, (count) => new Uint32Array(count));
  const filled = new Uint32Array(classes);
  for (let row = 0; row < labels.length; row++) {
    const label = labels[row] ?? 0;
    const rows = members[label];
    if (rows) rows[filled[label] ?? 0] = row;
    filled[label] = (filled[label] ?? 0) + 1;
  }
  return members;
}

/** What the filters that prune work on. */
export interface Pruning {
  readonly labels: Int32Array;
  readonly predProbs: PredProbs;
  readonly members: readonly Uint32Array[];
  /** Row = true label, column = given label. */
  readonly counts: Matrix;
  /** Classes of no more examples than this are left alone, as are those of a single one. */
  readonly minExamplesPerClass: number;
}

/** For each pair of labels, the examples whose other label is furthest above the given one. */
export function pruneByNoiseRate(pruning: Pruning): Uint8Array {
  const { predProbs, counts, labels } = pruning;
  const mask = new Uint8Array(labels.length);
  for (const [given, rows] of prunable(pruning)) {
    for (let other = 0; other < predProbs.columns; other++) {
      const count = other === given ? 0 : at(counts, other, given);
      if (!(count > 0)) continue;
      const margins = Float64Array.from(rows, (row) => at(predProbs, row, given) - at(predProbs, row, other));
      mark(mask, rows, smallest(margins, count));
    }
  }
  return mask;
}

/** The examples of each class with the lowest probability of their given label. */
export function pruneByClass(pruning: Pruning): Uint8Array {
  const { predProbs, counts, labels } = pruning;
  const mask = new Uint8Array(labels.length);
  for (const [given, rows] of prunable(pruning)) {
    const count = rows.length - at(counts, given, given);
    if (!(count >= 1)) continue;
    mark(
      mask,
      rows,
      smallest(
        Float64Array.from(rows, (row) => at(predProbs, row, given)),
        count,
      ),
    );
  }
  return mask;
}

function prunable({ members, minExamplesPerClass }: Pruning): (readonly [number, Uint32Array])[] {
  return [...members.entries()].filter(([, rows]) => rows.length > Math.max(minExamplesPerClass, 1));
}

function mark(mask: Uint8Array, rows: Uint32Array, chosen: Uint8Array): void {
  for (let index = 0; index < rows.length; index++) if (chosen[index]) mask[rows[index] ?? 0] = 1;
}

/** The examples whose most probable label is another one. */
export function predictedNeqGiven(labels: Int32Array, { data, columns }: PredProbs): Uint8Array {
  return Uint8Array.from(labels, (label, row) => (argmax(data, row * columns, (row + 1) * columns) === label ? 0 : 1));
}

/**
 * Takes the flag from examples whose given label is as probable as any other, within 1e-6: nothing better could be
 * suggested for them. Changes the mask.
 */
export function spareAgreeing(mask: Uint8Array, labels: Int32Array, { data, columns }: PredProbs): void {
  for (let row = 0; row < labels.length; row++) {
    if (mask[row] && isAsProbable(data, row * columns, columns, labels[row] ?? 0)) mask[row] = 0;
  }
}

function isAsProbable(data: Float64Array, from: number, columns: number, label: number): boolean {
  const own = (data[from + label] ?? 0) + 1e-6;
  for (let index = 0; index < columns; index++) {
    if (index === label) continue;
    const other = data[from + index] ?? 0;
    if (other > own || (other === own && index < label)) return false;
  }
  return true;
}
