import { doubled } from './growing';
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

/** What the filters that prune work on. */
export interface Pruning {
  readonly labels: Int32Array;
  readonly predProbs: PredProbs;
  /** Rows of each given label, ascending. */
  readonly members: readonly Uint32Array[];
  /** Row = true label, column = given label. */
  readonly counts: Matrix;
  /** Classes of no more examples than this are left alone, as are those of a single one. */
  readonly minExamplesPerClass: number;
}

/** For each pair of labels, the examples whose other label is furthest above the given one. */
export function pruneByNoiseRate(pruning: Pruning): Uint8Array {
  const { predProbs, counts, labels } = pruning;
  const { columns: classes } = predProbs;
  const mask = new Uint8Array(labels.length);
  const above = examplesAbove(pruning);
  for (const [given, rows] of prunable(pruning)) {
    for (let other = 0; other < classes; other++) {
      const count = other === given ? 0 : at(counts, other, given);
      if (!(count > 0)) continue;
      const [from = 0, to = 0] = above.starts.subarray(given * classes + other);
      if (count > to - from) mark(mask, rows, smallest(marginsOf(predProbs, rows, given, other), count));
      else mark(mask, above.rows.subarray(from, to), smallest(above.margins.subarray(from, to), count));
    }
  }
  return mask;
}

/** Examples to which another label is more probable than the given one, by given and other label. */
interface Above {
  /** Where each pair, given * K + other, begins in the other two; one more entry than pairs. */
  readonly starts: Uint32Array;
  /** Ascending within a pair. */
  readonly rows: Uint32Array;
  /** Probability of the given label minus that of the other one; below 0. */
  readonly margins: Float64Array;
}

/**
 * What is pruned is nearly always among these few, and one walk through the matrix finds them; a walk for each pair takes
 * many times as long.
 */
function examplesAbove(pruning: Pruning): Above {
  const { labels, predProbs } = pruning;
  const { data, columns: classes } = predProbs;
  const { rows, others } = pairsAbove(pruning);
  const starts = new Uint32Array(classes * classes + 1);
  for (let pair = 0; pair < rows.length; pair++) {
    const next = (labels[rows[pair] ?? 0] ?? 0) * classes + (others[pair] ?? 0) + 1;
    starts[next] = (starts[next] ?? 0) + 1;
  }
  for (let pair = 1; pair < starts.length; pair++) starts[pair] = (starts[pair] ?? 0) + (starts[pair - 1] ?? 0);
  const filled = starts.slice();
  const above = { starts, rows: new Uint32Array(rows.length), margins: new Float64Array(rows.length) };
  for (let pair = 0; pair < rows.length; pair++) {
    const row = rows[pair] ?? 0;
    const given = labels[row] ?? 0;
    const other = others[pair] ?? 0;
    const place = filled[given * classes + other] ?? 0;
    above.rows[place] = row;
    above.margins[place] = (data[row * classes + given] ?? 0) - (data[row * classes + other] ?? 0);
    filled[given * classes + other] = place + 1;
  }
  return above;
}

/** The same in the order of the matrix, as far as any are to be pruned. */
function pairsAbove({ labels, predProbs, counts }: Pruning) {
  const { data, columns: classes } = predProbs;
  let rows = new Uint32Array(labels.length + classes);
  let others = new Uint32Array(labels.length + classes);
  let found = 0;
  for (let row = 0; row < labels.length; row++) {
    if (rows.length - found < classes) [rows, others] = [doubled(rows), doubled(others)];
    const from = row * classes;
    const given = labels[row] ?? 0;
    const own = data[from + given] ?? 0;
    for (let other = 0; other < classes; other++) {
      if (!((data[from + other] ?? 0) > own) || !((counts.data[other * classes + given] ?? 0) > 0)) continue;
      rows[found] = row;
      others[found++] = other;
    }
  }
  return { rows: rows.subarray(0, found), others: others.subarray(0, found) };
}

function marginsOf({ data, columns }: PredProbs, rows: Uint32Array, given: number, other: number): Float64Array {
  const margins = new Float64Array(rows.length);
  for (let at = 0; at < rows.length; at++) {
    const from = (rows[at] ?? 0) * columns;
    margins[at] = (data[from + given] ?? 0) - (data[from + other] ?? 0);
  }
  return margins;
}

/** The examples of each class with the lowest probability of their given label. */
export function pruneByClass(pruning: Pruning): Uint8Array {
  const { predProbs, counts, labels } = pruning;
  const mask = new Uint8Array(labels.length);
  for (const [given, rows] of prunable(pruning)) {
    const count = rows.length - at(counts, given, given);
    if (!(count >= 1)) continue;
    const probabilities = new Float64Array(rows.length);
    for (let index = 0; index < rows.length; index++) probabilities[index] = at(predProbs, rows[index] ?? 0, given);
    mark(mask, rows, smallest(probabilities, count));
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
  const mask = new Uint8Array(labels.length);
  for (let row = 0; row < labels.length; row++)
    mask[row] = argmax(data, row * columns, (row + 1) * columns) === labels[row] ? 0 : 1;
  return mask;
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
