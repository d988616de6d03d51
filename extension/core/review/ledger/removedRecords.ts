import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { appendLines, linesOf } from '../../flagging/lineFile';
import { isRecord, jsonOrUndefined } from '../../json';
import { reviewFolder } from '../folder';
import type { DecisionEntry } from '../types';

/** Beside the ledgers, and committed with them; no ledger by its ending. */
const fileName = 'removed.ndjson';

/** What became of the record of a decision to discard it. */
interface Removal {
  readonly id: string;
  /** ISO 8601, UTC. */
  readonly time: string;
  readonly is: 'removed' | 'restored';
}

/**
 * Decisions whose records are still to be looked for. A decision to discard is done with once its record was taken out of
 * the dataset: another record of the same content, which nobody discarded, would be taken for it.
 *
 * @param dataset absolute path
 */
export async function withoutRemoved<Entry extends Pick<DecisionEntry, 'id'>>(
  dataset: string,
  entries: readonly Entry[],
): Promise<readonly Entry[]> {
  const removed = await removedNow(dataset);
  return removed.size === 0 ? entries : entries.filter(({ id }) => !removed.has(id));
}

/** Keeps that the records of these decisions were taken out. @param ids of the decisions */
export async function noteRemoved(dataset: string, ids: readonly string[]): Promise<void> {
  await note(dataset, ids, 'removed');
}

/** Keeps that the records of these decisions are back. @param ids of the decisions */
export async function noteRestored(dataset: string, ids: readonly string[]): Promise<void> {
  await note(dataset, ids, 'restored');
}

/** Keeps that records which were taken out at a time or later are back. @param since ISO 8601, UTC */
export async function noteRestoredSince(dataset: string, since: string): Promise<void> {
  const removed = await removedNow(dataset);
  const back = [...removed.values()].filter(({ time }) => Date.parse(time) >= Date.parse(since));
  await noteRestored(
    dataset,
    back.map(({ id }) => id),
  );
}

async function note(dataset: string, ids: readonly string[], is: Removal['is']): Promise<void> {
  if (ids.length === 0) return;
  const time = new Date().toISOString();
  await mkdir(reviewFolder(dataset), { recursive: true });
  const lines = ids.map((id) => JSON.stringify({ id, time, is } satisfies Removal));
  await appendLines(fileOf(dataset), lines, { durable: true });
}

/** By id; what two people noted is joined by git in any order, and the later line counts. */
async function removedNow(dataset: string): Promise<ReadonlyMap<string, Removal>> {
  const latest = new Map<string, Removal>();
  for (const removal of (await linesOf(fileOf(dataset))).flatMap(removalIn)) {
    const known = latest.get(removal.id);
    if (!known || Date.parse(known.time) <= Date.parse(removal.time)) latest.set(removal.id, removal);
  }
  return new Map([...latest].filter(([, { is }]) => is === 'removed'));
}

/** Nothing of a line that is none of ours, such as a mark of a conflict. */
function removalIn(line: string): Removal[] {
  const value = jsonOrUndefined(line);
  if (!isRecord(value)) return [];
  const { id, time, is } = value;
  const isWhole = typeof id === 'string' && typeof time === 'string' && (is === 'removed' || is === 'restored');
  return isWhole ? [{ id, time, is }] : [];
}

function fileOf(dataset: string): string {
  return join(reviewFolder(dataset), fileName);
}
