import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseCommand } from '../../../../extension/core/cli/arguments';
import type { Terminal } from '../../../../extension/core/cli/context';
import { pushCommand } from '../../../../extension/core/cli/push';
import { openTable } from '../../../../extension/core/dataset/openTable';
import type { PushPlan } from '../../../../extension/core/hub/plan/types';
import type { PushRecord } from '../../../../extension/core/hub/push/types';
import { LedgerFile } from '../../../../extension/core/review/ledger/ledgerFile';
import { testTokens } from '../../../hub/accounts';
import { startHub, type TestHub } from '../../../hub/hub';
import { rowsOf } from '../dataset/rows';
import { decisionsOn, type Decided } from '../review/apply/decisions';

const repo = 'ada/sms';

async function decide(dataset: string, ...decided: readonly Decided[]): Promise<void> {
  await new LedgerFile(dataset, 'ann').append(await decisionsOn(dataset, decided));
}

let hub: TestHub;
let cwd: string;
/** All that was written to either stream. */
let written: string[];
beforeEach(async () => {
  hub = await startHub();
  cwd = realpathSync(mkdtempSync(join(tmpdir(), 'flag-review-push-')));
  written = [];
  writeFileSync(join(cwd, 'sms.csv'), 'label,text\nham,001\nspam,NA\nham,"a, b"\n');
});
afterEach(async () => {
  await hub.stop();
  rmSync(cwd, { recursive: true });
});

/** Runs the command; what it writes to the terminal but results is kept in `written`. */
async function push(
  argv: readonly string[],
  changes: Partial<Terminal> = {},
): Promise<{ status: number; lines: string[] }> {
  const lines: string[] = [];
  const note = (text: string | Error): unknown => written.push(text instanceof Error ? String(text.stack) : text);
  const parsed = parseCommand(['push', ...argv]);
  if (parsed.command !== 'push') throw new Error(parsed.command);
  const terminal: Terminal = {
    cwd,
    environment: {
      HF_ENDPOINT: hub.url,
      HF_TOKEN: testTokens.write,
      XDG_STATE_HOME: join(cwd, 'state'),
      HF_HOME: join(cwd, 'home'),
    },
    stdin: Readable.from([]),
    print: (line) => {
      lines.push(line);
      note(line);
    },
    log: { trace: note, debug: note, info: note, warn: note, error: note },
    installation: '',
    progress: note,
    ...changes,
  };
  return { status: await pushCommand(terminal, parsed.options), lines };
}

const pushJson = async (argv: readonly string[]): Promise<{ plan: PushPlan; pushed: PushRecord | null }> => {
  const { lines } = await push([...argv, '--json']);
  expect(lines).toHaveLength(1);
  return JSON.parse(lines[0] ?? '') as { plan: PushPlan; pushed: PushRecord | null };
};

const writing = (): string[] =>
  hub.log.filter((line) => !/^(?:GET|HEAD) /.test(line) && !line.includes('/paths-info/'));

/** Content of a Parquet file of the Hub. */
async function rowsAt(path: string, revision = 'main'): Promise<unknown> {
  const file = join(cwd, 'read.parquet');
  writeFileSync(file, await hub.repository(repo).read(path, revision));
  return rowsOf(await openTable(file));
}

describe('flag-review push', () => {
  it('pushes a new dataset in one commit to a private repository, after its plan', async () => {
    const { status, lines } = await push(['sms.csv', '--repo', repo]);
    expect(status).toBe(0);
    expect(lines[0]).toBe('Push:');
    expect(lines).toContain(`Pushed: ${hub.url}/datasets/${repo}/commit/${hub.repository(repo).at().oid}`);
    expect(lines.at(-1)).toBe(`dataset = load_dataset("${repo}")`);
    expect(hub.repository(repo).visibility).toBe('private');
    expect(hub.repository(repo).paths()).toEqual(['.gitattributes', 'README.md', 'data/train-00000-of-00001.parquet']);
    expect(hub.repository(repo).history()).toHaveLength(2);
    expect(writing().map((line) => line.split(' ')[1]?.replace(/^.*\/(?=[^/]+\/[^/]+$)/, ''))).toEqual([
      'repos/create',
      'preupload/main',
      'objects/batch',
      expect.stringMatching(/[\da-f]{64}$/),
      'commit/main',
    ]);
    expect(await rowsAt('data/train-00000-of-00001.parquet')).toEqual([
      ['ham', '001'],
      ['spam', 'NA'],
      ['ham', 'a, b'],
    ]);
    expect(existsSync(join(cwd, 'state', 'flag-review', 'push'))).toBe(true);
    expect(readdirSync(join(cwd, 'state', 'flag-review', 'push'))).toEqual([]);
  });

  it('makes no commit when nothing changed, and one on top of the last when rows were added', async () => {
    await push(['sms.csv', '--repo', repo]);
    const before = hub.repository(repo).at();
    hub.requests.length = 0;
    const again = await push(['sms.csv', '--repo', repo]);
    expect(again.lines.join('\n')).toContain('up to date');
    expect(writing()).toEqual([]);
    writeFileSync(join(cwd, 'sms.csv'), 'label,text\nham,001\nspam,NA\nham,"a, b"\nspam,more\n');
    const { pushed } = await pushJson(['sms.csv', '--repo', repo]);
    expect(pushed?.rows).toBe(4);
    expect(hub.repository(repo).at().parents).toEqual([before.oid]);
  });

  it('keeps what others wrote into the card of a repository that is there', async () => {
    const theirs = '---\nlicense: mit\nx-own: [1,  2]\n---\n# My words\n\nStay  as they are.\n';
    await hub.addRepository(repo).commit({ 'README.md': theirs });
    await push(['sms.csv', '--repo', repo]);
    const card = (await hub.repository(repo).read('README.md')).toString();
    expect(card).toContain('license: mit\nx-own: [1,  2]\n');
    expect(card).toContain('# My words\n\nStay  as they are.\n');
    expect(card).toContain('configs:');
  });

  it('prints the plan and sends nothing with --dry-run, even without a token', async () => {
    const environment = { HF_ENDPOINT: hub.url, XDG_STATE_HOME: join(cwd, 'state'), HF_HOME: join(cwd, 'home') };
    const { lines } = await push(['sms.csv', '--repo', repo, '--dry-run'], { environment });
    expect(lines.join('\n')).toContain('ada/sms (new, private)');
    expect(writing()).toEqual([]);
    expect(hub.repositories.size).toBe(0);
    expect(written.join('\n')).toContain('There is no token');
    expect(existsSync(join(cwd, 'state'))).toBe(false);
  });

  it('asks for a token before it asks the Hub for anything', async () => {
    const environment = { HF_ENDPOINT: hub.url, HF_HOME: join(cwd, 'home') };
    await expect(push(['sms.csv', '--repo', repo], { environment })).rejects.toThrow(
      `There is no token for ${hub.url}. Set HF_TOKEN to a token that may write, or sign in with hf auth login.`,
    );
    expect(hub.requests).toEqual([]);
  });

  it("takes the token of the Hub's own command line, but sends it to no other Hub", async () => {
    mkdirSync(join(cwd, 'home'));
    writeFileSync(join(cwd, 'home', 'token'), `${testTokens.write}\n`);
    const own = { XDG_STATE_HOME: join(cwd, 'state'), HF_HOME: join(cwd, 'home') };
    const elsewhere = push(['sms.csv', '--repo', repo, '--endpoint', hub.url], { environment: own });
    await expect(elsewhere).rejects.toThrow('There is no token for');
    expect(hub.requests).toEqual([]);
    const { status } = await push(['sms.csv', '--repo', repo], { environment: { ...own, HF_ENDPOINT: `${hub.url}/` } });
    expect(status).toBe(0);
  });

  it('tells once that a token is not known or may not write', async () => {
    const withToken = (token: string): Promise<unknown> =>
      push(['sms.csv', '--repo', repo], {
        environment: { HF_ENDPOINT: hub.url, HF_TOKEN: token, XDG_STATE_HOME: join(cwd, 'state') },
      });
    await expect(withToken('hf_Nobody')).rejects.toMatchObject({ failure: 'unauthorized' });
    expect(hub.requests).toHaveLength(1);
    await expect(withToken(testTokens.read)).rejects.toMatchObject({ failure: 'forbidden' });
    expect(writing()).toHaveLength(1);
  });

  it('needs --public for what everyone can see', async () => {
    hub.addRepository(repo, 'public');
    await expect(push(['sms.csv', '--repo', repo])).rejects.toThrow('ada/sms is public. Give --public');
    expect(writing()).toEqual([]);
    expect((await push(['sms.csv', '--repo', repo, '--public'])).status).toBe(0);
    hub.addRepository('ada/own');
    await expect(push(['sms.csv', '--repo', 'ada/own', '--public'])).rejects.toThrow('ada/own is private');
    await push(['sms.csv', '--repo', 'ada/new', '--public']);
    expect(hub.repository('ada/new').visibility).toBe('public');
  });

  it('opens a pull request, and makes branches', async () => {
    const { oid } = hub.addRepository(repo).at();
    const { pushed } = await pushJson(['sms.csv', '--repo', repo, '--pull-request', '--title', 'Propose']);
    expect(pushed).toMatchObject({ branch: 'refs/pr/1', pullRequestUrl: `${hub.url}/datasets/${repo}/discussions/1` });
    expect(hub.repository(repo).at().oid).toBe(oid);
    expect(hub.repository(repo).at('refs/pr/1')).toMatchObject({ title: 'Propose', parents: [oid] });
    const branched = await pushJson(['sms.csv', '--repo', repo, '--branch', 'dev/a b', '--as-is']);
    expect(branched.pushed?.loadCode).toContain('revision="dev/a b"');
    expect(hub.repository(repo).at().oid).toBe(oid);
    expect((await hub.repository(repo).read('data/train.csv', 'dev/a b')).toString()).toContain('ham,001');
  });

  it('writes nothing when somebody else commits meanwhile, and says what', async () => {
    const { oid } = hub.addRepository(repo).at();
    const meanwhile = async (): Promise<void> => {
      await hub.repository(repo).commit({ 'README.md': 'theirs' }, { title: 'Fix a typo' });
    };
    hub.fault({ path: /\/commit\/main/, meanwhile });
    await expect(push(['sms.csv', '--repo', repo])).rejects.toMatchObject({
      failure: 'conflict',
      what: 'main of ada/sms has moved since this push was planned: nothing was written.',
      next: expect.stringContaining('Since then: "Fix a typo". README.md was changed on both sides.') as string,
    });
    expect(
      hub
        .repository(repo)
        .history()
        .map(({ title }) => title),
    ).toEqual(['Fix a typo', 'initial commit']);
    expect(hub.repository(repo).history().at(-1)?.oid).toBe(oid);
    expect((await push(['sms.csv', '--repo', repo])).status).toBe(0);
    expect((await hub.repository(repo).read('README.md')).toString()).toContain('theirs');
  });

  it('hints at pull requests when the token may do no more', async () => {
    hub.addRepository(repo);
    hub.fault({ path: /\/commit\/main/, status: 412, times: 100, body: { error: 'A commit has happened since.' } });
    await expect(push(['sms.csv', '--repo', repo])).rejects.toThrow('push as a pull request');
    expect(hub.log.filter((line) => line.includes('/commit/main'))).toHaveLength(5);
    hub.clearFaults();
    const environment = { HF_ENDPOINT: hub.url, HF_TOKEN: testTokens.pullRequests, XDG_STATE_HOME: join(cwd, 'state') };
    await expect(push(['sms.csv', '--repo', repo], { environment })).rejects.toMatchObject({
      next: `Push as a pull request, or sign in with a token that may write to ${repo}.`,
    });
  });

  it('plans anew when a file of the folder was changed after the push was interrupted', async () => {
    mkdirSync(join(cwd, 'data', 'sub'), { recursive: true });
    const file = join(cwd, 'data', 'sub', 'sms.csv');
    writeFileSync(file, 'label,text\nham,old\n');
    hub.fault({ path: /\/commit\/main/, status: 429, headers: { 'retry-after': '4000' } });
    await expect(push(['data', '--repo', repo])).rejects.toThrow('takes no more requests');
    writeFileSync(file, 'label,text\nham,new\n');
    const { lines } = await push(['data', '--repo', repo]);
    expect(lines[0]).toBe('Push:');
    expect(written.join()).not.toContain('Going on');
    const [path = ''] = hub
      .repository(repo)
      .paths()
      .filter((each) => each.endsWith('.parquet'));
    expect(await rowsAt(path)).toEqual([['ham', 'new']]);
  });

  it('sends of a flagging directory only what was flagged since', async () => {
    const image = (at: number): Buffer => Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.from([at])]);
    const flag = (count: number): void => {
      mkdirSync(join(cwd, 'flagged', 'image'), { recursive: true });
      const rows = Array.from({ length: count }, (_, at) => {
        writeFileSync(join(cwd, 'flagged', 'image', `${at}.png`), image(at));
        return `image/${at}.png,wrong,2026-01-02 03:04:05.00000${at}\n`;
      });
      writeFileSync(join(cwd, 'flagged', 'logs.csv'), `image,flag,timestamp\n${rows.join('')}`);
    };
    flag(3);
    await push(['flagged', '--repo', repo, '--as-is']);
    const { oid } = hub.repository(repo).at();
    hub.requests.length = 0;
    flag(4);
    await push(['flagged', '--repo', repo, '--as-is']);
    expect(hub.requests.filter(({ method }) => method === 'PUT')).toHaveLength(1);
    expect(hub.repository(repo).at().parents).toEqual([oid]);
    expect(
      hub
        .repository(repo)
        .paths()
        .filter((path) => path.endsWith('.png')),
    ).toHaveLength(4);
  });

  it('waits for a commit of somebody else that is under way', async () => {
    hub.addRepository(repo);
    hub.fault({ path: /\/commit\/main/, status: 409, body: { error: 'Another commit is in progress.' } });
    expect((await push(['sms.csv', '--repo', repo])).status).toBe(0);
    expect(hub.repository(repo).history()).toHaveLength(2);
  });

  it('commits once when the answer to a commit is lost', async () => {
    hub.fault({ path: /\/commit\/main/, applyThenCut: true });
    const { pushed } = await pushJson(['sms.csv', '--repo', repo]);
    expect(pushed?.commit).toBe(hub.repository(repo).at().oid);
    expect(hub.repository(repo).history()).toHaveLength(2);
  });

  it('ends at Ctrl+C without a commit, and goes on when it is run again', async () => {
    const interruption = new AbortController();
    hub.fault({ path: /\/objects\/batch/, meanwhile: () => interruption.abort() });
    hub.addRepository(repo);
    const { status } = await push(['sms.csv', '--repo', repo], { interrupt: interruption.signal });
    expect(status).toBe(130);
    expect(hub.repository(repo).history()).toHaveLength(1);
    expect(written.join('\n')).toContain('0 of 2 files are committed. Run the same command again to go on.');
    hub.clearFaults();
    const { status: next } = await push(['sms.csv', '--repo', repo]);
    expect(next).toBe(0);
    expect(written.join('\n')).toContain('Going on with the push of');
    expect(hub.repository(repo).history()).toHaveLength(2);
  });

  it('sends of a folder what belongs to the dataset, by its own names, and the review when that is wanted', async () => {
    const folder = join(cwd, 'set');
    for (const name of ['.git', 'images', 'elsewhere'])
      mkdirSync(join(name === 'elsewhere' ? cwd : folder, name), { recursive: true });
    symlinkSync(join(cwd, 'elsewhere'), join(folder, 'linked'));
    const files = {
      '.env': 'KEY=1',
      '.git/config': '',
      'images/a#b?c%20d é 😀.txt': 'odd',
      '../elsewhere/far.txt': 'far',
    };
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    writeFileSync(join(folder, 'train.csv'), 'label,text\nham,one\nspam,two\nham,three\n');
    writeFileSync(join(folder, 'test.csv'), 'label,text\nspam,four\n');
    await decide(join(folder, 'train.csv'), { row: 0, decision: 'change', label: 'spam' });
    const { lines } = await push(['set', '--repo', repo, '--as-is', '--with-review']);
    expect(lines.join('\n')).toContain('1 correction of the review is not applied yet');
    const paths = hub.repository(repo).paths();
    expect(paths.filter((path) => /env|git\/|far/.test(path))).toEqual([]);
    expect(paths).toContain('images/a#b?c%20d é 😀.txt');
    expect(paths).toContain('review/train.csv/ann.jsonl');
    expect(paths.filter((path) => path.endsWith('.csv'))).toHaveLength(2);
    expect((await hub.repository(repo).read('README.md')).toString()).toContain('ham');
    hub.requests.length = 0;
    expect((await push(['set', '--repo', repo, '--as-is', '--with-review'])).lines.join('\n')).toContain('up to date');
    expect(writing()).toEqual([]);
  });

  it('pushes one dataset once at a time', async () => {
    const argv = ['sms.csv', '--repo', repo];
    expect((await Promise.all([push(argv), push(argv)])).map(({ status }) => status)).toEqual([0, 0]);
    expect(hub.repository(repo).history()).toHaveLength(2);
  });

  it('writes the token nowhere, whatever happens', async () => {
    hub.addRepository(repo);
    await push(['sms.csv', '--repo', repo, '--json']);
    writeFileSync(join(cwd, 'sms.csv'), 'label,text\nham,001\nspam,NA\n');
    const headers = { RateLimit: '"api";r=0;t=4000' };
    hub.fault({ path: /\/objects\/batch/, status: 429, headers, body: { error: `Slower, ${testTokens.write}` } });
    const failed = await push(['sms.csv', '--repo', repo]).catch((error: unknown) => error);
    if (!(failed instanceof Error)) throw new Error('It did not fail.');
    written.push(String(failed.stack), JSON.stringify(failed));
    const files = readdirSync(cwd, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'));
    expect(files.some((text) => text.includes('"kind":"plan"'))).toBe(true);
    expect(written.length).toBeGreaterThan(10);
    for (const text of [...written, ...files]) expect(text).not.toMatch(/hf_Ada|X-Amz-Signature=/i);
  });
});

describe('arguments of push', () => {
  const parse = (...argv: readonly string[]) => parseCommand(['push', ...argv]);

  it('refuses tokens, which others could see', () => {
    for (const argv of [['--token', 'hf_abcdefgh'], ['--token=hf_abcdefgh'], ['--hf-token', 'x'], ['hf_abcdefghij']])
      expect(() => parse('a.csv', '--repo', 'a/b', ...argv)).toThrow('can be seen by others on this machine');
  });

  it('says in words that the disk does not take its files', async () => {
    writeFileSync(join(cwd, 'state'), 'a file');
    await expect(push(['sms.csv', '--repo', repo])).rejects.toMatchObject({
      name: 'ExpectedError',
      what: expect.stringMatching(/state.* cannot be used: a part of the path is a file\.$/) as string,
    });
    expect(hub.log).toEqual([]);
  });

  it('refuses what contradicts itself, and repositories that cannot be', () => {
    expect(() => parse('a.csv')).toThrow('push needs the repository.');
    expect(() => parse('--repo', 'a/b')).toThrow('push takes one dataset file or folder.');
    expect(() => parse('a.csv', '--repo', 'a/b', '--private', '--public')).toThrow('private or public');
    expect(() => parse('a.csv', '--repo', 'a/b', '--parquet', '--as-is')).toThrow('as Parquet or as it is');
    expect(() => parse('a.csv', '--repo', 'a/b--c')).toThrow('neither "--" nor ".." is allowed');
    expect(() => parse('a.csv', '--repo', `a/${'b'.repeat(97)}`)).toThrow('longer than 96 characters');
  });
});
