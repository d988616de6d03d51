import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { excel, type CsvDialect } from '../../csv/dialect';
import type { Encoding } from '../../csv/encodings';
import { parseRecord, readRecord } from '../../csv/parse';
import { scanEnd, scanRecords, scanStart } from '../../csv/records';
import { errorCode, ExpectedError } from '../../errors';
import { encodingOf, utf8Of } from './decode';
import { cellsOfLine } from './jsonLines';
import { detectLayout, isHeaderRecord } from './layout';
import { readSample } from './sample';
import type { LoggedSample, LogLayout } from './types';

/** A log that is read as a stream, whatever its size. */
export interface OpenLog {
  readonly layout: LogLayout;
  readonly encoding: Encoding;
  /** Can be gone through once. */
  readonly samples: AsyncIterable<LoggedSample>;
  /** Records, from 0, that are a header again: complete once the samples were gone through. */
  readonly headerRows: readonly number[];
}

/** A sample with its record as it stands in the log. */
export interface SampleRecord {
  readonly sample: LoggedSample;
  /** Line end included. */
  readonly text: string;
}

/**
 * Opens a log of any era; a file that is none is read as a table.
 *
 * @throws ExpectedError when there is no such file or it cannot be read
 */
export async function readLogFile(path: string): Promise<OpenLog> {
  const { records, ...log } = await openLog(path);
  return { ...log, samples: samplesOf(records) };
}

/** The same with the text of each sample's record. */
export async function openLog(
  path: string,
): Promise<Omit<OpenLog, 'samples'> & { readonly records: AsyncIterable<SampleRecord> }> {
  await checkReadable(path);
  const encoding = await encodingOf(path);
  const layout = detectLayout(basename(path), await headOf(path, encoding));
  const headerRows: number[] = [];
  return { layout, encoding, headerRows, records: recordsOf(path, encoding, layout, headerRows) };
}

/** The samples of a log that is all there as text. */
export function readLogText(
  fileName: string,
  text: string,
): { readonly layout: LogLayout; readonly samples: readonly LoggedSample[]; readonly headerRows: readonly number[] } {
  const content = text.replace(/^\ufeff/, '');
  const layout = detectLayout(fileName, content);
  const separators = separatorsOf(layout);
  const samples: LoggedSample[] = [];
  const headerRows: number[] = [];
  const collect = collector(layout, headerRows, ({ sample }) => samples.push(sample));
  for (let at = 0; at < content.length;) {
    const { end } = readRecord(content, at, separators);
    collect(content.slice(at, end));
    at = end;
  }
  return { layout, samples, headerRows };
}

async function* samplesOf(records: AsyncIterable<SampleRecord>): AsyncGenerator<LoggedSample> {
  for await (const { sample } of records) yield sample;
}

/** The samples of a log of which this much is known already. */
export async function* recordsOf(
  path: string,
  encoding: Encoding,
  layout: LogLayout,
  headerRows: number[] = [],
): AsyncGenerator<SampleRecord> {
  const found: SampleRecord[] = [];
  const collect = collector(layout, headerRows, (record) => found.push(record));
  for await (const texts of recordTexts(path, encoding, separatorsOf(layout))) {
    for (const text of texts) collect(text);
    for (const record of found.splice(0)) yield record;
  }
}

/** Takes the records of a log in turn, and gives on those that are samples. */
function collector(
  layout: LogLayout,
  headerRows: number[],
  take: (record: SampleRecord) => void,
): (text: string) => void {
  const names = layout.columns.map(({ name }) => name);
  let record = 0;
  let row = 0;
  return (text) => {
    const index = record++;
    const cells = layout.format === 'jsonl' ? cellsOfLine(text, names) : parseRecord(text, layout.csv);
    if (cells.length === 0 || index < layout.headerRecords) return;
    if (isHeaderRecord(layout, cells)) headerRows.push(index);
    else take(new LazyRecord(layout, cells, row++, text));
  };
}

/** Many a reader looks at few of the samples that it goes through. */
class LazyRecord implements SampleRecord {
  private known: LoggedSample | undefined;

  constructor(
    private readonly layout: LogLayout,
    private readonly cells: readonly string[],
    private readonly row: number,
    readonly text: string,
  ) {}

  get sample(): LoggedSample {
    this.known ??= readSample(this.layout, this.cells, this.row);
    return this.known;
  }
}

type Separators = Pick<CsvDialect, 'delimiter' | 'quote'>;

/** A line of JSON ends at its line end, whatever is in it: no character is the empty text. */
export function separatorsOf({ format, csv }: LogLayout): Separators {
  return format === 'jsonl' ? { delimiter: '', quote: '' } : csv;
}

/** The texts of records, as many as are there at once, found in one pass: a cell of many megabytes is looked at once. */
async function* recordTexts(path: string, encoding: Encoding, separators: Separators): AsyncGenerator<string[]> {
  let state = scanStart;
  let pending: Buffer[] = [];
  let pendingFrom = 0;
  const cut = (ends: readonly number[]): string[] => {
    const bytes = pending.length === 1 && pending[0] ? pending[0] : Buffer.concat(pending);
    const texts: string[] = [];
    let from = pendingFrom;
    for (const end of ends) {
      texts.push(bytes.toString('utf8', from - pendingFrom, end - pendingFrom));
      from = end;
    }
    pending = [bytes.subarray(from - pendingFrom)];
    pendingFrom = from;
    return texts;
  };
  for await (const bytes of utf8Of(path, encoding)) {
    const ends: number[] = [];
    pending.push(bytes);
    state = scanRecords(bytes, state, separators, (_, end) => ends.push(end));
    if (ends.length > 0) yield cut(ends);
  }
  const ends: number[] = [];
  scanEnd(state, (_, end) => ends.push(end));
  yield cut(ends);
}

/** Bytes that are read at first to know a log; more for a header that is longer. */
const usualHead = 1 << 18;
const longestHead = 1 << 25;

/** The beginning of a log, enough to tell its layout. */
export async function headOf(path: string, encoding: Encoding): Promise<string> {
  const pieces: Buffer[] = [];
  let size = 0;
  let wanted = usualHead;
  for await (const bytes of utf8Of(path, encoding)) {
    pieces.push(bytes);
    size += bytes.length;
    if (size < wanted) continue;
    const head = Buffer.concat(pieces).toString('utf8');
    if (size >= longestHead || readRecord(head, 0, excel).end < head.length / 2) return head;
    wanted *= 2;
  }
  return Buffer.concat(pieces).toString('utf8');
}

/** @throws ExpectedError when there is no such file, or it is not a plain one */
export async function checkReadable(path: string): Promise<void> {
  try {
    if ((await stat(path)).isFile()) return;
  } catch (error) {
    const code = errorCode(error);
    if (code === undefined) throw error;
    throw new ExpectedError(
      code === 'ENOENT' ? `There is no file ${path}.` : `${path} cannot be read (${code}).`,
      'Check the path.',
      '',
      { cause: error },
    );
  }
  throw new ExpectedError(`${path} is not a plain file.`, 'Name the log itself.');
}
