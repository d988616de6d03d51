import { stat } from 'node:fs/promises';
import type { Cell } from '../../csv/dialect';
import { ExpectedError } from '../../errors';
import { isSameVersion, versionOf } from '../../fileVersion';
import { isRecord } from '../../json';
import { componentCell } from '../format/cells';
import { columnLabel } from '../format/columns';
import { componentDirectory } from '../format/directory';
import type { LogDialect } from '../format/era';
import { parsePythonJson } from '../format/pythonJson';
import { extraCells } from '../format/row';
import { unguarded } from '../log/guard';
import { recordsOf } from '../log/readLog';
import type { LoggedSample, LoggedValue, LogLayout } from '../log/types';
import type { UnitedColumns } from './columns';
import { inOrderOfTime } from './order';
import type { MergedRow, MergeSource, MergeSources } from './types';

/**
 * The rows of the new log in their order, read anew from the logs.
 *
 * @throws ExpectedError when a log is no longer as it was when it was looked at
 */
export function mergedRows({ logs, columns }: MergeSources, dialect: LogDialect): AsyncIterable<MergedRow> {
  const rows = logs.map((source) => rowsOf(source, columns, dialect));
  return inOrderOfTime(rows, ({ sample }) => sample.timestamp);
}

async function* rowsOf(source: MergeSource, columns: UnitedColumns, dialect: LogDialect): AsyncGenerator<MergedRow> {
  const { log, encoding, layout } = source;
  await checkUnchanged(source);
  for await (const { sample } of recordsOf(log, encoding, layout)) yield mergedRow(source, sample, columns, dialect);
  await checkUnchanged(source);
}

async function checkUnchanged({ log, version }: MergeSource): Promise<void> {
  const now = await stat(log).catch(() => undefined);
  if (now && isSameVersion(versionOf(now), version)) return;
  throw new ExpectedError(`${log} changed while it was merged.`, 'Merge again; nothing was left behind.');
}

/** A sample as a row of the new log. */
function mergedRow(source: MergeSource, sample: LoggedSample, columns: UnitedColumns, dialect: LogDialect): MergedRow {
  const values = columns.of(sample.values);
  const attachments = values.flatMap((value, index) => {
    const label = columnLabel(columns.components[index] ?? { kind: 'textbox' }, index);
    const directory = componentDirectory(label, index, dialect.media.directory);
    return (value?.media ?? []).flatMap((path) => {
      const file = source.files.get(path);
      return file ? [{ path, directory, file }] : [];
    });
  });
  const tail = extraCells(
    {
      data: [],
      option: columns.has('flag') ? (sample.option ?? '') : null,
      username: columns.has('username') ? (sample.username ?? '') : null,
      timestamp: sample.timestamp ?? '',
    },
    dialect,
    columns.has('flag'),
  );
  const cells = (names: readonly string[]): Cell[] => {
    let next = 0;
    const nameOf = (path: string): string => (source.files.has(path) ? (names[next++] ?? path) : path);
    return [...values.map((value) => (value ? cellOf(value, source.layout, dialect, nameOf) : '')), ...tail];
  };
  const { log, firstId } = source;
  return { id: firstId + sample.row, source, sample, log, row: sample.row, attachments, cells };
}

/** A typed value as the new log's dialect writes it. */
function cellOf(logged: LoggedValue, layout: LogLayout, dialect: LogDialect, nameOf: (path: string) => string): Cell {
  const { value, media, kind, raw } = logged;
  const text = layout.format === 'jsonl' ? raw : unguarded(raw, layout);
  const write = (as: 'textbox' | 'checkbox' | 'json' | 'label', payload: unknown): Cell =>
    componentCell(as, payload, dialect).cell([]);
  if (media.length > 0) {
    const names = media.map((path) => [path, nameOf(path)] as const);
    const renamed = withNames(value, names);
    return write(typeof renamed === 'string' ? 'textbox' : 'json', renamed);
  }
  switch (kind) {
    case 'number':
      return typeof value === 'number' ? { bare: text } : write('textbox', text);
    case 'boolean':
      return write('checkbox', value);
    case 'json':
      return write('json', parsePythonJson(text) ?? value);
    case 'label':
      return isRecord(value) ? write('label', labelOf(value)) : write('textbox', text);
    case 'text':
    case 'image':
    case 'audio':
    case 'video':
    case 'file':
      return write('textbox', value === null ? null : text);
  }
}

/** Each path, in reading order, by its new name. */
function withNames(value: unknown, names: readonly (readonly [string, string])[]): unknown {
  let next = 0;
  const visit = (part: unknown): unknown => {
    const [path, name] = names[next] ?? [];
    if (typeof part === 'string') {
      if (part !== path) return part;
      next++;
      return name;
    }
    if (Array.isArray(part)) return part.map(visit);
    if (isRecord(part)) return Object.fromEntries(Object.entries(part).map(([key, item]) => [key, visit(item)]));
    return part;
  };
  return visit(value);
}

/** Up to Gradio 3.1 a label was logged as an object from name to confidence. */
function labelOf(value: Readonly<Record<string, unknown>>): unknown {
  if ('label' in value) return { confidences: null, ...value };
  const confidences = Object.entries(value)
    .map(([label, confidence]) => ({ label, confidence }))
    .sort((a, b) => Number(b.confidence) - Number(a.confidence));
  return { label: confidences[0]?.label ?? '', confidences };
}
