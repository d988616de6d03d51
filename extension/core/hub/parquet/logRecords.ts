import { basename } from 'node:path';
import { distinctNames } from '../../dataset/columns';
import type { TableOptions } from '../../dataset/table';
import { isLogName, layoutOfLog } from '../../flagging/log/findLogs';
import { unguarded } from '../../flagging/log/guard';
import { readLogFile } from '../../flagging/log/readLog';
import type { ColumnRole, LoggedSample, LoggedValue, LogLayout } from '../../flagging/log/types';
import { CellType } from './cellType';
import { parseExactJson } from './exactJson';
import type { RecordBatch, RecordSource } from './recordSource';

/** Samples that are handed on at once. */
const batchSize = 1000;

const recordRoles: readonly ColumnRole[] = ['component', 'flag', 'username', 'timestamp'];

/** A flag log that was found. */
export interface FoundLog {
  /** Absolute. */
  readonly path: string;
  readonly layout: LogLayout;
}

/** A file that is a flag log by its name and its beginning; undefined for any other. */
export async function logAt(path: string): Promise<FoundLog | undefined> {
  const layout = isLogName(basename(path)) ? await layoutOfLog(path) : undefined;
  return layout && { path, layout };
}

/**
 * The samples of a flag log of any era: the values of the components without the guard against formulas, files as their
 * paths, then what the log has of flag, username and timestamp.
 */
export function logRecords({ path, layout }: FoundLog): RecordSource {
  const columns = layout.columns.filter(({ role }) => recordRoles.includes(role));
  const names = distinctNames(columns.map(({ name }) => name));
  const indices = columns.map(({ index }) => index);
  const rowOf = (sample: LoggedSample): unknown[] => {
    const values = new Map(sample.values.map((value) => [value.column.index, value]));
    return columns.map(({ role }, at) => {
      if (role === 'component') return cellOf(values.get(indices[at] ?? -1), layout);
      if (role === 'flag') return sample.option;
      return role === 'username' ? sample.username : sample.timestamp;
    });
  };
  return {
    path,
    columns: names,
    read: (options) => readBatches(path, names, rowOf, options),
    newType: () => new CellType(),
  };
}

async function* readBatches(
  path: string,
  names: readonly string[],
  rowOf: (sample: LoggedSample) => unknown[],
  { signal }: TableOptions = {},
): AsyncGenerator<RecordBatch, void, undefined> {
  const positions = new Map(names.map((name, index) => [name, index]));
  const batchOf = (rows: readonly (readonly unknown[])[]): RecordBatch => ({
    count: rows.length,
    column: (name) => rows.map((row) => row[positions.get(name) ?? -1] ?? null),
  });
  let rows: unknown[][] = [];
  for await (const sample of (await readLogFile(path)).samples) {
    rows.push(rowOf(sample));
    if (rows.length < batchSize) continue;
    signal?.throwIfAborted();
    yield batchOf(rows);
    rows = [];
  }
  if (rows.length > 0) yield batchOf(rows);
}

/** A text, the path of a file or a list of them, or what the JSON of a cell says. */
function cellOf(value: LoggedValue | undefined, layout: LogLayout): unknown {
  if (value === undefined) return null;
  if (value.media.length > 0) return Array.isArray(value.value) ? value.media : value.media[0];
  const text = layout.format === 'jsonl' ? value.raw : unguarded(value.raw, layout);
  if (value.kind !== 'json' && value.kind !== 'label') return text;
  return typeof value.value === 'object' ? (exactJson(text) ?? value.value) : text;
}

/** @returns undefined for what is no JSON, such as a list as Python shows it */
function exactJson(text: string): unknown {
  try {
    return parseExactJson(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
