import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { listFiles } from '../../../../../extension/core/hub/staging/listFiles';
import { checkPath, pathWarnings } from '../../../../../extension/core/hub/staging/pathRules';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'flag-review-list-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function write(files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    const file = join(folder, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  }
}

const pathsOf = async () => (await listFiles(folder)).files.map(({ path }) => path);
const messagesOf = async () => (await listFiles(folder)).warnings.map(({ message }) => message);

describe('the files of a folder', () => {
  it('are all that is of the dataset, sorted, with their sizes', async () => {
    await write({ 'b.csv': 'ab', 'a#b?c%20d é 🎉.txt': '', 'data/x/1.txt': '1', 'README.md': '# x' });
    const listing = await listFiles(folder);
    expect(listing.files.map(({ path, size }) => [path, size])).toEqual([
      ['a#b?c%20d é 🎉.txt', 0],
      ['b.csv', 2],
      ['data/x/1.txt', 1],
    ]);
    expect(listing.files[1]?.file).toBe(join(folder, 'b.csv'));
    expect(listing.card).toBe(join(folder, 'README.md'));
    expect(listing.warnings).toEqual([]);
  });

  it('are without git, locks and packages; hidden ones are named', async () => {
    await write({
      'a.csv': '1',
      '.git/config': '',
      '.flag-review/a.csv/ada.jsonl': '',
      'node_modules/x/index.js': '',
      '.env': 'HF_TOKEN=hf_x',
      'sub/.cache/x': '',
    });
    expect(await pathsOf()).toEqual(['a.csv']);
    expect(await messagesOf()).toEqual([
      'Left out, since their names begin with a dot (2): ".env", "sub/.cache/".',
      'Left out, since they are installed packages or caches (1): "node_modules/".',
    ]);
  });

  it('never come from behind a link', async () => {
    await write({ 'a.csv': '1', 'real/b.csv': '1' });
    await symlink(join(folder, 'real'), join(folder, 'linked'));
    await symlink('/etc/hostname', join(folder, 'host'));
    expect(await pathsOf()).toEqual(['a.csv', 'real/b.csv']);
    expect(await messagesOf()).toEqual(['Left out, since links are not followed (2): "host", "linked".']);
  });

  it('are not those that a .gitignore of the folder names, the deepest one first', async () => {
    await write({
      '.gitignore': '*.log\n/build/\n!keep.log\n',
      'a.log': '1',
      'keep.log': '1',
      'build/x.csv': '1',
      'sub/build/y.csv': '1',
      'sub/.gitignore': '!b.log\nkeep.log\n',
      'sub/b.log': '1',
      'sub/keep.log': '1',
    });
    expect(await pathsOf()).toEqual(['keep.log', 'sub/b.log', 'sub/build/y.csv']);
    expect(await messagesOf()).toEqual([
      'Left out, since .gitignore names them (3): "a.log", "build/", "sub/keep.log".',
    ]);
  });

  it('may be empty, but not where the Hub would put nothing into LFS', async () => {
    await write({ 'a.csv': '', 'b.png': '' });
    expect(await pathsOf()).toEqual(['a.csv']);
    expect(await messagesOf()).toEqual([expect.stringContaining('(1): "b.png".')]);
  });

  it('have names that every system can have', async () => {
    await write({ 'a\\b.csv': '1' });
    await expect(listFiles(folder)).rejects.toThrow('"a\\\\b.csv" cannot be pushed: its name has a backslash');
  });

  it('are not looked for when it was cancelled, or there is no folder', async () => {
    await expect(listFiles(folder, { signal: AbortSignal.abort(new Error('enough')) })).rejects.toThrow('enough');
    await expect(listFiles(join(folder, 'gone'))).rejects.toThrow('cannot be read');
  });

  it('are not more than the Hub takes in one folder', async () => {
    for (let at = 0; at <= 10_000; at += 500) {
      await Promise.all(Array.from({ length: 500 }, (_, index) => writeFile(join(folder, `${at + index}.txt`), '')));
    }
    await expect(listFiles(folder)).rejects.toThrow(/10,500 entries.*Pack the records into Parquet/s);
  });
});

describe('a path in a repository', () => {
  it.each(['../a', 'a/../b', 'a//b', './a', 'a\u0000b', 'a\nb', 'a\\b', '.git/config', ''])('is not %j', (path) => {
    expect(() => checkPath(path)).toThrow('cannot be pushed');
  });

  it.each(['a b#%?é.csv', 'data/🎉/x..y', '.gitattributes'])('is %j', (path) => {
    expect(() => checkPath(path)).not.toThrow();
  });

  it('is warned of where another machine cannot keep it', () => {
    const warnings = pathWarnings(['A.csv', 'a.csv', 'e\u0301', '\u00e9', 'b', 'x'.repeat(201)]);
    expect(warnings.map(({ kind, paths }) => [kind, paths])).toEqual([
      ['caseCollision', ['A.csv', 'a.csv', 'e\u0301', '\u00e9']],
      ['fileLimit', ['x'.repeat(201)]],
    ]);
  });
});
