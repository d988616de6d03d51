import { build } from 'esbuild';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import {
  chmod,
  chown,
  copyFile,
  lstat,
  mkdir,
  readdir,
  readFile,
  rename,
  stat,
  symlink,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { temporaryOf } from '../../../../../extension/core/review/apply/beside';
import { ChangedError } from '../../../../../extension/core/review/apply/failures';
import { planApply } from '../../../../../extension/core/review/apply/plan';
import { runApply } from '../../../../../extension/core/review/apply/run';
import { planUndo, runUndo } from '../../../../../extension/core/review/apply/undo';
import { undoFolder } from '../../../../../extension/core/review/apply/undoFile';
import { testFiles } from '../../dataset/folder';
import { decisionsOn } from './decisions';

const run = promisify(execFile);
const write = testFiles();
const bundles = mkdtempSync(join(tmpdir(), 'flag-review-applier-'));
const applier = join(bundles, 'applier.cjs');
beforeAll(async () => {
  const entryPoints = [join(import.meta.dirname, 'applier.ts')];
  await build({
    entryPoints,
    outfile: applier,
    bundle: true,
    platform: 'node',
    logLevel: 'error',
    external: ['hyparquet*'],
  });
  return () => rmSync(bundles, { recursive: true });
});

const rows = 3000;
const before = [
  'text,label,id',
  ...Array.from({ length: rows }, (_, row) => `message ${row} ${'x'.repeat(500)},ham,0${row}`),
  '',
].join('\n');
const after = before
  .replace(/^(message 7 .*),ham,/m, '$1,spam,')
  .replace(/^message 2500 .*\n/m, '')
  .replace(/^(message 2999 .*),ham,/m, '$1,spam,');

async function dataset(): Promise<string> {
  const path = await write('data.csv', before);
  return path;
}

const planOf = async (path: string) => {
  const entries = await decisionsOn(path, [
    { row: 7, decision: 'change', label: 'spam' },
    { row: 2500, decision: 'discard' },
    { row: 2999, decision: 'change', label: 'spam' },
  ]);
  return { entries, plan: await planApply({ dataset: path, entries, discard: 'remove' }) };
};

/** What lies beside the dataset; temporary files must not. */
const beside = async (path: string): Promise<string[]> => readdir(dirname(path));
const undos = async (path: string): Promise<string[]> =>
  (await readdir(undoFolder(path))).filter((name) => name !== '.gitignore');

describe('a process that is killed', () => {
  /** Starts the applier, which dies before its step of this number. @returns its steps; undefined when it died */
  async function started(what: string, path: string, entries: string, step: number): Promise<number | undefined> {
    try {
      return Number((await run(process.execPath, [applier, what, path, entries, String(step)])).stdout);
    } catch (error) {
      if ((error as { signal?: string }).signal === 'SIGKILL') return undefined;
      throw error;
    }
  }

  it('leaves the old dataset or the new one at every step, and nothing in the way of the next apply and undo', async () => {
    const path = await dataset();
    const { entries } = await planOf(path);
    const list = await write('entries.json', JSON.stringify(entries));
    let all = 0;
    for (let step = 0; ; step++) {
      const ended = await started('apply', path, list, step);
      const now = await readFile(path, 'utf8');
      expect([before, after]).toContain(now);
      if (now === before) {
        await runApply(await planApply({ dataset: path, entries, discard: 'remove' }));
        expect(await readFile(path, 'utf8')).toBe(after);
      }
      expect(await beside(path)).toEqual(['.flag-review', 'data.csv']);
      await runUndo(await planUndo(path));
      expect(await readFile(path, 'utf8')).toBe(before);
      expect(await undos(path)).toEqual([]);
      if (ended !== undefined) break;
      all++;
    }
    expect(all).toBeGreaterThan(15);
  }, 120_000);

  it('restores the dataset or leaves it at every step of an undo', async () => {
    const path = await dataset();
    const { plan, entries } = await planOf(path);
    const list = await write('entries.json', JSON.stringify(entries));
    await runApply(plan);
    for (let step = 0; ; step++) {
      const ended = await started('undo', path, list, step);
      const now = await readFile(path, 'utf8');
      expect([before, after]).toContain(now);
      if (now === after) await runUndo(await planUndo(path));
      expect(await readFile(path, 'utf8')).toBe(before);
      await expect(planUndo(path)).rejects.toThrow('There is nothing to undo in data.csv.');
      await runApply((await planOf(path)).plan);
      expect(await undos(path)).toHaveLength(1);
      if (ended !== undefined) break;
    }
  }, 120_000);

  it('says that the system allows no file of that size, and leaves the old one', async () => {
    const path = await dataset();
    const { entries } = await planOf(path);
    const list = await write('entries.json', JSON.stringify(entries));
    // Blocks of 1,024 bytes: less than the dataset, which is where a full disk would stop, too.
    const limited = `trap '' XFSZ; ulimit -f 800; exec "$0" "$@"`;
    await expect(run('bash', ['-c', limited, process.execPath, applier, 'apply', path, list, '-1'])).rejects.toThrow(
      /data\.csv was not written: .*EFBIG/,
    );
    expect(await readFile(path, 'utf8')).toBe(before);
    expect(await beside(path)).toEqual(['.flag-review', 'data.csv']);
    expect(await undos(path)).toEqual([]);
  });
});

describe('a dataset that is not what was planned for', () => {
  it.each([
    [
      'replaced',
      async (path: string) => {
        await copyFile(path, `${path}.new`);
        await rename(`${path}.new`, path);
      },
    ],
    ['changed', (path: string) => writeFile(path, before.replace('message 9 ', 'message 9!'))],
    [
      'changed, with its time set back',
      async (path: string) => {
        const { atime, mtime } = await stat(path);
        await writeFile(path, before.replace('message 9 ', 'message 9!'));
        await utimes(path, atime, mtime);
      },
    ],
  ])('is left alone when it was %s, and can be planned for anew', async (_how, change) => {
    const path = await dataset();
    const { plan, entries } = await planOf(path);
    await change(path);
    const changed = await readFile(path, 'utf8');
    await expect(runApply(plan)).rejects.toThrow(ChangedError);
    expect(await readFile(path, 'utf8')).toBe(changed);
    expect(await beside(path)).toEqual(['.flag-review', 'data.csv']);
    expect(await undos(path)).toEqual([]);
    await runApply(await planApply({ dataset: path, entries, discard: 'remove' }));
    expect(await readFile(path, 'utf8')).toBe(
      after.replace('message 9 ', changed.includes('9!') ? 'message 9!' : 'message 9 '),
    );
  });

  it('is not restored when it was changed since', async () => {
    const path = await dataset();
    await runApply((await planOf(path)).plan);
    await writeFile(path, `${after}one more,ham,1\n`);
    await expect(planUndo(path)).rejects.toThrow(/^data\.csv was changed since corrections were applied at .*20\d\d/);
    await writeFile(path, after);
    const plan = await planUndo(path);
    await writeFile(path, `${after}one more,ham,1\n`);
    await expect(runUndo(plan)).rejects.toThrow(ChangedError);
    expect(await readFile(path, 'utf8')).toBe(`${after}one more,ham,1\n`);
  });
});

describe('the file of a dataset', () => {
  it('keeps its permissions, and the link that leads to it', async () => {
    const path = await dataset();
    await chmod(path, 0o640);
    const isRoot = process.getuid?.() === 0;
    if (isRoot) await chown(path, 1234, 4321);
    const link = join(dirname(path), 'link.csv');
    await symlink('data.csv', link);
    const { entries } = await planOf(path);
    const plan = await planApply({ dataset: link, entries, discard: 'remove' });
    expect(plan.notes).toEqual([`link.csv is reached through a link, which stays: ${plan.file} is written.`]);
    await runApply(plan);
    expect((await lstat(link)).isSymbolicLink()).toBe(true);
    const { mode, uid, gid } = await lstat(path);
    expect(mode & 0o777).toBe(0o640);
    expect([uid, gid]).toEqual(isRoot ? [1234, 4321] : [process.getuid?.(), process.getgid?.()]);
    expect(await readFile(path, 'utf8')).toBe(after);
    await runUndo(await planUndo(link));
    expect(await readFile(path, 'utf8')).toBe(before);
  });

  it('is refused when it is read-only', async () => {
    const path = await dataset();
    const { plan } = await planOf(path);
    await chmod(path, 0o444);
    await expect(runApply(plan)).rejects.toThrow('data.csv is read-only.');
    expect(await readFile(path, 'utf8')).toBe(before);
  });

  it('is corrected although a dead process left its temporary files', async () => {
    const path = await dataset();
    await writeFile(temporaryOf(path), 'half');
    await mkdir(undoFolder(path), { recursive: true });
    await writeFile(join(undoFolder(path), 'apply-5.undo.tmp'), '[1,2,');
    await runApply((await planOf(path)).plan);
    expect(await readFile(path, 'utf8')).toBe(after);
    expect(await beside(path)).toEqual(['.flag-review', 'data.csv']);
    expect(await undos(path)).toEqual(['apply-1.undo']);
  });

  it('is as it was when applying is cancelled', async () => {
    const path = await dataset();
    const { plan } = await planOf(path);
    const controller = new AbortController();
    const running = runApply(plan, { signal: controller.signal, onProgress: () => controller.abort() });
    await expect(running).rejects.toThrow('aborted');
    expect(await readFile(path, 'utf8')).toBe(before);
    expect(await beside(path)).toEqual(['.flag-review', 'data.csv']);
    expect(await undos(path)).toEqual([]);
  });

  it('keeps bytes that are no valid text, and labels it cannot write are refused before anything is written', async () => {
    const bytes = Buffer.from('text,label,id\n\xff\xfe,ham,\xc3\n\xe9t\xe9,ham,2\n', 'latin1');
    const path = await write('data.csv', Buffer.concat([bytes, Buffer.alloc(100_000, 'a,ham,1\n')]));
    const entries = await decisionsOn(path, [{ row: 1, decision: 'change', label: 'spam €' }]);
    await runApply(await planApply({ dataset: path, entries, discard: 'remove' }));
    const expected = bytes.toString('latin1').replace('\xe9t\xe9,ham', '\xe9t\xe9,spam \x80');
    expect((await readFile(path)).subarray(0, expected.length).toString('latin1')).toBe(expected);
    const wrong = await decisionsOn(path, [{ row: 1, decision: 'change', label: 'spam ✓' }]);
    await expect(planApply({ dataset: path, entries: wrong, discard: 'remove' })).rejects.toThrow(
      'The label "spam ✓" cannot be written in windows-1252, which has no “✓”. Nothing was changed.',
    );
  });
});
