import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { appendLines, linesOf } from '../../flagging/lineFile';
import { withLock } from '../../flagging/lock';
import { isRecord, jsonOrUndefined } from '../../json';
import type { PushRecord } from './types';

const fileName = 'pushes.jsonl';

/** The pushes of a person, one a line; nothing of it is ever changed. A push is done again by its request. */
export class PushHistory {
  /** @param folder made with the first push */
  constructor(private readonly folder: string) {}

  /** Newest first. Lines that are torn, or of another version, are left out. */
  async records(): Promise<readonly PushRecord[]> {
    const records = (await linesOf(join(this.folder, fileName))).flatMap(recordIn);
    return records.reverse();
  }

  async add(record: PushRecord): Promise<void> {
    await mkdir(this.folder, { recursive: true });
    const line = JSON.stringify(record);
    await withLock(this.folder, nothingToMend, () =>
      appendLines(join(this.folder, fileName), [line], { durable: true }),
    );
  }
}

/** A line that its writer left torn is ended by the next one. */
const nothingToMend = (): Promise<void> => Promise.resolve();

function recordIn(line: string): PushRecord[] {
  const value = jsonOrUndefined(line);
  return isPushRecord(value) ? [value] : [];
}

function isPushRecord(value: unknown): value is PushRecord {
  if (!isRecord(value) || !isRecord(value.request)) return false;
  const { id, time, endpoint, repo, visibility, branch, commit, commitUrl, loadCode, rows, changed, request } = value;
  const texts = [
    id,
    time,
    endpoint,
    repo,
    visibility,
    branch,
    commit,
    commitUrl,
    loadCode,
    request.source,
    request.repo,
  ];
  return texts.every((text) => typeof text === 'string') && [rows, changed].every((count) => Number.isInteger(count));
}
