import { basename } from 'node:path';
import type { DetectedEncoding } from '../csv/encodings';
import { recordEnd, type Separators } from '../csv/recordSpans';
import type { RecordFile } from '../csv/recordTexts';
import { ExpectedError } from '../errors';
import { isRecord, type Json } from '../json';
import { parseJson } from './parseJson';
import type { Table } from './table';
import { BadRecord, TextTable, type ReadCells } from './textTable';

type JsonObject = Readonly<Record<string, Json>>;

/** So many records name the columns, and so many bytes of the file are read for them at most. */
const namingRecords = 1000;
const namingBytes = 1 << 24;

/** Lines are not divided further. */
const separators: Separators = { delimiter: '', quote: '' };

/**
 * Opens JSON Lines: an object a line. The columns are the keys of the first 1,000 objects in the order in which they
 * appear; a key that comes only later has no column.
 *
 * @throws ExpectedError naming the line that is no object
 */
export async function openJsonLinesTable(path: string, detected: DetectedEncoding): Promise<Table> {
  const file: RecordFile = { path, ...detected, separators };
  const columns = await keysOf(file);
  if (columns.length === 0) {
    throw new ExpectedError(`${basename(path)} has no records with keys.`, 'Write one object per line.');
  }
  const reading = (positions: readonly number[]): ReadCells => {
    const keys = positions.map((position) => columns[position] ?? '');
    return (text, from, cells) => {
      const { object, end } = readObject(text, from);
      for (const [place, key] of keys.entries())
        cells[place] = Object.hasOwn(object, key) ? (object[key] ?? null) : null;
      return end;
    };
  };
  return new TextTable(file, { format: 'jsonl', columns, hasHeader: false, reading });
}

async function keysOf(file: RecordFile): Promise<string[]> {
  const reading = (): ReadCells => (text, from, cells) => {
    const { object, end } = readObject(text, from);
    cells[0] = object;
    return end;
  };
  const objects = new TextTable(file, { format: 'jsonl', columns: ['object'], hasHeader: false, reading });
  const keys = new Set<string>();
  let bytes = 0;
  const onProgress = (done: number): void => void (bytes = done);
  for await (const { from, count, cells } of objects.scan(['object'], { onProgress })) {
    for (const object of cells[0]?.slice(0, namingRecords - from) ?? []) {
      for (const key of Object.keys(object ?? {})) keys.add(key);
    }
    if (from + count >= namingRecords || bytes >= namingBytes) break;
  }
  return [...keys];
}

function readObject(text: string, from: number): { readonly object: JsonObject; readonly end: number } {
  const end = recordEnd(text, from, separators);
  const value = parseLine(text.slice(from, end));
  if (isJsonObject(value)) return { object: value, end };
  throw new BadRecord('is no object', 'Write one object per line, from column names to values.');
}

function parseLine(line: string): Json {
  try {
    return parseJson(line);
  } catch (cause) {
    throw new BadRecord('is no JSON', 'Every line has to be one complete object.', { cause });
  }
}

function isJsonObject(value: Json): value is JsonObject {
  return isRecord(value);
}
