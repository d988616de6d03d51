import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { nothingThere } from '../../errors';
import type { HubClient, HubOptions } from '../client/types';
import { HubError } from '../hubError';
import { stageFile } from '../staging/stageFile';
import { safePath } from './safePath';
import type { PullPlan, SplitFile } from './types';

type Source = Pick<PullPlan, 'repo' | 'commit' | 'folder'>;

/**
 * Downloads a file of a repository beside its place, goes on where an earlier attempt stopped, and puts it into its place
 * once it is whole and has the hash that the Hub promises.
 *
 * @throws HubError when what came is not what the Hub promised
 */
export async function fetchFile(
  client: HubClient,
  source: Source,
  file: SplitFile,
  options: HubOptions,
): Promise<void> {
  const target = safePath(source.folder, file.path);
  // The part is named by its content, so that none of another version is gone on with.
  const part = join(dirname(target), `.${basename(target).slice(0, 100)}.${file.oid.slice(0, 12)}.part`);
  await mkdir(dirname(target), { recursive: true });
  for (let isLast = false; ; isLast = true) {
    await receive(client, source, file, part, options);
    if (await isWhole(part, file, options)) break;
    await rm(part, { force: true });
    if (isLast) {
      throw new HubError(
        'unreachable',
        `${file.path} arrived damaged, twice.`,
        'Check the connection, and pull again.',
      );
    }
  }
  await rename(part, target);
}

/** Whether a file on this disk is the one of the repository. */
export async function isWhole(path: string, file: SplitFile, { signal }: HubOptions): Promise<boolean> {
  const size = (await stat(path).catch(nothingThere))?.size;
  if (size !== file.size) return false;
  const { oid, sha256 } = await stageFile(file.path, path, signal && { signal });
  return file.sha256 === undefined ? oid === file.oid : sha256 === file.sha256;
}

async function receive(
  client: HubClient,
  { repo, commit }: Source,
  { path, size }: SplitFile,
  part: string,
  options: HubOptions,
): Promise<void> {
  const handle = await open(part, 'a');
  try {
    const { size: from } = await handle.stat();
    options.onBytes?.(Math.min(from, size));
    if (from >= size) return;
    let at = from;
    for await (const chunk of client.download(repo, commit, path, { ...options, from })) {
      await handle.writeFile(chunk);
      at += chunk.length;
      // What has no end must not fill the disk: it is not the file that was promised.
      if (at > size) break;
    }
    await handle.sync();
  } finally {
    await handle.close();
  }
}
