import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { TextEdit } from '../../csv/spans';
import type { TableOptions } from '../../dataset/table';
import { withoutRemoved } from '../ledger/removedRecords';
import { FillEdits } from './patcher';
import { planApply, type ApplyRequest } from './plan';
import type { BytePatch, PlanOutline } from './types';

/** What carrying decisions out changes in a text that is no file yet. */
export interface TextPlan {
  readonly plan: PlanOutline;
  /** Ascending, without overlaps. */
  readonly edits: readonly TextEdit[];
}

const byteOrderMark = '\ufeff';

/**
 * The plan for the text of a dataset as an editor holds it. Tables are read from files, so the text is put into one, in
 * UTF-16: two bytes there are one place in the text.
 */
export async function planTextApply(
  text: string,
  request: ApplyRequest,
  options: TableOptions = {},
): Promise<TextPlan> {
  const folder = await mkdtemp(join(tmpdir(), 'flag-review-'));
  try {
    const copy = join(folder, basename(request.dataset));
    const bytes = Buffer.from(byteOrderMark + text, 'utf16le');
    await writeFile(copy, bytes, { mode: 0o600 });
    const entries = await withoutRemoved(request.dataset, request.entries);
    const { patch, ...plan } = await planApply({ ...request, entries, dataset: copy }, options);
    if ('cells' in patch) throw new Error('A text is no Parquet.');
    const notes = ['The changes go into the editor, which has unsaved changes; they are not saved.'];
    return { plan: { ...plan, dataset: request.dataset, read: null, notes }, edits: textEdits(patch, bytes) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function textEdits({ edits, fill }: BytePatch, bytes: Buffer): TextEdit[] {
  const fills = fill ? new FillEdits(fill, false) : undefined;
  fills?.read(bytes);
  fills?.end();
  // A cell comes before the delimiter that is added behind it: sorting keeps the order of what begins at one place.
  const all = [...edits, ...(fills?.pending ?? [])].sort((a, b) => a.offset - b.offset);
  const place = (byte: number): number => byte / 2 - byteOrderMark.length;
  return all.map(({ offset, length, bytes: written }) => {
    return { start: place(offset), end: place(offset + length), text: written.toString('utf16le') };
  });
}
