import { dirname, resolve } from 'node:path';
import { encodeRecord, excel, type Cell } from '../csv/dialect';
import { sanitise } from '../flagging/format/sanitise';
import { unguarded } from '../flagging/log/guard';
import { resolveMedia } from '../flagging/log/mediaPath';
import { readLogFile, type OpenLog } from '../flagging/log/readLog';
import type { ColumnRole, LoggedSample, LoggedValue, LogLayout } from '../flagging/log/types';
import type { LogArguments } from './logArguments';
import type { Terminal } from './context';
import { printable } from './printable';
import { tableLines } from './table';

/** `flag-review log`: prints the samples of a log of any era, as they are read. */
export async function logCommand(terminal: Terminal, options: LogArguments): Promise<void> {
  const path = resolve(terminal.cwd, options.log);
  const log = await readLogFile(path);
  for await (const line of linesOf(log, path, terminal, options.format)) terminal.print(line);
  const again = log.headerRows.length;
  if (again > 0) {
    const records = log.headerRows.map((record) => record + 1).join(', ');
    terminal.log.warn(`${options.log}: the header stands in it ${again + 1} times, again as record ${records}.`);
  }
}

function linesOf(
  log: OpenLog,
  path: string,
  terminal: Terminal,
  format: LogArguments['format'],
): AsyncIterable<string> {
  switch (format) {
    case 'jsonl':
      return jsonLines(log, path, [terminal.cwd, dirname(path)]);
    case 'csv':
      return csvLines(log);
    case 'table':
      return tableLines(tableRows(log));
  }
}

async function* jsonLines({ layout, samples }: OpenLog, path: string, folders: string[]): AsyncGenerator<string> {
  for await (const sample of samples) {
    const { row, cells, option, username, timestamp, problem } = sample;
    const texts = sample.values.flatMap(({ media }) => media);
    const media = await Promise.all(
      texts.map(async (text) => {
        const found = await resolveMedia(text, { log: path, folders });
        return 'file' in found ? found.file : text;
      }),
    );
    const line = {
      log: path,
      row,
      era: layout.era,
      components: componentsOf(sample.values),
      raw: cells,
      option,
      username,
      timestamp,
      media,
      ...(problem === null ? {} : { problem }),
    };
    // What `printable` writes out inside a JSON text is an escape of JSON too.
    yield printable(JSON.stringify(line, withoutSpecialFloats));
  }
}

/** Values by label; the second of one label is `label (2)`. */
function componentsOf(values: readonly LoggedValue[]): Record<string, unknown> {
  const components = new Map<string, unknown>();
  for (const { column, value } of values) {
    let name = column.name;
    for (let number = 2; components.has(name); number++) name = `${column.name} (${number})`;
    components.set(name, value);
  }
  return Object.fromEntries(components);
}

/** JSON has no NaN and no infinities: their names stand for them. */
function withoutSpecialFloats(_key: string, value: unknown): unknown {
  return typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;
}

/** A CSV of one layout for all eras. What a ragged row has beyond the columns follows at its end. */
async function* csvLines({ layout, samples }: OpenLog): AsyncGenerator<string> {
  const columns = shownColumns(layout);
  yield csvLine(['row', ...columns.map(({ name }) => sanitise(name, 'guide')), 'flag', 'username', 'timestamp']);
  for await (const sample of samples) {
    const extra = sample.values.slice(columns.length).map((value) => csvCell(value, layout));
    const known = columns.map((_, index) => csvCell(sample.values[index], layout));
    const { option, username, timestamp } = sample;
    const rest = [option, username, timestamp].map((text) => sanitise(text ?? '', 'guide'));
    yield csvLine([{ bare: String(sample.row) }, ...known, ...rest, ...extra]);
  }
}

function csvLine(cells: readonly Cell[]): string {
  return encodeRecord(cells, { ...excel, lineEnd: '\n' }).slice(0, -1);
}

function csvCell(value: LoggedValue | undefined, layout: LogLayout): Cell {
  const text = plainText(value, layout);
  return value?.kind === 'number' ? { bare: text } : sanitise(text, 'guide');
}

async function* tableRows({ layout, samples }: OpenLog): AsyncGenerator<readonly string[]> {
  const columns = shownColumns(layout);
  const has = (role: ColumnRole): boolean => layout.columns.some((column) => column.role === role);
  const ends = (['flag', 'username', 'timestamp'] as const).filter(has);
  yield ['row', ...columns.map(({ name }) => name), ...ends];
  for await (const sample of samples) {
    const values = sample.values.map((value) => plainText(value, layout));
    const known = columns.map((_, index) => values[index] ?? '');
    const rest = ends.map((role) => endOf(sample, role) ?? '');
    yield [String(sample.row), ...known, ...rest, ...values.slice(columns.length)];
  }
}

function endOf(sample: LoggedSample, role: 'flag' | 'username' | 'timestamp'): string | null {
  return role === 'flag' ? sample.option : sample[role];
}

/** A cell without its guard: its own digits, its own JSON; for a file its path. */
function plainText(logged: LoggedValue | undefined, layout: LogLayout): string {
  if (!logged) return '';
  const { value, raw, kind } = logged;
  if (typeof value === 'string') return value;
  return kind === 'boolean' ? String(value) : unguarded(raw, layout);
}

function shownColumns({ columns }: LogLayout): LogLayout['columns'] {
  return columns.filter(({ role }) => role === 'component' || role === 'extra');
}
