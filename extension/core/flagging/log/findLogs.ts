import { open, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { detectEncoding } from '../../csv/encodings';
import { isNotFound } from '../../errors';
import { readAt } from '../../readAt';
import { marksName } from './marks';
import { notesName } from '../notes';
import { detectLayout } from './layout';
import { headOf } from './readLog';
import type { LogLayout } from './types';

/** The files of a workspace that may be logs: the names that Gradio of any age and we give them. */
export const logGlob = '**/{logs*,log*,dataset*,data}.csv';
/** What `HuggingFaceDatasetSaver` writes in its JSON form. */
export const linesGlob = '**/metadata.jsonl';

const sampleSize = 1 << 16;

/** Whether a file of this name can be a log. */
export function isLogName(name: string): boolean {
  return /^(?:logs.*|log.*|dataset.*|data)\.csv$/.test(name) || name === 'metadata.jsonl';
}

/** Whether a file of this name holds what people added to the rows of the logs beside it. */
export function isBesideLogName(name: string): boolean {
  return name === notesName || name === marksName;
}

/**
 * The layout of a file that bears the name of a log; undefined when it is none, or is there no more. Only its beginning
 * is read.
 */
export async function layoutOfLog(path: string): Promise<LogLayout | undefined> {
  try {
    if (!(await stat(path)).isFile()) return undefined;
    const layout = detectLayout(basename(path), await headOf(path, await encodingOfHead(path)));
    return layout.era === 'unknown' ? undefined : layout;
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

async function encodingOfHead(path: string): Promise<ReturnType<typeof detectEncoding>['encoding']> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    return detectEncoding(await readAt(file, 0, Math.min(size, sampleSize)), size <= sampleSize).encoding;
  } finally {
    await file.close();
  }
}
