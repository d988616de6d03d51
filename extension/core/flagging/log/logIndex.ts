import { createHash } from 'node:crypto';
import { FileIndex } from '../../csv/fileIndex';
import { parseRecord } from '../../csv/parse';
import { encodingOf } from './decode';
import { cellsOfLine } from './jsonLines';
import { isHeaderRecord } from './layout';
import { separatorsOf } from './readLog';
import { readSample } from './sample';
import type { LogColumn, LoggedSample, LogLayout } from './types';

/** What is kept of each sample; the rest is read again when it is shown. */
export interface IndexedRow {
  /** Position among the records of the file, the header counted. */
  readonly record: number;
  readonly option: string | null;
  readonly timestamp: string | null;
  /** SHA-256 of the record's text, line end included; hexadecimal. */
  readonly hash: string;
}

/** A sample and the text of its record. */
export interface ReadRow {
  readonly sample: LoggedSample;
  readonly text: string;
}

/** The samples of a log by option and time, without their cells. It belongs to the file as it was when it was read. */
export class LogIndex {
  private constructor(
    readonly layout: LogLayout,
    readonly rows: readonly IndexedRow[],
    private readonly file: FileIndex,
  ) {}

  static async read(path: string, layout: LogLayout, signal?: AbortSignal): Promise<LogIndex> {
    const encoding = await encodingOf(path);
    const file = await FileIndex.read(path, separatorsOf(layout), { encoding, ...(signal ? { signal } : {}) });
    const rows: IndexedRow[] = [];
    const index = new LogIndex(layout, rows, file);
    const options = new Map<string, string>();
    const plain = withoutComponents(layout);
    for await (const [record, text] of file.eachRecord(layout.headerRecords, signal)) {
      const cells = index.cellsOf(text);
      if (cells.length === 0 || isHeaderRecord(layout, cells)) continue;
      const { option, timestamp } = readSample(cells.length === plain.columns.length ? plain : layout, cells, 0);
      if (option !== null && !options.has(option)) options.set(option, copyOf(option));
      rows.push({
        record,
        option: option === null ? null : (options.get(option) ?? option),
        timestamp: timestamp === null ? null : copyOf(timestamp),
        hash: createHash('sha256').update(text).digest('hex'),
      });
    }
    return index;
  }

  /**
   * Samples with all of their cells, in the order in which they are asked for.
   *
   * @param rows positions among the samples
   * @throws ExpectedError when the file changed since it was read
   */
  async read(rows: readonly number[]): Promise<ReadRow[]> {
    const texts = await this.file.readThese(rows.flatMap((row) => this.rows[row]?.record ?? []));
    return rows.flatMap((row) => {
      const text = texts.get(this.rows[row]?.record ?? -1);
      return text === undefined ? [] : { sample: readSample(this.layout, this.cellsOf(text), row), text };
    });
  }

  /** The rows in which a text occurs, whatever the case. */
  async search(text: string, signal?: AbortSignal): Promise<ReadonlySet<number>> {
    const needle = text.toLowerCase();
    const rowOf = new Map(this.rows.map(({ record }, row) => [record, row]));
    const found = new Set<number>();
    for await (const [record, line] of this.file.eachRecord(this.layout.headerRecords, signal)) {
      const row = rowOf.get(record);
      if (row === undefined) continue;
      if (this.cellsOf(line).some((cell) => cell.toLowerCase().includes(needle))) found.add(row);
    }
    return found;
  }

  private cellsOf(text: string): readonly string[] {
    const names = this.layout.columns.map(({ name }) => name);
    return this.layout.format === 'jsonl' ? cellsOfLine(text, names) : parseRecord(text, this.layout.csv);
  }
}

/** The layout with no components, whose values need not be understood to know option and time. */
function withoutComponents(layout: LogLayout): LogLayout {
  return { ...layout, columns: layout.columns.map((column) => ({ ...column, role: plainRole(column) })) };
}

function plainRole({ role }: LogColumn): LogColumn['role'] {
  return role === 'component' ? 'extra' : role;
}

/** A part of a string keeps all of it in memory. */
function copyOf(text: string): string {
  return Buffer.from(text).toString();
}
