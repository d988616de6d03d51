import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { ExpectedError, isNotFound, messageOf } from '../../errors';
import { openForReading, readAt } from '../../readAt';

/** A commit that touched a file. */
export interface FileCommit {
  /** Its whole hash. */
  readonly commit: string;
  readonly subject: string;
  readonly author: string;
  /** ISO 8601. */
  readonly time: string;
}

const run = promisify(execFile);
const fieldEnd = '\u001f';
const pointerStart = 'version https://git-lfs.github.com/spec/';

/**
 * The last commits that touched a file, newest first.
 *
 * @param file absolute
 * @throws ExpectedError when git is missing, or the file is in no repository
 */
export async function commitsOf(file: string, most: number): Promise<readonly FileCommit[]> {
  const format = `--format=${['%H', '%aI', '%an', '%s'].join('%x1f')}`;
  const printed = await git(file, ['log', `--max-count=${most}`, format, '--', `./${basename(file)}`]);
  return printed
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [commit = '', time = '', author = '', ...subject] = line.split(fieldEnd);
      return { commit, time, author, subject: subject.join(fieldEnd) };
    });
}

/**
 * Writes a file as it was at a revision into a folder, under its own name; nothing holds all of it.
 *
 * @param file absolute
 * @param revision as git reads one: `HEAD`, `main~2`, a tag, a hash
 * @returns the path of the copy
 * @throws ExpectedError when there is no such revision, it does not have the file, or git is missing
 */
export async function fileAtRevision(
  file: string,
  revision: string,
  folder: string,
  signal?: AbortSignal,
): Promise<string> {
  const name = basename(file);
  const copy = join(folder, name);
  const object = `${await commitOf(file, revision)}:./${name}`;
  const child = spawn('git', ['-C', dirname(file), 'show', object], { signal, stdio: ['ignore', 'pipe', 'pipe'] });
  const closed: Promise<unknown[]> = once(child, 'close');
  const said: Buffer[] = [];
  child.stderr.on('data', (piece: Buffer) => said.push(piece));
  try {
    const [[status]] = await Promise.all([closed, pipeline(child.stdout, createWriteStream(copy))]);
    if (status !== 0) {
      const details = Buffer.concat(said).toString();
      throw new ExpectedError(`${name} cannot be read at ${revision}.`, 'Choose a commit that has it.', details);
    }
    await refusePointer(copy, name, revision);
    return copy;
  } catch (error) {
    await rm(copy, { force: true });
    signal?.throwIfAborted();
    throw asExpected(error, name);
  }
}

async function commitOf(file: string, revision: string): Promise<string> {
  // What begins with a hyphen is an option to git, and a colon names a file.
  const isPlain = revision !== '' && !/^-|[:\s\p{Cc}]/u.test(revision);
  const found = isPlain
    ? await git(file, ['rev-parse', '--verify', '--quiet', `${revision}^{commit}`]).catch((error: unknown) => {
        if (error instanceof ExpectedError) throw error;
        return '';
      })
    : '';
  if (found.trim() !== '') return found.trim();
  throw new ExpectedError(
    `${JSON.stringify(revision)} is no revision of the repository of ${basename(file)}.`,
    'Give a commit, a branch or a tag.',
  );
}

/** It is run with `-C`, so that no program of the folder is taken for git. @throws Error when git ends with an error */
async function git(file: string, args: readonly string[]): Promise<string> {
  try {
    return (await run('git', ['-C', dirname(file), ...args], { maxBuffer: 1 << 26 })).stdout;
  } catch (error) {
    throw asExpected(error, basename(file));
  }
}

function asExpected(error: unknown, name: string): unknown {
  if (isNotFound(error))
    return new ExpectedError('git was not found.', 'Install it, or compare two files.', messageOf(error));
  const said = error instanceof Error && 'stderr' in error ? String(error.stderr) : '';
  if (/not a git repository/i.test(said))
    return new ExpectedError(`${name} is in no git repository.`, 'Compare it with another file.', said);
  return error;
}

/** The repository holds no more than the address of a large file. */
async function refusePointer(copy: string, name: string, revision: string): Promise<void> {
  const file = await openForReading(copy);
  try {
    const head = await readAt(file, 0, pointerStart.length);
    if (head.toString('latin1') !== pointerStart) return;
  } finally {
    await file.close();
  }
  throw new ExpectedError(
    `git keeps ${name} at ${revision} outside the repository, in Git LFS.`,
    'Check that revision out in another folder, and compare the two files.',
  );
}
