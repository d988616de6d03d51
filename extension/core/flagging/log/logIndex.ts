import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { FileIndex } from '../../csv/fileIndex';
import { parseRecord } from '../../csv/parse';
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

/** Records that are read at once, and the bytes that they may have on average. */
const chunkRecords = 1024;
const chunkBytes = 1 << 22;
/** Records between two wanted ones that are read rather than skipped. */
const smallGap = 32;

/** The samples of a log by option and time, without their cells. It belongs to the file as it was when it was read. */
export class LogIndex {
  private constructor(
    readonly layout: LogLayout,
    readonly rows: readonly IndexedRow[],
    private readonly file: FileIndex,
    private readonly perChunk: number,
  ) {}

  static async read(path: string, layout: LogLayout, signal?: AbortSignal): Promise<LogIndex> {
    const file = await FileIndex.read(path, separatorsOf(layout), signal ? { signal } : {});
    const average = (await stat(path)).size / Math.max(file.count, 1);
    const perChunk = Math.max(1, Math.min(chunkRecords, Math.floor(chunkBytes / Math.max(average, 1))));
    const rows: IndexedRow[] = [];
    const index = new LogIndex(layout, rows, file, perChunk);
    const options = new Map<string, string>();
    const plain = withoutComponents(layout);
    for await (const [record, text] of index.records(signal)) {
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
    const found = new Map<number, ReadRow>();
    const sorted = [...new Set(rows)].sort((a, b) => a - b);
    for (let at = 0; at < sorted.length;) {
      const first = this.recordOf(sorted[at]);
      let end = at + 1;
      while (end < sorted.length && this.isNear(sorted[end - 1], sorted[end], first)) end++;
      const texts = await this.file.readRecords(first, this.recordOf(sorted[end - 1]) - first + 1);
      for (const row of sorted.slice(at, end)) {
        const text = texts[this.recordOf(row) - first] ?? '';
        found.set(row, { sample: readSample(this.layout, this.cellsOf(text), row), text });
      }
      at = end;
    }
    return rows.flatMap((row) => found.get(row) ?? []);
  }

  /** The rows in which a text occurs, whatever the case. */
  async search(text: string, signal?: AbortSignal): Promise<ReadonlySet<number>> {
    const needle = text.toLowerCase();
    const rowOf = new Map(this.rows.map(({ record }, row) => [record, row]));
    const found = new Set<number>();
    for await (const [record, line] of this.records(signal)) {
      const row = rowOf.get(record);
      if (row === undefined) continue;
      if (this.cellsOf(line).some((cell) => cell.toLowerCase().includes(needle))) found.add(row);
    }
    return found;
  }

  /** The records behind the header; lets others work in between. */
  private async *records(signal?: AbortSignal): AsyncGenerator<readonly [record: number, text: string]> {
    for (let from = this.layout.headerRecords; from < this.file.count; from += this.perChunk) {
      signal?.throwIfAborted();
      for (const [offset, text] of (await this.file.readRecords(from, this.perChunk)).entries()) {
        yield [from + offset, text];
      }
      await nextTurn();
    }
  }

  private cellsOf(text: string): readonly string[] {
    const names = this.layout.columns.map(({ name }) => name);
    return this.layout.format === 'jsonl' ? cellsOfLine(text, names) : parseRecord(text, this.layout.csv);
  }

  private recordOf(row = 0): number {
    return this.rows[row]?.record ?? 0;
  }

  private isNear(before: number | undefined, row: number | undefined, first: number): boolean {
    const record = this.recordOf(row);
    return record - this.recordOf(before) <= smallGap && record - first < this.perChunk;
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
