import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isUpToDate, type PushPlan } from '../../../../../extension/core/hub/plan/types';
import { asPullRequest, preparePush } from '../../../../../extension/core/hub/push/preparePush';
import { runPush } from '../../../../../extension/core/hub/push/runPush';
import { MemoryHub } from './memoryHub';
import { repo, requestOf } from './plans';

let folder: string;
let hub: MemoryHub;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'flag-review-prepare-'));
  hub = new MemoryHub();
  writeFileSync(join(folder, 'sms.csv'), 'label,text\nham,one\nspam,two\n');
});
afterEach(() => rmSync(folder, { recursive: true }));

const staged = (): { folder: string } => ({ folder: join(folder, 'staged') });
const prepare = (): Promise<PushPlan> => preparePush(requestOf(join(folder, 'sms.csv')), hub, staged());
const push = (plan: PushPlan) => runPush(plan, hub, { journal: join(folder, 'journal') });

/** A plan for changed rows, and a commit of somebody else after it was made. */
async function movedOn(): Promise<PushPlan> {
  await push(await prepare());
  writeFileSync(join(folder, 'sms.csv'), 'label,text\nham,one\nspam,2\n');
  const plan = await prepare();
  hub.commitElsewhere(repo, 'notes.txt', 'theirs');
  return plan;
}

describe('preparePush', () => {
  it('changes nothing on the Hub, and leaves nothing to do once it was carried out', async () => {
    const plan = await prepare();
    expect(plan).toMatchObject({ creates: true, rows: 2, visibility: 'private', parentCommit: undefined });
    expect(hub.calls).toEqual([]);
    await push(plan);
    expect(isUpToDate(await prepare())).toBe(true);
  });

  it('asks for nothing when it was cancelled, or there is no such file', async () => {
    const request = requestOf(join(folder, 'sms.csv'));
    const signal = AbortSignal.abort(new Error('cancelled'));
    await expect(preparePush(request, hub, { ...staged(), signal })).rejects.toThrow('cancelled');
    await expect(preparePush(requestOf(join(folder, 'no.csv')), hub, staged())).rejects.toThrow('There is no ');
    expect(hub.requests).toBe(0);
  });

  it.each(['', 'a..b', '/a', 'a/', 'a.lock', 'a~1', 'a\nb', '@', '.a/b'])(
    'takes no branch that git has none of: %j',
    async (branch) => {
      const request = { ...requestOf(join(folder, 'sms.csv')), branch };
      await expect(preparePush(request, hub, staged())).rejects.toThrow('is no name of a branch');
      expect(hub.requests).toBe(0);
    },
  );

  it('reads no device, which may have no end', async () => {
    await expect(preparePush(requestOf('/dev/null'), hub, staged())).rejects.toThrow('is neither a file nor a folder');
    expect(hub.requests).toBe(0);
  });

  it('has a title of one line, whatever was given', async () => {
    const request = requestOf(join(folder, 'sms.csv'));
    expect((await preparePush({ ...request, title: ' Fix\nlabels ' }, hub, staged())).title).toBe('Fix labels');
    expect((await preparePush({ ...request, title: ' ' }, hub, staged())).title).toMatch(/^Add /);
  });
});

describe('a push whose remote moved', () => {
  it('is planned anew on top of what others did', async () => {
    const plan = await movedOn();
    await expect(push(plan)).rejects.toThrow('has moved since this push was planned');
    const anew = await preparePush(plan.request, hub, staged());
    expect(anew.parentCommit).toBe(hub.head(repo));
    await push(anew);
    expect(hub.tree(repo)['notes.txt']).toBe('theirs');
    expect(hub.titles(repo)).toHaveLength(4);
  });

  it('is proposed as it was planned', async () => {
    const plan = await movedOn();
    const head = hub.head(repo);
    const record = await push(asPullRequest(plan));
    expect(record).toMatchObject({ branch: 'refs/pr/1', request: { pullRequest: false } });
    expect(hub.head(repo)).toBe(head);
    expect(hub.tree(repo, 'refs/pr/1')['notes.txt']).toBeUndefined();
    const again = await preparePush(record.request, hub, staged());
    expect(again).toMatchObject({ branch: 'main', pullRequest: false, parentCommit: head });
  });
});
