import { sortedLabels, type LabelColumn } from '../../dataset/labelColumn';
import { ExpectedError } from '../../errors';
import type { LabelChange } from './types';

/**
 * A label column as decisions have it. Classes that were named stay, with those behind them that a decision brings in;
 * others are those that occur, as they would be in a file that has the labels.
 *
 * @param areNamed whether somebody has named the classes
 * @throws ExpectedError when a record is not there
 */
export function relabelled(column: LabelColumn, changes: readonly LabelChange[], areNamed: boolean): LabelColumn {
  if (changes.length === 0) return column;
  const classes = [...new Set([...column.classes, ...changes.flatMap(({ label }) => label ?? [])])];
  const indices = new Map(classes.map((name, index) => [name, index]));
  const labels = [...column.labels];
  for (const { row, label } of changes) {
    if (row >= labels.length) throw new ExpectedError(`There is no record ${row}.`, 'Read the decisions again.');
    labels[row] = label ? label.map((name) => indices.get(name) ?? 0) : null;
  }
  return areNamed ? { classes, labels } : withoutUnused(classes, labels);
}

function withoutUnused(classes: readonly string[], labels: LabelColumn['labels']): LabelColumn {
  const used = new Set(labels.flatMap((own) => own ?? []));
  const kept = sortedLabels(classes.filter((_, index) => used.has(index)));
  const moved = classes.map((name) => kept.indexOf(name));
  const known = new Map<readonly number[], readonly number[]>();
  const renumbered = labels.map((own) => {
    if (!own) return null;
    const numbers = known.get(own) ?? own.map((index) => moved[index] ?? 0);
    known.set(own, numbers);
    return numbers;
  });
  return { classes: kept, labels: renumbered };
}
