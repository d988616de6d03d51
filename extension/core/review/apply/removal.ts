import type { FileHandle } from 'node:fs/promises';
import { withoutRun } from '../../csv/editCells';
import type { RecordFile } from '../../csv/recordTexts';
import { unitSize } from '../../csv/units';
import { readAt } from '../../readAt';
import type { RecordPlace } from './survey';
import type { ByteEdit } from './types';
import { unitText } from './unitText';

/** What of its surroundings decides how a run of records is taken out. Code units. */
const [before, behind] = [4, 1];
/** Stands for the run; what it says does not matter. */
const standIn = 'x';

/**
 * The edits that remove records with their line ends. A missing final line end stays missing: what is then the last record
 * loses its own.
 *
 * @param file opened for reading
 * @param places ascending
 */
export async function removalEdits(
  file: FileHandle,
  { encoding, bomLength }: Pick<RecordFile, 'encoding' | 'bomLength'>,
  places: readonly RecordPlace[],
): Promise<ByteEdit[]> {
  const unit = unitSize(encoding);
  const edits: ByteEdit[] = [];
  for (const { start, contentEnd, end } of runsOf(places)) {
    const head = unitText(await readAt(file, Math.max(bomLength, start - before * unit), start), encoding);
    const tail = unitText(await readAt(file, end, end + behind * unit), encoding);
    const run = { start: head.length, end: head.length + standIn.length };
    const out = withoutRun(head + standIn + tail, run, contentEnd < end);
    const offset = start - (run.start - out.start) * unit;
    edits.push({ offset, length: end - (run.end - out.end) * unit - offset, bytes: Buffer.alloc(0) });
  }
  return edits;
}

/** Joins records that follow each other. */
function runsOf(places: readonly RecordPlace[]): RecordPlace[] {
  const runs: RecordPlace[] = [];
  for (const place of places) {
    const last = runs.at(-1);
    if (last?.end === place.start) runs[runs.length - 1] = { ...place, start: last.start };
    else runs.push(place);
  }
  return runs;
}
