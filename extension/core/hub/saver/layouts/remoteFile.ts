import { hubFailureOf } from '../../hubError';
import type { SaverRemote } from './types';

/** The content of a file of the repository; undefined when there is none. */
export async function remoteFile(
  { client, target, commit, options }: SaverRemote,
  path: string,
): Promise<Buffer | undefined> {
  const chunks: Uint8Array[] = [];
  try {
    for await (const chunk of client.download(target.repo, commit, path, options)) chunks.push(chunk);
  } catch (error) {
    if (hubFailureOf(error) === 'missing') return undefined;
    throw error;
  }
  return Buffer.concat(chunks);
}
