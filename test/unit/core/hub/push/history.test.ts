import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PushHistory } from '../../../../../extension/core/hub/push/history';
import type { PushRecord } from '../../../../../extension/core/hub/push/types';
import { requestOf } from './plans';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'flag-review-history-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const record = (id: string, changes: Partial<PushRecord> = {}): PushRecord => ({
  id,
  time: '2026-01-02T03:04:05.678Z',
  endpoint: 'https://huggingface.co',
  repo: 'ada/sms',
  visibility: 'private',
  branch: 'main',
  commit: 'c'.repeat(40),
  commitUrl: `https://huggingface.co/datasets/ada/sms/commit/${'c'.repeat(40)}`,
  pullRequestUrl: undefined,
  rows: 3,
  changed: 2,
  loadCode: 'load_dataset("ada/sms")',
  request: requestOf('/data/sms.csv'),
  ...changes,
});

describe('PushHistory', () => {
  it('has nothing before the first push', async () => {
    expect(await new PushHistory(join(folder, 'new')).records()).toEqual([]);
  });

  it('lists pushes newest first, with what is needed to push again', async () => {
    const history = new PushHistory(join(folder, 'new'));
    await history.add(record('one'));
    await Promise.all([history.add(record('two')), new PushHistory(join(folder, 'new')).add(record('three'))]);
    const records = await history.records();
    expect(records.map(({ id }) => id)).toEqual(['three', 'two', 'one']);
    expect(records[0]?.request).toEqual(requestOf('/data/sms.csv'));
  });

  it('reads on past lines that were torn, and writes on after them', async () => {
    const history = new PushHistory(folder);
    await history.add(record('one'));
    appendFileSync(join(folder, 'pushes.jsonl'), '{"id":"torn","request":{"sour');
    await history.add(record('two'));
    appendFileSync(join(folder, 'pushes.jsonl'), '{"id":"no push"}\n');
    expect((await history.records()).map(({ id }) => id)).toEqual(['two', 'one']);
  });
});
