import type { Dirent } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { byCodePoint } from '../../labels/tokens';
import { errorCode, ExpectedError, notFound } from '../../errors';
import { cardPath } from '../repository';
import { ignoreRules, ignoresNothing, type IsIgnored } from './ignoreRules';
import { isLfsByName } from './lfsTypes';
import { checkPath, pathsWarning } from './pathRules';
import type { StagingWarning } from './types';

/** A file that a push of its folder may take. */
export interface ListedFile {
  /** Below the folder, with `/`. */
  readonly path: string;
  /** Absolute. */
  readonly file: string;
  /** Bytes. */
  readonly size: number;
}

export interface FolderListing {
  /** Sorted by path; README.md of the folder itself is not among them. */
  readonly files: readonly ListedFile[];
  /** Absolute path of the folder's README.md, which is to become the card; undefined without one. */
  readonly card: string | undefined;
  readonly warnings: readonly StagingWarning[];
}

/** What the Hub takes in one repository, and in one folder of it. */
const mostFiles = 100_000;
const mostEntries = 10_000;
const pack = 'Pack the records into Parquet, which holds images and sounds too, or push a smaller folder.';

/** Of tools, never of a dataset: left out without a word. */
const unsaid = new Set(['.git', '.gitignore', '.gitattributes', '.flag-review', '.DS_Store']);

/** Why something stays behind, as the warning says it. */
const reasons = {
  hidden: 'Left out, since their names begin with a dot',
  tools: 'Left out, since they are installed packages or caches',
  link: 'Left out, since links are not followed',
  special: 'Left out, since they are neither files nor folders',
  ignored: 'Left out, since .gitignore names them',
  empty: 'Left out, since they are empty, which the Hub refuses for files of these types',
} as const;
type Reason = keyof typeof reasons;

/**
 * The files of a folder and of those below it that a push takes: neither hidden ones nor links, nor what `.gitignore`
 * names.
 *
 * @param folder absolute
 * @throws ExpectedError for a name that no repository can have, and for more files than the Hub takes
 */
export async function listFiles(
  folder: string,
  options: { readonly signal?: AbortSignal } = {},
): Promise<FolderListing> {
  const walk = new FolderWalk(folder, options.signal);
  await walk.enter('', ignoresNothing);
  return walk.listing();
}

class FolderWalk {
  private readonly files: ListedFile[] = [];
  private readonly leftOut = new Map<Reason, string[]>();
  private card: string | undefined;

  constructor(
    private readonly folder: string,
    private readonly signal: AbortSignal | undefined,
  ) {}

  /** @param prefix path of the folder, with `/` at its end; empty for the first one */
  async enter(prefix: string, above: IsIgnored): Promise<void> {
    this.signal?.throwIfAborted();
    const directory = join(this.folder, prefix);
    const isIgnored = await ignoreRules(directory, prefix, above);
    const entries = (await entriesOf(directory)).filter((entry) => this.takes(entry, prefix, isIgnored));
    if (entries.length > mostEntries) {
      throw new ExpectedError(
        `${directory} has ${entries.length.toLocaleString('en')} entries; the Hub takes at most 10,000 in a folder.`,
        pack,
      );
    }
    for (const entry of entries) {
      if (entry.isDirectory()) await this.enter(`${prefix}${entry.name}/`, isIgnored);
      else await this.add(`${prefix}${entry.name}`);
    }
  }

  listing(): FolderListing {
    const files = this.files.sort((one, other) => byCodePoint(one.path, other.path));
    const kinds = Object.entries(reasons) as [Reason, string][];
    const warnings = kinds.flatMap(([reason, text]) => {
      const paths = this.leftOut.get(reason) ?? [];
      return pathsWarning('leftOut', `${text} (${paths.length.toLocaleString('en')})`, paths);
    });
    return { files, card: this.card, warnings };
  }

  /** Notes what stays behind, and why. */
  private takes(entry: Dirent, prefix: string, isIgnored: IsIgnored): boolean {
    if (unsaid.has(entry.name)) return false;
    const path = `${prefix}${entry.name}${entry.isDirectory() ? '/' : ''}`;
    const reason = reasonToLeave(entry) ?? (isIgnored(path) ? 'ignored' : undefined);
    if (reason !== undefined) this.leave(reason, path);
    return reason === undefined;
  }

  private async add(path: string): Promise<void> {
    checkPath(path);
    const file = join(this.folder, path);
    if (path === cardPath) {
      this.card = file;
      return;
    }
    const { size } = await lstat(file).catch(
      notFound(`${file} is gone.`, 'Push again when nothing changes the folder.'),
    );
    if (size === 0 && isLfsByName(path)) this.leave('empty', path);
    else if (this.files.push({ path, file, size }) > mostFiles) {
      throw new ExpectedError(
        `${this.folder} has more than 100,000 files; the Hub takes no more in a repository.`,
        pack,
      );
    }
  }

  private leave(reason: Reason, path: string): void {
    const paths = this.leftOut.get(reason);
    if (paths) paths.push(path);
    else this.leftOut.set(reason, [path]);
  }
}

function reasonToLeave(entry: Dirent): Reason | undefined {
  if (entry.isSymbolicLink()) return 'link';
  if (entry.name.startsWith('.')) return 'hidden';
  if (entry.isDirectory()) return ['node_modules', '__pycache__'].includes(entry.name) ? 'tools' : undefined;
  return entry.isFile() ? undefined : 'special';
}

async function entriesOf(directory: string): Promise<Dirent[]> {
  try {
    return await readdir(directory, { withFileTypes: true });
  } catch (error) {
    if (errorCode(error) !== 'ENOENT' && errorCode(error) !== 'EACCES') throw error;
    throw new ExpectedError(
      `The folder ${directory} cannot be read.`,
      'Check that it exists and that you may read it.',
      '',
      {
        cause: error,
      },
    );
  }
}
