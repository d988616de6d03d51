import { scanEnd, scanRecords, scanStart, type OnRecord, type ScanState } from '../../csv/records';
import { toUnits, unitSize } from '../../csv/units';
import type { ByteEdit, BytePatch, Fill } from './types';
import { unitBytes } from './unitText';

/**
 * Bytes at the end of what was read that wait for what follows: whether a CR is followed by an LF decides where a record
 * ends, and a delimiter may stand before that. Even, so that no code unit of UTF-16 is cut.
 */
const held = 8;

const nothing = Buffer.alloc(0);

/** Told of each edit: its place in the new file, and the bytes that it replaced. Not told of fills. */
export type OnEdit = (offset: number, length: number, replaced: Buffer) => void;

export interface PatcherOptions {
  /** Whether the delimiters of the fill are there, and are taken out. */
  readonly undoes?: boolean;
  readonly onEdit?: OnEdit;
}

/** Carries out a patch on bytes that come in pieces, in order. Holds little more than a piece. */
export class Patcher {
  private readonly fills: FillEdits | undefined;
  private readonly onEdit: OnEdit;
  private edit = 0;
  /** What was read and not handed on yet, and where it begins in the old file. */
  private rest: Buffer = nothing;
  private at = 0;
  /** Where the edit ends in the old file that is being carried out. */
  private skipUntil = 0;
  private out: Buffer[] = [];
  private written = 0;

  constructor(
    private readonly patch: BytePatch,
    { undoes = false, onEdit = () => undefined }: PatcherOptions = {},
  ) {
    this.fills = patch.fill ? new FillEdits(patch.fill, undoes) : undefined;
    this.onEdit = onEdit;
  }

  /**
   * @param piece an even number of bytes, unless it is the last one
   * @returns what can be written
   */
  push(piece: Buffer): readonly Buffer[] {
    this.fills?.read(piece);
    this.rest = this.rest.length > 0 ? Buffer.concat([this.rest, piece]) : piece;
    return this.advance(this.at + this.rest.length - held);
  }

  /** @returns the last that can be written */
  end(): readonly Buffer[] {
    this.fills?.end();
    return this.advance(Infinity);
  }

  /** Carries out all edits that begin before a place in the old file, and hands on what stands before it. */
  private advance(limit: number): readonly Buffer[] {
    this.out = [];
    if (this.skipUntil > this.at) this.onEdit(this.written, 0, this.skip());
    for (let edit = this.takeEdit(limit); edit; edit = this.takeEdit(limit)) {
      this.copy(edit.offset);
      this.skipUntil = edit.offset + edit.length;
      const replaced = this.skip();
      if (!edit.isFill) this.onEdit(this.written, edit.bytes.length, replaced);
      this.write(edit.bytes);
    }
    this.copy(Math.min(limit, this.at + this.rest.length));
    return this.out;
  }

  private copy(until: number): void {
    const length = Math.max(0, until - this.at);
    this.write(this.rest.subarray(0, length));
    this.drop(length);
  }

  /** @returns what of the edit was there to be replaced */
  private skip(): Buffer {
    const skipped = this.rest.subarray(0, this.skipUntil - this.at);
    this.drop(skipped.length);
    return skipped;
  }

  private drop(length: number): void {
    this.rest = this.rest.subarray(length);
    this.at += length;
  }

  private write(bytes: Buffer): void {
    if (bytes.length === 0) return;
    this.out.push(bytes);
    this.written += bytes.length;
  }

  /** The next edit, when it begins before `limit`. Where both begin, the cell comes before the delimiter behind it. */
  private takeEdit(limit: number): (ByteEdit & { readonly isFill: boolean }) | undefined {
    const own = this.patch.edits[this.edit];
    const fill = this.fills?.next;
    const isFill = fill !== undefined && (own === undefined || fill.offset < own.offset);
    const edit = isFill ? fill : own;
    if (!edit || edit.offset >= limit) return undefined;
    if (isFill) this.fills?.take();
    else this.edit++;
    return { ...edit, isFill };
  }
}

/** Finds the edits of a fill while the file is read. */
export class FillEdits {
  private readonly delimiter: Buffer;
  private found: ByteEdit[] = [];
  private taken = 0;
  private state: ScanState = scanStart;
  private record = 0;
  private range = 0;
  /** Bytes of the byte order mark that are still to come. */
  private mark: number;

  constructor(
    private readonly fill: Fill,
    private readonly undoes: boolean,
  ) {
    this.delimiter = unitBytes(fill.separators.delimiter, fill.encoding);
    this.mark = fill.bomLength;
  }

  /** Those that were found and not taken. */
  get pending(): readonly ByteEdit[] {
    return this.found.slice(this.taken);
  }

  get next(): ByteEdit | undefined {
    return this.found[this.taken];
  }

  take(): void {
    this.taken++;
  }

  read(piece: Buffer): void {
    this.found = this.found.slice(this.taken);
    this.taken = 0;
    const { encoding, separators } = this.fill;
    const mark = Math.min(this.mark, piece.length);
    this.mark -= mark;
    this.state = scanRecords(toUnits(piece.subarray(mark), encoding), this.state, separators, this.onRecord);
  }

  end(): void {
    this.state = scanEnd(this.state, this.onRecord);
  }

  private readonly onRecord: OnRecord = (_start, _end, contentEnd) => {
    const record = this.record++;
    const { records, bomLength, encoding } = this.fill;
    const [first = Infinity, count = 0] = records[this.range] ?? [];
    if (record < first) return;
    if (record === first + count - 1) this.range++;
    const end = bomLength + contentEnd * unitSize(encoding);
    const { length } = this.delimiter;
    this.found.push(
      this.undoes
        ? { offset: end - length, length, bytes: nothing }
        : { offset: end, length: 0, bytes: this.delimiter },
    );
  };
}
