import * as path from 'node:path';
import type { FoundCell, LogQuery } from '../../../protocol/log';
import { FileIndex, type IndexOptions } from '../../csv/fileIndex';
import { Offsets } from '../../csv/offsets';
import { parseRecord } from '../../csv/parse';
import { encodingOf } from './decode';
import { cellsOfLine } from './jsonLines';
import { detectLayout } from './layout';
import { checkReadable, headOf, separatorsOf } from './readLog';
import { readSample } from './sample';
import type { LoggedSample, LogLayout } from './types';
import { matcher, searchOf } from './view';

/** The rows of a view, in its order; a list of millions of numbers is not wanted where they are all of them. */
export interface RowNumbers {
  readonly length: number;
  at(position: number): number;
}

/** What a search looks at between two reports of its progress. */
const rowsAtOnce = 1024;

/** A log that is too large to be held as text: it is read by parts of its file, as it was when it was opened. */
export class FileLog {
  private readonly names: readonly string[];

  private constructor(
    readonly layout: LogLayout,
    private readonly file: FileIndex,
  ) {
    this.names = layout.columns.map(({ name }) => name);
  }

  /** @throws ExpectedError when there is no such file */
  static async read(file: string, options: IndexOptions): Promise<FileLog> {
    await checkReadable(file);
    const encoding = await encodingOf(file);
    const layout = detectLayout(path.basename(file), await headOf(file, encoding));
    const index = await FileIndex.read(file, separatorsOf(layout), { ...options, encoding, skipEmpty: true });
    return new FileLog(layout, index);
  }

  /** Records behind the header; a header that stands there again is one as well, an empty line is not. */
  get count(): number {
    return Math.max(0, this.file.count - this.layout.headerRecords);
  }

  /** Every row, in the order of the file. */
  get all(): RowNumbers {
    return { length: this.count, at: (position) => position };
  }

  /** Samples in the order in which they are asked for; those that are not there are left out. */
  async samples(rows: readonly number[]): Promise<LoggedSample[]> {
    const texts = await this.texts(rows);
    return rows.flatMap((row, index) => {
      const text = texts[index];
      return text === undefined ? [] : readSample(this.layout, this.cellsOf(text), row);
    });
  }

  /** Records as they stand in the file, line ends included; undefined for those that are not there. */
  async texts(rows: readonly number[]): Promise<(string | undefined)[]> {
    const { headerRecords } = this.layout;
    const texts = await this.file.readThese(rows.filter((row) => row < this.count).map((row) => row + headerRecords));
    return rows.map((row) => texts.get(row + headerRecords));
  }

  /** The rows that a query shows, in the order of the file; one pass over it. */
  async matching(query: Omit<LogQuery, 'sort'>, { signal, onProgress }: IndexOptions = {}): Promise<RowNumbers> {
    const matches = matcher({ ...query, sort: null });
    if (!matches) return this.all;
    const { headerRecords } = this.layout;
    const rows = new Offsets(16);
    for await (const [record, text] of this.file.eachRecord(headerRecords, signal)) {
      if (matches(this.cellsOf(text))) rows.push(record - headerRecords);
      if (record % rowsAtOnce === 0) onProgress?.(record, this.file.count);
    }
    return rows;
  }

  /** The next cell that contains a text, as `findCell` finds it. */
  async find(
    rows: RowNumbers,
    text: string,
    from: { readonly position: number; readonly column: number },
    backwards: boolean,
    { signal, onProgress }: IndexOptions = {},
  ): Promise<FoundCell | null> {
    const search = searchOf(rows.length, text, from, backwards);
    const atOnce = Math.min(rowsAtOnce, this.file.atOnce);
    for (let first = 0; first < search.steps; first += atOnce) {
      signal?.throwIfAborted();
      const steps = Array.from({ length: Math.min(atOnce, search.steps - first) }, (_, index) => first + index);
      const numbers = steps.map((step) => rows.at(search.position(step)));
      const texts = await this.texts(numbers);
      for (const [index, step] of steps.entries()) {
        const column = search.column(step, this.cellsOf(texts[index] ?? ''));
        if (column !== undefined) return { position: search.position(step), row: numbers[index] ?? 0, column };
      }
      onProgress?.(first, search.steps);
    }
    return null;
  }

  private cellsOf(text: string): readonly string[] {
    const { format, csv } = this.layout;
    return format === 'jsonl' ? cellsOfLine(text, this.names) : parseRecord(text, csv);
  }
}
