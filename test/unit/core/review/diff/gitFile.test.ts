import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { commitsOf, fileAtRevision } from '../../../../../extension/core/review/diff/gitFile';

let root: string;
let file: string;
let copies: string;
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'flag-review-git-')));
  copies = join(root, 'copies');
  mkdirSync(copies);
  mkdirSync(join(root, 'repository', 'data; touch owned'), { recursive: true });
  file = join(root, 'repository', 'data; touch owned', 'a b.csv');
});
afterEach(() => rmSync(root, { recursive: true }));

function git(...args: readonly string[]): string {
  const identity = ['-c', 'user.name=Ana', '-c', 'user.email=ana@example.org', '-c', 'commit.gpgsign=false'];
  return execFileSync('git', [...identity, ...args], { cwd: join(root, 'repository'), encoding: 'utf8' });
}

function commit(content: string | Buffer, subject: string): void {
  writeFileSync(file, content);
  git('add', '--all');
  git('commit', '--quiet', '-m', subject);
}

describe('a file of a git repository', () => {
  beforeEach(() => git('init', '--quiet'));

  it('is copied byte for byte as it was at a revision', async () => {
    const bytes = Buffer.from(Array.from({ length: 300_000 }, (_, at) => (at * 7) % 256));
    commit(bytes, 'Add');
    commit('changed', 'Change');
    const copy = await fileAtRevision(file, 'HEAD~1', copies);
    expect(copy).toBe(join(copies, 'a b.csv'));
    expect(readFileSync(copy).equals(bytes)).toBe(true);
  });

  it('has a history, newest first', async () => {
    commit('1', 'Add the data');
    commit('2', 'Relabel: "spam" -> ham');
    const commits = await commitsOf(file, 10);
    expect(commits.map(({ subject, author }) => [subject, author])).toEqual([
      ['Relabel: "spam" -> ham', 'Ana'],
      ['Add the data', 'Ana'],
    ]);
    expect(commits[0]?.commit).toMatch(/^[0-9a-f]{40}$/);
    expect(await commitsOf(file, 1)).toHaveLength(1);
  });

  it.each(['--output=owned', 'HEAD:other.csv', 'HEAD^{tree} ', '', 'nowhere', 'a\nb', '$(touch owned)'])(
    'is not read at %j',
    async (revision) => {
      commit('1', 'Add');
      await expect(fileAtRevision(file, revision, copies)).rejects.toThrow(
        'is no revision of the repository of a b.csv',
      );
      expect(existsSync(join(root, 'repository', 'owned'))).toBe(false);
    },
  );

  it('is said to be missing at a revision, and leaves no copy then', async () => {
    writeFileSync(join(root, 'repository', 'first'), '');
    git('add', '--all');
    git('commit', '--quiet', '-m', 'First');
    commit('1', 'Add');
    await expect(fileAtRevision(file, 'HEAD~1', copies)).rejects.toThrow('a b.csv cannot be read at HEAD~1.');
    expect(existsSync(join(copies, 'a b.csv'))).toBe(false);
  });

  it('is not mistaken for its pointer in Git LFS', async () => {
    commit('version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12\n', 'Add');
    await expect(fileAtRevision(file, 'HEAD', copies)).rejects.toThrow('in Git LFS');
  });
});

it('is said to be in no repository', async () => {
  writeFileSync(file, '1');
  await expect(commitsOf(file, 1)).rejects.toThrow('a b.csv is in no git repository.');
  await expect(fileAtRevision(file, 'HEAD', copies)).rejects.toThrow('a b.csv is in no git repository.');
});
