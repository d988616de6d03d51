import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import type { ComponentKind } from '../../extension/core/demo/components';
import { fileData } from '../../extension/core/demo/fileData';
import { createLogger } from '../../extension/core/flagging/loggers';
import { createHubClient } from '../../extension/core/hub/client/hubClient';
import type { HubClient } from '../../extension/core/hub/client/types';
import type { PushPlan, PushRequest } from '../../extension/core/hub/plan/types';
import { isUpToDate } from '../../extension/core/hub/plan/types';
import { planPull } from '../../extension/core/hub/pull/planPull';
import { findRemoteDataset } from '../../extension/core/hub/pull/remoteDataset';
import { runPull } from '../../extension/core/hub/pull/runPull';
import { preparePush } from '../../extension/core/hub/push/preparePush';
import { runPush } from '../../extension/core/hub/push/runPush';
import type { RepositoryId } from '../../extension/core/hub/repository';
import { silentLog } from '../../extension/core/log';
import { testTokens } from '../hub/accounts';

export { startHub } from '../hub/hub';
export { testTokens };

const usual: Omit<PushRequest, 'source' | 'repo' | 'format'> = {
  visibility: 'private',
  branch: undefined,
  pullRequest: false,
  splitColumn: undefined,
  labelColumn: undefined,
  withReview: false,
  title: undefined,
  card: undefined,
  cardFields: {},
};

/**
 * Pushes as the product does.
 *
 * @param endpoint of the Hub
 * @param work an existing folder for what the push makes
 * @returns the plan; nothing was sent where it is up to date
 */
export async function push(
  endpoint: string,
  work: string,
  request: Partial<PushRequest> & Pick<PushRequest, 'source' | 'repo' | 'format'>,
): Promise<PushPlan> {
  const client = clientOf(endpoint);
  const folder = await mkdtemp(join(work, 'staged-'));
  const plan = await preparePush({ ...usual, ...request }, client, { folder });
  if (!isUpToDate(plan)) await runPush(plan, client, { journal: join(folder, 'journal') });
  return plan;
}

/**
 * Flags samples into a new directory, as the product does.
 *
 * @param kinds of the components, by their labels
 * @param samples payloads in the order of the components; of an image its path, absolute
 */
export async function flag(
  directory: string,
  kinds: Readonly<Record<string, ComponentKind>>,
  samples: readonly (readonly unknown[])[],
): Promise<void> {
  const logger = createLogger('CSVLogger', { format: 'guide', flaggingDirAsGiven: directory, hasOptions: true });
  const components = Object.entries(kinds).map(([label, kind]) => ({ label, kind }));
  await logger.setup(components, directory);
  for (const sample of samples) {
    const data = sample.map((value, at) => (components[at]?.kind === 'image' ? fileData(String(value)) : value));
    await logger.record({ data, option: 'wrong', username: null });
  }
}

/** Pulls all splits as the product does. */
export async function pull(endpoint: string, folder: string, repo: RepositoryId): Promise<void> {
  const client = clientOf(endpoint);
  const dataset = await findRemoteDataset(client, repo, 'main');
  await runPull(planPull(endpoint, dataset, dataset.splits, folder), client);
}

function clientOf(endpoint: string): HubClient {
  return createHubClient({ endpoint, token: testTokens.write, log: silentLog, userAgent: 'conformance' });
}
