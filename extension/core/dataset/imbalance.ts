import { byCodePoint } from '../labels/tokens';
import { labelsOf, type RecordLabel } from './recordLabels';

export interface ClassCount {
  readonly label: string;
  readonly count: number;
  /** Of all labels that were given, 0 to 1. */
  readonly share: number;
}

export interface ClassBalance {
  /** Most records first, equal ones by code point. */
  readonly classes: readonly ClassCount[];
  /** The rarest class, if it is so rare that a model can hardly learn it. */
  readonly underrepresented: string | null;
}

/**
 * Counts the records of each class. The rarest is under-represented, as in cleanlab's Datalab, when its share is below a
 * tenth of what it would be if all classes were equal.
 *
 * @param threshold the part of an equal share below which a class is too rare
 */
export function classBalance(labels: readonly RecordLabel[], threshold = 0.1): ClassBalance {
  const counts = new Map<string, number>();
  for (const own of labels) for (const label of labelsOf(own)) counts.set(label, (counts.get(label) ?? 0) + 1);
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const classes = [...counts]
    .map(([label, count]) => ({ label, count, share: count / total }))
    .sort((a, b) => b.count - a.count || byCodePoint(a.label, b.label));
  const fewest = classes.at(-1)?.count;
  const rarest = classes.find(({ count }) => count === fewest);
  const isRare = rarest !== undefined && rarest.share < threshold * (1 / classes.length);
  return { classes, underrepresented: isRare ? rarest.label : null };
}
