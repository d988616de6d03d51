import { counted } from '../../counted';
import { readCell } from './cellValue';
import { unguarded } from './guard';
import { isTimestamp, leadingTimestamp } from './timestampCell';
import type { ColumnRole, LogColumn, LoggedSample, LogLayout } from './types';

/** Which column each cell belongs to. */
interface Alignment {
  readonly columns: readonly LogColumn[];
  readonly problem: string | null;
}

/**
 * The sample in a record of a log: its typed values, and its cells as they stand there.
 *
 * @param row the sample's position among the samples of its log, from 0
 */
export function readSample(layout: LogLayout, cells: readonly string[], row: number): LoggedSample {
  const { columns, problem } = align(layout, cells);
  const cellOf = (role: ColumnRole): string | null => {
    const index = columns.findIndex((column) => column.role === role);
    return cells[index] || null;
  };
  const textOf = (role: ColumnRole): string | null => {
    const cell = cellOf(role);
    return cell === null || layout.format === 'jsonl' ? cell : unguarded(cell, layout);
  };
  const time = cellOf('timestamp');
  return {
    row,
    cells,
    values: columns.flatMap((column, index) => {
      if (column.role !== 'component' && column.role !== 'extra') return [];
      const raw = cells[index] ?? '';
      return { column, raw, ...readCell(raw, column, layout) };
    }),
    option: optionOf(textOf('flag'), layout),
    username: textOf('username'),
    timestamp: problem === null ? time : (leadingTimestamp(time ?? '') ?? time),
    problem,
  };
}

/** Which cell of a record has a role; undefined when the record has no such cell. */
export function cellIndexOf(layout: LogLayout, cells: readonly string[], role: ColumnRole): number | undefined {
  const index = align(layout, cells).columns.findIndex((column) => column.role === role);
  return index >= 0 && index < cells.length ? index : undefined;
}

/** `ClassicCSVLogger` of Gradio 6.1 and later writes the word `None` where there is no option. */
function optionOf(text: string | null, { era }: LogLayout): string | null {
  return era === 'E' && text === 'None' ? null : text;
}

function align(layout: LogLayout, cells: readonly string[]): Alignment {
  const { columns } = layout;
  if (cells.length === columns.length) return { columns, problem: null };
  if (isGlued(layout, cells)) {
    const problem = 'Two rows stand on one line: the file had no line end when the second one was added.';
    return { columns: fill(columns, cells), problem };
  }
  const problem = `The row has ${counted(cells.length, 'cell')}, but the log has ${counted(columns.length, 'column')}.`;
  return { columns: alignTail(layout, cells) ?? fill(columns, cells), problem };
}

function isGlued({ columns }: LogLayout, cells: readonly string[]): boolean {
  const last = columns.length - 1;
  return columns[last]?.role === 'timestamp' && cells.length > columns.length && !!leadingTimestamp(cells[last]);
}

/** Gradio 5 and later leave option and username out, or add them, row by row: only the time is always the last. */
function alignTail(layout: LogLayout, cells: readonly string[]): readonly LogColumn[] | undefined {
  const last = cells.length - 1;
  const hasTimestamp = layout.columns.at(-1)?.role === 'timestamp';
  if (hasTimestamp && !isTimestamp(cells[last])) return undefined;
  if (!hasTimestamp && layout.era !== 'hub') return undefined;
  const components = layout.columns.filter(({ role }) => role === 'component' || role === 'extra');
  const end = hasTimestamp ? last : cells.length;
  const tail = tailRoles(layout, Math.max(end - components.length, 0));
  const own = fill(components, cells.slice(0, end - tail.length));
  const roles: readonly ColumnRole[] = [...tail, ...(hasTimestamp ? (['timestamp'] as const) : [])];
  return [
    ...own,
    ...roles.map((role, index): LogColumn => ({ index: own.length + index, name: role, role, kind: 'text' })),
  ];
}

/** Which of option and username stand behind the components, when so many cells are left there. */
function tailRoles(layout: LogLayout, left: number): readonly ColumnRole[] {
  const known = layout.columns.map(({ role }) => role).filter((role) => role === 'flag' || role === 'username');
  if (left === 0) return [];
  if (left === 1) return known.length === 1 ? known : ['flag'];
  return left === 2 || known.length > 0 ? (left === 2 ? ['flag', 'username'] : known) : [];
}

/** As many columns as cells; those beyond the known ones are only shown. */
function fill(columns: readonly LogColumn[], cells: readonly string[]): readonly LogColumn[] {
  return cells.map((_, index) => columns[index] ?? { index, name: `column ${index + 1}`, role: 'extra', kind: 'text' });
}
