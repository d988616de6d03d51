import type { FileHandle } from 'node:fs/promises';
import type { CsvDialect } from '../csv/dialect';
import { scanEnd, scanRecords, scanStart, type ScanState } from '../csv/records';
import { readAt } from '../readAt';

const chunkSize = 1 << 20;
const tailSize = 256;

interface Known {
  readonly inode: number;
  readonly state: ScanState;
  /** The last bytes that were read, to notice a file that was rewritten in place. */
  readonly tail: Buffer;
}

/**
 * Counts the records of logs that only grow: after the first time only what was appended is read, which keeps a flag
 * into a log of 100,000 rows as quick as one into an empty log.
 */
export class RowCounter {
  private readonly known = new Map<string, Known>();

  /** The state of the scan at the end of the file as it is now. */
  async scan(path: string, file: FileHandle, csv: CsvDialect): Promise<ScanState> {
    const { ino, size } = await file.stat();
    const known = this.known.get(path);
    let state = known?.inode === ino && (await endsAlike(file, known, size)) ? known.state : scanStart;
    const buffer = Buffer.allocUnsafe(Math.min(chunkSize, Math.max(size - state.offset, 1)));
    while (state.offset < size) {
      const { bytesRead } = await file.read(buffer, 0, buffer.length, state.offset);
      if (bytesRead === 0) break;
      state = scanRecords(buffer.subarray(0, bytesRead), state, csv);
    }
    this.known.set(path, { inode: ino, state, tail: await readAt(file, tailStart(state.offset), state.offset) });
    return state;
  }

  /** Records of the whole file, its header included. */
  async count(path: string, file: FileHandle, csv: CsvDialect): Promise<number> {
    return scanEnd(await this.scan(path, file, csv)).records;
  }
}

async function endsAlike(file: FileHandle, { state, tail }: Known, size: number): Promise<boolean> {
  if (size < state.offset) return false;
  return tail.equals(await readAt(file, tailStart(state.offset), state.offset));
}

function tailStart(end: number): number {
  return Math.max(0, end - tailSize);
}
