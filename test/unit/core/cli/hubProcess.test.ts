import { build } from 'esbuild';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { testTokens } from '../../../hub/accounts';
import { startHub, type TestHub } from '../../../hub/hub';

const repo = 'ada/notes';
const bundles = mkdtempSync(join(tmpdir(), 'flag-review-cli-'));
const cli = join(bundles, 'cli.cjs');
let hub: TestHub;
let cwd: string;

beforeAll(async () => {
  await build({
    entryPoints: [resolve('extension/cli.ts')],
    outfile: cli,
    bundle: true,
    platform: 'node',
    mainFields: ['module', 'main'],
    logLevel: 'error',
  });
  return () => rmSync(bundles, { recursive: true });
});
beforeEach(async () => {
  hub = await startHub();
  cwd = mkdtempSync(join(tmpdir(), 'flag-review-push-'));
});
afterEach(async () => {
  await hub.stop();
  rmSync(cwd, { recursive: true });
});

/** The command line as a process of its own. */
function start(...argv: readonly string[]) {
  const environment = {
    HF_ENDPOINT: hub.url,
    HF_TOKEN: testTokens.write,
    XDG_STATE_HOME: join(cwd, 'state'),
    HF_HOME: join(cwd, 'home'),
  };
  const child = spawn(process.execPath, [cli, ...argv], { cwd, env: { ...process.env, ...environment } });
  let output = '';
  child.stdout.on('data', (text: Buffer) => (output += text.toString()));
  child.stderr.on('data', (text: Buffer) => (output += text.toString()));
  return { child, output: () => output, ended: once(child, 'close') as Promise<[status: number | null]> };
}

/** A flagging directory with as many images. */
function flagged(count: number): void {
  const numbers = Array.from({ length: count }, (_, at) => at);
  mkdirSync(join(cwd, 'flagged', 'image'), { recursive: true });
  for (const at of numbers) writeFileSync(join(cwd, 'flagged', 'image', `${at}.png`), pngOf(at));
  const rows = numbers.map((at) => `image/${at}.png,wrong,2026-01-02 03:04:05.${String(at).padStart(6, '0')}\n`);
  writeFileSync(join(cwd, 'flagged', 'logs.csv'), `image,flag,timestamp\n${rows.join('')}`);
}

const pngOf = (at: number): Buffer =>
  Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.from(`image ${at}`)]);
const puts = (): string[] => hub.requests.filter(({ method }) => method === 'PUT').map(({ path }) => path);
const titles = (): string[] =>
  hub
    .repository(repo)
    .history()
    .map(({ title }) => title);

/** Everything below the folder, as text. */
function textsOnDisk(): string[] {
  const files = readdirSync(cwd, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return files.map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'));
}

it.each([
  ['before the second commit is made', /\/objects\/batch/],
  ['while the second commit is made', /\/commit\/main/],
])('goes on after it was killed %s, sends nothing twice, and keeps the token to itself', async (_, path) => {
  flagged(250);
  const argv = ['push', 'flagged', '--repo', repo, '--as-is'];
  const first = start(...argv);
  hub.fault({ path, after: 1, meanwhile: () => void first.child.kill('SIGKILL') });
  const [killed] = await first.ended;
  expect(killed).toBeNull();
  const texts = textsOnDisk();
  expect(texts.some((text) => text.includes('"kind":"made"'))).toBe(true);
  const [sent, made] = [puts().length, titles().length];
  expect(sent).toBeGreaterThanOrEqual(100);
  const second = start(...argv);
  const [status] = await second.ended;
  expect(second.output()).toContain('Going on with the push of');
  expect(status).toBe(0);
  expect(
    hub
      .repository(repo)
      .paths()
      .filter((each) => each.endsWith('.png')),
  ).toHaveLength(250);
  expect(
    puts()
      .slice(sent)
      .filter((each) => puts().slice(0, sent).includes(each)),
  ).toEqual([]);
  expect(titles().length).toBeGreaterThan(made);
  expect(new Set(titles()).size).toBe(titles().length);
  for (const text of [first.output(), second.output(), ...texts, ...textsOnDisk()])
    expect(text).not.toContain(testTokens.write);
});

it('opens one pull request although it was killed while that was opened', async () => {
  hub.addRepository(repo);
  writeFileSync(join(cwd, 'notes.csv'), 'text\none\ntwo\n');
  const argv = ['push', 'notes.csv', '--repo', repo, '--pull-request'];
  const first = start(...argv);
  hub.fault({ path: /\/commit\/main/, meanwhile: () => void first.child.kill('SIGKILL') });
  await first.ended;
  const second = start(...argv);
  const [status] = await second.ended;
  expect(status).toBe(0);
  expect(second.output()).toContain(`Pushed: ${hub.url}/datasets/${repo}/discussions/1`);
  expect([...hub.repository(repo).refs.keys()]).toEqual(['refs/heads/main', 'refs/pr/1']);
  expect(hub.repository(repo).history('refs/pr/1')).toHaveLength(2);
});

it('ends a push with the status of an interrupted program at Ctrl+C', async () => {
  writeFileSync(join(cwd, 'notes.csv'), 'text\none\ntwo\n');
  const run = start('push', 'notes.csv', '--repo', repo);
  hub.fault({ method: 'PUT', path: /./, delay: 2000 });
  const sent = new Promise<void>((resolveSent) => {
    hub.fault({ path: /\/objects\/batch/, meanwhile: () => resolveSent() });
  });
  await sent;
  run.child.kill('SIGINT');
  const [status] = await run.ended;
  expect(status).toBe(130);
  expect(run.output()).toContain('Interrupted.');
  expect(hub.repository(repo).history()).toHaveLength(1);
});

it('ends a pull with the same status at Ctrl+C, and goes on where it stopped', async () => {
  const notes = `text\n${'one\n'.repeat(1000)}`;
  await hub.addRepository(repo).commit({ 'data/train.csv': notes });
  const argv = ['pull', repo, '--to', 'notes'];
  const first = start(...argv);
  hub.fault({ path: /\/resolve\//, meanwhile: () => void first.child.kill('SIGINT'), throttle: 100 });
  const [status] = await first.ended;
  expect(status).toBe(130);
  expect(first.output()).toContain('Interrupted. Run the same command again to go on');
  hub.clearFaults();
  const second = start(...argv);
  expect(await second.ended).toEqual([0, null]);
  expect(readFileSync(join(cwd, 'notes', 'data', 'train.csv'), 'utf8')).toBe(notes);
});
