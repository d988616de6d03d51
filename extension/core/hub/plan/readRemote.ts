import { ExpectedError } from '../../errors';
import { decodeCard } from '../card/decodeCard';
import type { HubClient, HubOptions, HubRepository } from '../client/types';
import { hubFailureOf } from '../hubError';
import { sizeText } from '../../sizeText';
import { cardPath } from '../repository';
import type { PushRequest, RemoteFile, RemoteState } from './types';

/** Bytes of a card that is read; the longest ones of the Hub have a tenth of it. */
const largestCard = 10_000_000;

/** What stands in a repository now: its head, all files, and its card. */
export async function readRemote(
  client: HubClient,
  { repo, branch = 'main' }: Pick<PushRequest, 'repo' | 'branch'>,
  options?: HubOptions,
): Promise<RemoteState> {
  const { endpoint } = client;
  const atBranch = await repositoryAt(client, repo, branch, options);
  const found = atBranch ?? (branch === 'main' ? undefined : await repositoryAt(client, repo, 'main', options));
  const files = new Map<string, RemoteFile>();
  const nothing = { endpoint, exists: false, branchExists: false, commit: undefined, visibility: undefined, files };
  if (!found) return { ...nothing, card: undefined };
  const { commit, visibility } = found;
  for await (const { path, size, oid, sha256 } of client.files(repo, commit, options)) {
    files.set(path, { size, oid, sha256 });
  }
  const present = files.get(cardPath);
  const card = present && (await cardText(client.download(repo, commit, cardPath, options), present.size));
  return { endpoint, exists: true, branchExists: atBranch !== undefined, commit, visibility, files, card };
}

/** A revision that is not there is a failure of some Hubs, and nothing for others. */
async function repositoryAt(
  client: HubClient,
  repo: PushRequest['repo'],
  revision: string,
  options?: HubOptions,
): Promise<HubRepository | undefined> {
  try {
    return await client.repository(repo, revision, options);
  } catch (error) {
    if (hubFailureOf(error) === 'missing') return undefined;
    throw error;
  }
}

async function cardText(chunks: AsyncIterable<Uint8Array>, size: number): Promise<string> {
  if (size > largestCard) {
    throw new ExpectedError(
      `README.md in the repository has ${sizeText(size)}, which is no card.`,
      'Replace it by a shorter one.',
    );
  }
  const pieces: Uint8Array[] = [];
  for await (const chunk of chunks) pieces.push(chunk);
  return decodeCard(Buffer.concat(pieces), 'README.md in the repository');
}
