import { access, constants, open, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Stats } from 'node:fs';
import { errorCode, ExpectedError } from '../../errors';

/** Where the new content of a file is gathered: in the same folder, so that a rename is all or nothing. */
export function temporaryOf(file: string): string {
  return join(dirname(file), `.${basename(file)}.flag-review.tmp`);
}

/**
 * Writes a file beside itself and puts it in its place; the old one is there until then. Permissions and, as far as the
 * system allows, the owner are kept. What a process that died left behind is removed.
 *
 * @param write fills the new file
 * @param ready the last moment before the new file takes the place of the old one
 * @throws ExpectedError when the file is read-only, or its group cannot be kept
 */
export async function replaceBytes(
  file: string,
  write: (sink: FileHandle) => Promise<void>,
  ready: () => Promise<void>,
): Promise<void> {
  const temporary = temporaryOf(file);
  const stats = await writable(file);
  await rm(temporary, { force: true });
  try {
    const sink = await open(temporary, 'wx', 0o600);
    try {
      await write(sink);
      await keepRights(sink, stats, file);
      await sink.sync();
    } finally {
      await sink.close();
    }
    await ready();
    await rename(temporary, file);
  } finally {
    await rm(temporary, { force: true });
  }
  await syncFolder(dirname(file));
}

/** What the folder says of its files reaches the disk. */
export async function syncFolder(folder: string): Promise<void> {
  // Windows opens no folders, and keeps renames in its journal.
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** A rename would replace a read-only file without a word. */
async function writable(file: string): Promise<Stats> {
  const stats = await stat(file);
  const isReadOnly = (stats.mode & 0o222) === 0 || !(await mayWrite(file));
  if (!isReadOnly) return stats;
  throw new ExpectedError(`${basename(file)} is read-only.`, 'Allow writing to it first. Nothing was changed.');
}

async function mayWrite(file: string): Promise<boolean> {
  try {
    await access(file, constants.W_OK);
    return true;
  } catch (error) {
    if (errorCode(error) === 'EACCES' || errorCode(error) === 'EPERM') return false;
    throw error;
  }
}

async function keepRights(sink: FileHandle, { uid, gid, mode }: Stats, file: string): Promise<void> {
  const own = await sink.stat();
  // Only root may give files away; the group is what others of a shared folder need.
  if (own.uid !== uid && !(await changedOwner(sink, uid, gid)) && !(await changedOwner(sink, own.uid, gid))) {
    throw new ExpectedError(
      `${basename(file)} belongs to a group that you are not in. Nothing was changed.`,
      'Ask its owner to apply the corrections.',
    );
  }
  if (own.uid === uid && own.gid !== gid) await changedOwner(sink, uid, gid);
  await sink.chmod(mode & 0o7777);
}

async function changedOwner(sink: FileHandle, uid: number, gid: number): Promise<boolean> {
  try {
    await sink.chown(uid, gid);
    return true;
  } catch (error) {
    if (errorCode(error) === 'EPERM' || errorCode(error) === 'EINVAL') return false;
    throw error;
  }
}
