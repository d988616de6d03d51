import { open, type FileHandle } from 'node:fs/promises';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { ExpectedError, notFound } from '../errors';
import { isSameVersion, versionOf, type FileVersion } from '../fileVersion';
import { readAt } from '../readAt';
import { decode, detectEncoding, type DetectedEncoding, type Encoding } from './encodings';
import { scanEnd, scanRecords, scanStart, type OnRecord } from './records';
import type { Separators } from './recordSpans';
import { toUnits, unitSize } from './units';

const sampleSize = 1 << 16;
/** Even, so that no code unit of UTF-16 is cut. */
const chunkSize = 1 << 20;
/** The start of every so many records is kept; the others are found by scanning on from there. */
const stride = 64;
/** Bytes that are read for one answer at most, well below the longest string of Node.js. */
const mostBytes = 1 << 28;
/** Records that are read at once, and the bytes that they may have on average. */
const mostAtOnce = 1024;
const usualBytes = 1 << 22;
/** Records between two wanted ones that are read rather than skipped. */
const smallGap = 32;

export interface IndexOptions {
  /** When all of the file was looked at; else it is told from the beginning. */
  readonly encoding?: Encoding;
  /** Whether lines without text are no records. */
  readonly skipEmpty?: boolean;
  readonly signal?: AbortSignal;
  /** Called now and then with the bytes that were read and those of the file. */
  readonly onProgress?: (done: number, size: number) => void;
}

/** Where the records of a file stand, for files that are too large to be held as text. */
export class FileIndex {
  private constructor(
    private readonly path: string,
    private readonly dialect: Separators,
    private readonly version: FileVersion,
    readonly encoding: Encoding,
    /** How many records there are. A line without text is one too, unless they are skipped. */
    readonly count: number,
    /** Where record 0, 64, 128, … begins, in bytes, or code units of UTF-16; at last the end of the file. */
    private readonly starts: readonly number[],
    private readonly skipEmpty: boolean,
  ) {}

  /**
   * Reads a file once, from its beginning to its end.
   *
   * @throws ExpectedError when there is no such file, or the reason of the signal when it is aborted
   */
  static async read(path: string, dialect: Separators, options: IndexOptions = {}): Promise<FileIndex> {
    const file = await openFile(path);
    try {
      const version = versionOf(await file.stat());
      const { size } = version;
      const { encoding: detected, bomLength } = await encodingOf(file, size);
      const { encoding = detected, skipEmpty = false } = options;
      const starts: number[] = [];
      let count = 0;
      const onRecord: OnRecord = (start, _end, contentEnd) => {
        if (skipEmpty && start === contentEnd) return;
        if (count++ % stride === 0) starts.push(start);
      };
      const first = bomLength / unitSize(encoding);
      let state = startAt(first);
      for await (const units of unitsOf(file, encoding, first, size)) {
        options.signal?.throwIfAborted();
        state = scanRecords(units, state, dialect, onRecord);
        options.onProgress?.(state.offset * unitSize(encoding), size);
      }
      const { offset } = scanEnd(state, onRecord);
      return new FileIndex(path, dialect, version, encoding, count, [...starts, offset], skipEmpty);
    } finally {
      await file.close();
    }
  }

  /**
   * The texts of records as they stand in the file, line ends included; fewer where the file ends.
   *
   * @param from the first one, from 0
   * @throws ExpectedError when the file is gone or no longer the one that was read, or when they are too long
   */
  async readRecords(from: number, count: number): Promise<string[]> {
    const file = await openFile(this.path);
    try {
      if (!isSameVersion(versionOf(await file.stat()), this.version)) {
        throw new ExpectedError('The file changed since it was read.', 'Open it again.');
      }
      const ranges = await this.rangesOf(file, from, Math.min(count, this.count - from));
      const first = ranges[0]?.[0] ?? 0;
      const last = ranges.at(-1)?.[1] ?? first;
      const unit = unitSize(this.encoding);
      if ((last - first) * unit > mostBytes) {
        throw new ExpectedError(`Rows ${from + 1} to ${from + ranges.length} are too long to be shown.`);
      }
      const bytes = await readAt(file, first * unit, last * unit);
      return ranges.map(([start, end]) =>
        decode(bytes.subarray((start - first) * unit, (end - first) * unit), this.encoding),
      );
    } finally {
      await file.close();
    }
  }

  /** The texts of records wherever they stand, by their numbers; those that are near each other are read together. */
  async readThese(records: Iterable<number>): Promise<ReadonlyMap<number, string>> {
    const texts = new Map<number, string>();
    const sorted = [...new Set(records)].sort((a, b) => a - b);
    for (const [first, last] of runsOf(sorted, this.atOnce)) {
      const run = await this.readRecords(first, last - first + 1);
      for (const [offset, text] of run.entries()) texts.set(first + offset, text);
    }
    return texts;
  }

  /** Every record from one on with its number; lets others work in between. */
  async *eachRecord(from: number, signal?: AbortSignal): AsyncGenerator<readonly [record: number, text: string]> {
    for (let first = from; first < this.count; first += this.atOnce) {
      signal?.throwIfAborted();
      for (const [offset, text] of (await this.readRecords(first, this.atOnce)).entries()) yield [first + offset, text];
      await nextTurn();
    }
  }

  /** How many records are read at once: fewer where they are long. */
  get atOnce(): number {
    const average = Math.max(1, this.version.size / Math.max(1, this.count));
    return Math.max(1, Math.min(mostAtOnce, Math.floor(usualBytes / average)));
  }

  /** Where a record begins. Bytes. */
  async startOf(record: number): Promise<number> {
    const file = await openFile(this.path);
    try {
      const [[start] = [0]] = await this.rangesOf(file, record, 1);
      return start * unitSize(this.encoding);
    } finally {
      await file.close();
    }
  }

  /** Where these records stand, in units. */
  private async rangesOf(file: FileHandle, from: number, count: number): Promise<(readonly [number, number])[]> {
    const ranges: (readonly [number, number])[] = [];
    if (count <= 0) return ranges;
    const start = this.starts[Math.floor(from / stride)] ?? 0;
    const end = this.starts[Math.ceil((from + count) / stride)] ?? start;
    let skip = from % stride;
    const onRecord: OnRecord = (first, behind, contentEnd) => {
      if (this.skipEmpty && first === contentEnd) return;
      if (skip-- <= 0 && ranges.length < count) ranges.push([first, behind]);
    };
    let state = startAt(start);
    for await (const units of unitsOf(file, this.encoding, start, end * unitSize(this.encoding))) {
      state = scanRecords(units, state, this.dialect, onRecord);
      if (ranges.length === count) break;
    }
    scanEnd(state, onRecord);
    return ranges;
  }
}

/** The first and last of ascending numbers that are near each other; no run is longer than `longest`. */
function* runsOf(sorted: readonly number[], longest: number): Generator<readonly [number, number]> {
  let first = sorted[0];
  let last = first;
  for (const number of sorted) {
    if (first === undefined || last === undefined) return;
    if (number - last > smallGap || number - first >= longest) {
      yield [first, last];
      first = number;
    }
    last = number;
  }
  if (first !== undefined && last !== undefined) yield [first, last];
}

function openFile(path: string): Promise<FileHandle> {
  return open(path, 'r').catch(notFound(`There is no file ${path} any more.`));
}

function startAt(offset: number): typeof scanStart {
  return { ...scanStart, offset, recordStart: offset };
}

/** The file from a unit on, up to a byte, in pieces. */
async function* unitsOf(
  file: FileHandle,
  encoding: Encoding,
  start: number,
  endByte: number,
): AsyncGenerator<Uint8Array | Uint16Array> {
  const unit = unitSize(encoding);
  for (let at = start * unit; at + unit <= endByte; at += chunkSize) {
    yield toUnits(await readAt(file, at, Math.min(at + chunkSize, endByte)), encoding);
  }
}

async function encodingOf(file: FileHandle, size: number): Promise<DetectedEncoding> {
  return detectEncoding(await readAt(file, 0, Math.min(sampleSize, size)), size <= sampleSize);
}
