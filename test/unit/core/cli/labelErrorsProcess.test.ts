import { build } from 'esbuild';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeAll, beforeEach, expect, it } from 'vitest';

const bundles = mkdtempSync(join(tmpdir(), 'flag-review-cli-'));
let cwd: string;

beforeAll(async () => {
  await build({
    entryPoints: [resolve('extension/cli.ts'), resolve('extension/core/demo/javascriptWorker.ts')],
    outdir: bundles,
    outExtension: { '.js': '.cjs' },
    entryNames: '[name]',
    bundle: true,
    platform: 'node',
    mainFields: ['module', 'main'],
    logLevel: 'error',
  });
  return () => rmSync(bundles, { recursive: true });
});

/** A hundred reviews with one wrong label, in record 7, and a model that can be kept waiting. */
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'flag-review-label-errors-'));
  const records = Array.from({ length: 100 }, (_, row) => {
    const word = row % 2 === 0 ? 'good' : 'bad';
    return `${word} film,${row === 7 ? 'good' : word}`;
  });
  write('reviews.csv', `text,label\n${records.join('\n')}\n`);
  write(
    'model.mjs',
    `import { appendFileSync, existsSync } from 'node:fs';
    export async function predict(texts) {
      appendFileSync('calls.txt', texts.length + '\\n');
      if (texts.length < 64 && existsSync('wait')) await new Promise((resolve) => setTimeout(resolve, 600_000));
      return texts.map((text) => (text.startsWith('good') ? { good: 0.9, bad: 0.1 } : { good: 0.1, bad: 0.9 }));
    }
    export function broken() { throw new Error('out of memory'); }
    `,
  );
});
afterEach(() => rmSync(cwd, { recursive: true }));

const write = (name: string, text: string): void => writeFileSync(join(cwd, name), text);
const calls = (): string => (existsSync(join(cwd, 'calls.txt')) ? readFileSync(join(cwd, 'calls.txt'), 'utf8') : '');

/** The command as a process of its own. */
function start(...options: readonly string[]) {
  const argv = ['label-errors', 'reviews.csv', '--text', 'text', '--label', 'label', ...options];
  const child = spawn(process.execPath, [join(bundles, 'cli.cjs'), ...argv], { cwd });
  let [output, errors] = ['', ''];
  child.stdout.on('data', (text: Buffer) => (output += text.toString()));
  child.stderr.on('data', (text: Buffer) => (errors += text.toString()));
  const ended = once(child, 'close').then(([status]) => ({ status: status as number | null, output, errors }));
  return { child, ended };
}

it.each([
  [0, ['--fail-above', '1'], ''],
  [1, ['--fail-above', '0'], ''],
  [2, ['--fail-above', '0', '--label', 'kind'], 'reviews.csv has no column "kind"'],
  [2, ['--fail-above', '0', '--model', 'model.mjs:broken'], 'In rows 0 to 63: broken threw Error: out of memory'],
])('ends with %i after %j', async (expected, options, message) => {
  const { status, errors } = await start(...options).ended;
  expect(errors).toContain(message);
  expect(status).toBe(expected);
});

it('goes on where Ctrl+C ended it, and asks the model for nothing twice', async () => {
  write('wait', '');
  const stopped = start('--model', 'model.mjs:predict');
  await expect.poll(() => calls()).toBe('64\n36\n');
  stopped.child.kill('SIGINT');
  expect(await stopped.ended).toEqual({ status: 130, output: '', errors: 'flag-review: The run was stopped.\n' });
  rmSync(join(cwd, 'wait'));
  const { status, output, errors } = await start('--model', 'model.mjs:predict', '--format', 'jsonl').ended;
  expect([status, errors]).toEqual([0, 'The first 64 rows are those of a run that was stopped before.\n']);
  expect(JSON.parse(output)).toMatchObject({ row: 7, given_label: 'good', suggested_label: 'bad' });
  expect(calls()).toBe('64\n36\n36\n');
});
