import type { Cell } from '../../csv/dialect';
import { isRecord } from '../../json';
import { componentCell } from '../format/cells';
import { columnLabel } from '../format/columns';
import { componentDirectory } from '../format/directory';
import type { LogDialect } from '../format/era';
import { parsePythonJson } from '../format/pythonJson';
import { extraCells } from '../format/row';
import { unguarded } from '../log/guard';
import type { LoggedValue, LogLayout } from '../log/types';
import type { UnitedColumns } from './columns';
import type { MergedRow, MergeSample, MergeSource } from './types';

/** A sample as a row of the new log. */
export function mergedRow(
  source: MergeSource,
  merged: MergeSample,
  columns: UnitedColumns,
  dialect: LogDialect,
): MergedRow {
  const { sample } = merged;
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
      option: columns.hasOption ? (sample.option ?? '') : null,
      username: columns.hasUsername ? (sample.username ?? '') : null,
      timestamp: sample.timestamp ?? '',
    },
    dialect,
    columns.hasOption,
  );
  const cells = (names: readonly string[]): Cell[] => {
    let next = 0;
    const nameOf = (path: string): string => (source.files.has(path) ? (names[next++] ?? path) : path);
    return [...values.map((value) => (value ? cellOf(value, source.layout, dialect, nameOf) : '')), ...tail];
  };
  return { ...merged, source, log: source.log, row: sample.row, attachments, cells };
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
