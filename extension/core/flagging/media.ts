import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { copyFile, lstat, mkdir, open, readdir, rm, rmdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { errorCode, ExpectedError, isNotFound, messageOf } from '../errors';
import type { LogDialect } from './format/era';
import { mediaCell, mediaSegments, type FlaggingDirectory } from './format/media';
import type { Attachment } from './format/row';
import type { HeldLock } from './lock';

/** Attachments that lie beside the log. */
export interface StoredMedia {
  /** The text that stands for each in its cell. */
  readonly cells: readonly string[];
  /** Absolute, in the same order. */
  readonly files: readonly string[];
}

/**
 * Copies the files of a row beside its log. When one fails, those before it are removed again.
 *
 * @throws ExpectedError naming the file that could not be copied
 */
export async function storeMedia(
  attachments: readonly Attachment[],
  dialect: LogDialect,
  directory: FlaggingDirectory,
  lock: HeldLock,
): Promise<StoredMedia> {
  const cells: string[] = [];
  const files: string[] = [];
  try {
    for (const attachment of attachments) {
      const segments = await claim(attachment, dialect, directory.absolute);
      const path = join(directory.absolute, ...segments);
      files.push(path);
      await lock.note({ media: path });
      await fill(path, attachment, cells.slice(earlierOf(attachments, cells.length)));
      cells.push(mediaCell(segments, dialect, directory));
    }
  } catch (error) {
    await removeMedia(files, directory.absolute);
    throw error;
  }
  return { cells, files };
}

/** Removes files of a row and the folders that are empty without them, never the flagging directory itself. */
export async function removeMedia(files: readonly string[], flaggingDir: string): Promise<void> {
  for (const file of files) {
    await rm(file, { force: true });
    for (
      let folder = dirname(file);
      folder !== flaggingDir && folder.startsWith(flaggingDir);
      folder = dirname(folder)
    ) {
      try {
        await rmdir(folder);
      } catch {
        break; // it holds the files of other rows
      }
    }
  }
}

/** An attachment made of text may name the attachments of its own component that stand before it. */
function earlierOf(attachments: readonly Attachment[], index: number): number {
  const own = attachments[index]?.directory;
  const first = attachments.findIndex(({ directory }) => directory === own);
  return Math.min(first, index);
}

/** Makes an empty file under a name that nobody else has. */
async function claim(attachment: Attachment, dialect: LogDialect, flaggingDir: string): Promise<string[]> {
  const component = join(flaggingDir, attachment.directory);
  await makePlainFolder(component);
  for (let number = await nextNumber(component); ; number++) {
    const segments = mediaSegments(attachment, dialect, { number, random: randomDigits });
    const path = join(flaggingDir, ...segments);
    await mkdir(dirname(path), { recursive: true });
    try {
      await (await open(path, 'wx')).close();
      return segments;
    } catch (error) {
      if (errorCode(error) !== 'EEXIST') throw error;
    }
  }
}

/** Makes a folder unless it is there. A link in its place could lead the copies out of the flagging directory. */
export async function makePlainFolder(path: string): Promise<void> {
  await mkdir(path, { recursive: true }).catch((error: unknown) => {
    if (errorCode(error) !== 'EEXIST') throw error;
  });
  const found = await lstat(path);
  if (!found.isDirectory()) {
    throw new ExpectedError(
      `${path} is not a folder, so no file can be saved in it.`,
      'Move it away, then flag again.',
    );
  }
}

/** One more than the highest number there: a number that was freed by an undo in between is not used again. */
async function nextNumber(folder: string): Promise<number> {
  const numbers = (await readdir(folder)).map((name) => Number(/^\d+/.exec(name)?.[0] ?? -1));
  return numbers.reduce((highest, number) => Math.max(highest, number), -1) + 1;
}

async function fill(path: string, { source }: Attachment, earlier: readonly string[]): Promise<void> {
  if (!('file' in source)) {
    const file = await open(path, 'w');
    await file.writeFile(source.text(earlier)).finally(() => file.close());
    return;
  }
  try {
    await copyFile(source.file, path, constants.COPYFILE_FICLONE);
  } catch (error) {
    throw notCopied(source.file, error);
  }
}

/** Why a file is not beside the log. */
export function notCopied(file: string, cause: unknown): ExpectedError {
  const why = isNotFound(cause) ? 'it is no longer there' : messageOf(cause);
  return new ExpectedError(`The file ${file} could not be saved beside the log: ${why}.`, '', '', { cause });
}

export function randomDigits(digits: number): string {
  return randomBytes(Math.ceil(digits / 2))
    .toString('hex')
    .slice(0, digits);
}
