import { basename } from 'node:path';
import { ExpectedError } from '../errors';
import { listed } from './predProbs/orderClasses';
import type { Table } from './table';

/** Names as columns of a table: a second one of the same name is `name (2)`. */
export function distinctNames(names: readonly string[]): string[] {
  const taken = new Set(names);
  const seen = new Set<string>();
  return names.map((name) => {
    let distinct = name;
    for (let number = 2; seen.has(distinct); number++) {
      const candidate = `${name} (${number})`;
      if (!taken.has(candidate)) distinct = candidate;
    }
    taken.add(distinct);
    seen.add(distinct);
    return distinct;
  });
}

/**
 * Where columns stand in the records of a table, from 0.
 *
 * @throws ExpectedError when it has no such column
 */
export function columnPositions(table: Pick<Table, 'path' | 'columns'>, names: readonly string[]): number[] {
  return names.map((name) => {
    const position = table.columns.indexOf(name);
    if (position >= 0) return position;
    throw new ExpectedError(
      `${basename(table.path)} has no column "${name}".`,
      `Its columns are ${listed(table.columns)}.`,
    );
  });
}
