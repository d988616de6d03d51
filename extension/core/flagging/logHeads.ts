import { lstat, open } from 'node:fs/promises';
import { basename } from 'node:path';
import { readAt } from '../readAt';
import { detectLog, type DetectedLog } from './format/detect';

/** So much of a log decides on its era. Bytes. */
const headSize = 1 << 16;

/** How a log begins. */
export interface LogHead {
  readonly path: string;
  readonly text: string;
  readonly detected: DetectedLog | undefined;
}

/** Reads how logs begin; what was found out about a beginning is kept until it changes. */
export class LogHeads {
  private readonly known = new Map<string, { readonly bytes: Buffer; readonly head: LogHead }>();

  /**
   * @param atLeast bytes that are needed, when a header may be longer than usual
   * @returns undefined for a folder or a link, which could lead out of the flagging directory: not a log of ours
   */
  async read(path: string, atLeast = 0): Promise<LogHead | undefined> {
    if (!(await lstat(path)).isFile()) return undefined;
    const bytes = await beginning(path, Math.max(headSize, atLeast));
    const known = this.known.get(path);
    if (known?.bytes.equals(bytes)) return known.head;
    const text = bytes.toString('utf8');
    const head = { path, text, detected: detectLog(basename(path), text) };
    this.known.set(path, { bytes, head });
    return head;
  }
}

async function beginning(path: string, size: number): Promise<Buffer> {
  const file = await open(path, 'r');
  try {
    return await readAt(file, 0, size);
  } finally {
    await file.close();
  }
}
