import { mkdtempSync, readFileSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hubFailureOf, HubError } from '../../../../../extension/core/hub/hubError';
import type { PlannedFile, PushPlan } from '../../../../../extension/core/hub/plan/types';
import { discardPush, interruptedPush } from '../../../../../extension/core/hub/push/journal';
import { resumePush, runPush, type PushOptions } from '../../../../../extension/core/hub/push/runPush';
import type { PushProgress } from '../../../../../extension/core/hub/push/types';
import { MemoryHub } from './memoryHub';
import { cardOf, planned, planOf, repo } from './plans';

let folder: string;
let hub: MemoryHub;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'flag-review-push-'));
  hub = new MemoryHub();
});
afterEach(() => rmSync(folder, { recursive: true }));

const journal = (): string => join(folder, 'journal');
const push = (plan: PushPlan, options: Partial<PushOptions> = {}) =>
  runPush(plan, hub, { journal: journal(), ...options });
const card = (): PlannedFile => cardOf('# SMS\n');
const images = (count: number): PlannedFile[] =>
  Array.from({ length: count }, (_, at) => planned(folder, `images/${String(at).padStart(4, '0')}.png`, `png ${at}`));

/** A repository that has one commit of ours. */
async function pushed(): Promise<string> {
  await push(planOf(folder, [card(), planned(folder, 'data/train.parquet', 'old')]));
  hub.calls.length = 0;
  return hub.head(repo);
}

const failure = (action: Promise<unknown>): Promise<HubError> =>
  action.then(
    () => {
      throw new Error('It did not fail.');
    },
    (error: unknown) => error as HubError,
  );

describe('runPush', () => {
  it('makes a private repository, and everything of a small dataset in one commit', async () => {
    const record = await push(planOf(folder, [card(), planned(folder, 'data/train.parquet', 'PAR1')]));
    expect(hub.calls).toEqual([`create ${repo} private`, 'commit 2+0 Add 3 records']);
    expect(hub.tree(repo)).toEqual({
      '.gitattributes': '*.png filter=lfs',
      'README.md': '# SMS\n',
      'data/train.parquet': 'PAR1',
    });
    expect(record).toMatchObject({ repo, branch: 'main', visibility: 'private', rows: 3, changed: 2 });
    expect(record.commit).toBe(hub.head(repo));
    expect(record.commitUrl).toBe(`${hub.endpoint}/datasets/${repo}/commit/${record.commit}`);
    expect(readdirSync(journal())).toEqual([]);
  });

  it('refuses what changes nothing', async () => {
    const parentCommit = await pushed();
    const same = planned(folder, 'data/train.parquet', 'old', 'leave');
    const plan = planOf(folder, [cardOf('# SMS\n', 'leave'), same], { creates: false, parentCommit });
    await expect(push(plan)).rejects.toThrow('ada/sms has all of this already. There is nothing to push.');
    expect(hub.calls).toEqual([]);
  });

  it('sends 100 files a commit, each on top of the one before, and what gives them a meaning at last', async () => {
    const files = [card(), planned(folder, 'metadata.jsonl', '{}\n'), ...images(2500)];
    await push(planOf(folder, files));
    const titles = Array.from({ length: 26 }, (_, at) => `Add 3 records (${at + 1} of 26)`);
    expect(hub.titles(repo)).toEqual([...titles.reverse(), 'initial commit']);
    expect(hub.calls.slice(1, 26).every((call) => call.startsWith('commit 100+0'))).toBe(true);
    expect(hub.calls.at(-1)).toBe('commit 2+0 Add 3 records (26 of 26)');
    expect(Object.keys(hub.tree(repo))).toHaveLength(2503);
  });

  it('halves commits that the Hub finds too large, and names a file that is', async () => {
    hub.mostFiles = 30;
    await push(planOf(folder, [card(), ...images(180)]));
    expect(Object.keys(hub.tree(repo))).toHaveLength(182);
    expect(hub.tree(repo)['README.md']).toBe('# SMS\n');
    hub.mostFiles = 0;
    const plan = planOf(folder, [planned(folder, 'big.bin', 'x')], { creates: false, parentCommit: hub.head(repo) });
    await expect(push(plan)).rejects.toThrow('big.bin is more than the Hub takes at once.');
  });

  it('opens a pull request with the first commit and adds the others to it', async () => {
    const parentCommit = await pushed();
    const plan = { ...planOf(folder, images(150)), creates: false, pullRequest: true, parentCommit };
    const record = await push(plan);
    expect(record).toMatchObject({
      branch: 'refs/pr/1',
      pullRequestUrl: `${hub.endpoint}/datasets/${repo}/discussions/1`,
    });
    expect(hub.head(repo)).toBe(parentCommit);
    expect(hub.titles(repo, 'refs/pr/1').slice(0, 2)).toEqual(['Add 3 records (2 of 2)', 'Add 3 records (1 of 2)']);
    expect(Object.keys(hub.tree(repo, 'refs/pr/1'))).toHaveLength(153);
  });

  it('makes a branch where the plan says so, and leaves main alone', async () => {
    const parentCommit = await pushed();
    const file = planned(folder, 'data/test.parquet', 'new');
    await push(planOf(folder, [file], { creates: false, branch: 'dev/a b', createsBranch: true, parentCommit }));
    expect(hub.head(repo)).toBe(parentCommit);
    expect(hub.tree(repo, 'dev/a b')).toMatchObject({ 'data/train.parquet': 'old', 'data/test.parquet': 'new' });
  });

  it('sends the card as it was edited, unless the Hub finds it wrong', async () => {
    const plan = planOf(folder, [card()]);
    const wrong = await failure(push(plan, { card: '---\nlicense: wrong\n---\n' }));
    expect(wrong).toMatchObject({ what: 'The Hub would refuse the card.', details: '"license" must be one of mit, …' });
    expect(hub.repositories.size).toBe(0);
    await push(plan, { card: '---\nlicense: mit\n---\n' });
    expect(hub.tree(repo)['README.md']).toBe('---\nlicense: mit\n---\n');
  });

  it('tells bytes and commits as they go', async () => {
    const progress: PushProgress[] = [];
    const plan = planOf(folder, [card(), ...images(150)]);
    await push(plan, { onProgress: (each) => progress.push(each) });
    expect(progress[0]).toMatchObject({ phase: 'creating', sent: 0, bytes: plan.bytes });
    expect(progress.at(-1)).toMatchObject({ sent: plan.bytes, bytes: plan.bytes, commits: 3, ofCommits: 3 });
    const sent = progress.map((each) => each.sent);
    expect(sent).toEqual([...sent].sort((a, b) => a - b));
  });
});

describe('a file that is not what was planned', () => {
  it('stops before its commit when it changed or is gone, and names it', async () => {
    const files = images(250);
    const last = files[249]?.staged?.file ?? '';
    hub.afterCommit = (_, number) => number === 1 && writeFileSync(last, 'PNG 249');
    const error = await failure(push(planOf(folder, files)));
    expect(error.message).toBe(
      `${last} has changed since the push was planned, so it was not sent. Plan the push again.`,
    );
    expect(hub.titles(repo)).toEqual(['Add 3 records (2 of 3)', 'Add 3 records (1 of 3)', 'initial commit']);
    expect(await interruptedPush(journal())).toBeUndefined();
    const gone = planned(folder, 'gone.csv', 'a\n');
    rmSync(join(folder, 'gone.csv'));
    const plan = planOf(folder, [gone], { creates: false, parentCommit: hub.head(repo) });
    await expect(push(plan)).rejects.toThrow('gone.csv is gone since the push was planned');
  });

  it('goes on when it was written anew with the same content', async () => {
    const file = planned(folder, 'data.csv', 'a\n');
    utimesSync(join(folder, 'data.csv'), 1, 1);
    await push(planOf(folder, [file]));
    expect(hub.tree(repo)['data.csv']).toBe('a\n');
  });
});

describe('a remote that moved', () => {
  it('is left as it is, and said what changed', async () => {
    const parentCommit = await pushed();
    hub.commitElsewhere(repo, 'README.md', 'theirs');
    hub.commitElsewhere(repo, 'notes.txt', 'theirs');
    const head = hub.head(repo);
    const files = [cardOf('# SMS\n', 'change'), planned(folder, 'data/train.parquet', 'new', 'change')];
    const error = await failure(push(planOf(folder, files, { creates: false, parentCommit })));
    expect(hubFailureOf(error)).toBe('conflict');
    expect(error.what).toBe('main of ada/sms has moved since this push was planned: nothing was written.');
    expect(error.next).toBe(
      'Since then: "Edit notes.txt", "Edit README.md". README.md was changed on both sides. ' +
        'Plan the push again, or push it as a pull request.',
    );
    expect(hub.head(repo)).toBe(head);
    expect(await interruptedPush(journal())).toBeUndefined();
  });

  it('to another history is told as that', async () => {
    const parentCommit = await pushed();
    hub.rewrite(repo);
    const plan = planOf(folder, [cardOf('# SMS\n', 'change')], { creates: false, parentCommit });
    const error = await failure(push(plan));
    expect(error.next).toContain('The commit that it was planned for is not among the last ones of the branch.');
    expect(hub.titles(repo)).toEqual(['Begin anew']);
  });

  it('in the middle of a push says how many commits were made', async () => {
    hub.afterCommit = (_, number) => number === 1 && hub.commitElsewhere(repo, 'notes.txt', 'theirs');
    const error = await failure(push(planOf(folder, images(150))));
    expect(error.what).toBe(
      'main of ada/sms has moved since this push was planned: 1 of its commits were made before, and no more.',
    );
  });

  it('is not waited for when a token may not write', async () => {
    const parentCommit = await pushed();
    hub.beforeCommit = () => {
      throw new HubError('conflict', 'The branch was updated since you opened this page.');
    };
    const plan = planOf(folder, [planned(folder, 'a.csv', 'a')], { creates: false, parentCommit });
    const error = await failure(push(plan));
    expect(error.next).toContain('push as a pull request, or use a token that may write');
    expect(hub.calls).toHaveLength(5);
  });

  it('is not taken for ours when somebody else made the repository first', async () => {
    await hub.createRepository(repo, 'private');
    hub.commitElsewhere(repo, 'notes.txt', 'theirs');
    const error = await failure(push(planOf(folder, [card()])));
    expect(error.message).toBe('ada/sms was made by someone else meanwhile. Plan the push again.');
    expect(hub.tree(repo)['README.md']).toBeUndefined();
  });
});

describe('cancelling', () => {
  it('before the start asks the Hub for nothing', async () => {
    const plan = planOf(folder, [card()]);
    await expect(push(plan, { signal: AbortSignal.abort(new Error('cancelled')) })).rejects.toThrow('cancelled');
    expect(hub.requests).toBe(0);
  });

  it('while files go out leaves no commit', async () => {
    const parentCommit = await pushed();
    const cancel = new AbortController();
    hub.beforeCommit = () => cancel.abort(new Error('cancelled'));
    const plan = planOf(folder, images(3), { creates: false, parentCommit });
    await expect(push(plan, { signal: cancel.signal })).rejects.toThrow('cancelled');
    expect(hub.head(repo)).toBe(parentCommit);
  });

  it('when the last commit was sent tells of the commit', async () => {
    const cancel = new AbortController();
    hub.afterCommit = () => cancel.abort(new Error('cancelled'));
    const record = await push(planOf(folder, [card()]), { signal: cancel.signal });
    expect(record.commit).toBe(hub.head(repo));
  });
});

describe('an interrupted push', () => {
  /** Fails at a commit before or after it is made. */
  async function interrupt(plan: PushPlan, commit: number, when: 'before' | 'after'): Promise<void> {
    hub[when === 'before' ? 'beforeCommit' : 'afterCommit'] = (_, number) => {
      if (number === commit) throw new HubError('unreachable', 'The line is dead.');
    };
    await expect(push(plan)).rejects.toThrow('The line is dead.');
    hub.beforeCommit = () => undefined;
    hub.afterCommit = () => undefined;
  }

  it.each(['before', 'after'] as const)('goes on where it stopped, %s the commit was made', async (when) => {
    const plan = planOf(folder, [card(), planned(folder, 'metadata.jsonl', '{}\n'), ...images(450)]);
    await interrupt(plan, 3, when);
    expect(await interruptedPush(journal())).toMatchObject({ commits: 2, done: 200, files: 452 });
    const before = hub.sent.length;
    const record = await resumePush(hub, { journal: journal() });
    expect(hub.titles(repo)).toEqual([
      ...[6, 5, 4, 3, 2, 1].map((number) => `Add 3 records (${number} of 6)`),
      'initial commit',
    ]);
    expect(hub.sent.length - before).toBe(when === 'before' ? 252 : 152);
    expect(new Set(hub.sent).size).toBe(hub.sent.length);
    expect(record).toMatchObject({ commit: hub.head(repo), changed: 452 });
    expect(await interruptedPush(journal())).toBeUndefined();
  });

  it('goes on in its pull request', async () => {
    const parentCommit = await pushed();
    const plan = planOf(folder, images(250), { creates: false, pullRequest: true, parentCommit });
    hub.calls.length = 0;
    hub.beforeCommit = (_, number) => {
      if (number === 3) throw new HubError('unreachable', 'The line is dead.');
    };
    await expect(push(plan)).rejects.toThrow('The line is dead.');
    const record = await resumePush(hub, { journal: journal() });
    expect(record.branch).toBe('refs/pr/1');
    expect(Object.keys(hub.tree(repo, 'refs/pr/1'))).toHaveLength(253);
  });

  it('finds the pull request that it opened when it was not told of it', async () => {
    const parentCommit = await pushed();
    const plan = planOf(folder, images(150), { creates: false, pullRequest: true, parentCommit });
    hub.afterCommit = (_, number) => {
      if (number === 2) throw new HubError('unreachable', 'The line is dead.');
    };
    await expect(push(plan)).rejects.toThrow('The line is dead.');
    hub.afterCommit = () => undefined;
    const record = await resumePush(hub, { journal: journal() });
    expect(record).toMatchObject({
      branch: 'refs/pr/1',
      pullRequestUrl: `${hub.endpoint}/datasets/${repo}/discussions/1`,
    });
    expect(await hub.pullRequests(repo)).toEqual(['refs/pr/1']);
    expect(hub.titles(repo, 'refs/pr/1').slice(0, 2)).toEqual(['Add 3 records (2 of 2)', 'Add 3 records (1 of 2)']);
  });

  it('is refused when others committed meanwhile', async () => {
    await interrupt(planOf(folder, images(250)), 2, 'before');
    hub.commitElsewhere(repo, 'notes.txt', 'theirs');
    const error = await failure(resumePush(hub, { journal: journal() }));
    expect(error.what).toContain('1 of its commits were made before');
  });

  it('makes its new repository only once', async () => {
    await interrupt(planOf(folder, [card()]), 1, 'before');
    await resumePush(hub, { journal: journal() });
    expect(hub.titles(repo)).toEqual(['Add 3 records', 'initial commit']);
  });

  it('is none where the Hub refused the first commit', async () => {
    hub.beforeCommit = () => {
      throw new HubError('forbidden', 'You have no right to do this.');
    };
    await expect(push(planOf(folder, images(2)))).rejects.toThrow('You have no right to do this.');
    expect(await interruptedPush(journal())).toBeUndefined();
  });

  it('is found through a torn line, and can be thrown away', async () => {
    const plan = planOf(folder, images(250));
    await interrupt(plan, 2, 'before');
    const file = join(journal(), 'push.jsonl');
    const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
    writeFileSync(file, `${lines.join('\n')}\n{"kind":"ma`);
    expect(await interruptedPush(journal())).toMatchObject({ commits: 1, done: 100, files: 250 });
    await discardPush(journal());
    expect(await interruptedPush(journal())).toBeUndefined();
    await expect(resumePush(hub, { journal: journal() })).rejects.toThrow('There is no push that was interrupted.');
  });
});
