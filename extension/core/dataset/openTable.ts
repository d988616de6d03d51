import { basename, extname } from 'node:path';
import { decode, detectEncoding } from '../csv/encodings';
import { ExpectedError } from '../errors';
import { openForReading, readAt } from '../readAt';
import { openCsvTable } from './csvTable';
import { openJsonLinesTable } from './jsonLinesTable';
import { openParquetTable } from './parquetTable';
import type { Table, TableFormat, TableOptions } from './table';

const formats: Readonly<Record<string, TableFormat>> = {
  '.csv': 'csv',
  '.tsv': 'tsv',
  '.tab': 'tsv',
  '.jsonl': 'jsonl',
  '.ndjson': 'jsonl',
  '.json-lines': 'jsonl',
  '.parquet': 'parquet',
};

/** Of which the encoding is told. Bytes. */
const sampleSize = 1 << 23;
const headSize = 1 << 16;

/** The format that the name of a file tells; undefined for one that is no dataset. */
export function formatOfPath(path: string): TableFormat | undefined {
  return formats[extname(path).toLowerCase()];
}

/** Whether the name of a file is one of a dataset. */
export function isTablePath(path: string): boolean {
  return formatOfPath(path) !== undefined;
}

/**
 * Opens a dataset by the ending of its name; a Parquet file is known by its first bytes, too.
 *
 * @throws ExpectedError when there is no such file, it is empty, or it is no dataset
 */
export async function openTable(path: string, options: TableOptions = {}): Promise<Table> {
  const sample = await sampleOf(path);
  options.signal?.throwIfAborted();
  const name = basename(path);
  const isParquet = sample.subarray(0, 4).toString('latin1') === 'PAR1';
  const format = isParquet ? 'parquet' : formatOfPath(path);
  if (format === undefined) {
    throw new ExpectedError(`${name} is no dataset.`, 'Choose a .csv, .tsv, .jsonl or .parquet file.');
  }
  if (format !== 'parquet') return openText(path, format, sample);
  if (isParquet) return openParquetTable(path);
  throw new ExpectedError(`${name} is no Parquet file.`, 'Write it again, or correct the ending of its name.');
}

async function openText(path: string, format: 'csv' | 'tsv' | 'jsonl', sample: Buffer): Promise<Table> {
  const detected = detectEncoding(sample, sample.length < sampleSize);
  if (detected.bomLength === 0 && sample.subarray(0, headSize).includes(0)) {
    throw new ExpectedError(`${basename(path)} is no text file.`, 'Save it as UTF-8.');
  }
  if (format === 'jsonl') return openJsonLinesTable(path, detected);
  return openCsvTable(path, detected, decode(sample.subarray(0, headSize), detected.encoding), format);
}

/** The beginning of a file. */
async function sampleOf(path: string): Promise<Buffer> {
  const file = await openForReading(path);
  try {
    const stats = await file.stat();
    if (stats.isDirectory()) throw new ExpectedError(`${path} is a folder.`, 'Choose a file in it.');
    if (stats.size === 0) throw new ExpectedError(`${basename(path)} is empty.`, 'Choose a file with records.');
    return await readAt(file, 0, Math.min(sampleSize, stats.size));
  } finally {
    await file.close();
  }
}
