import { join, resolve } from 'node:path';
import { createLogger } from '../../extension/core/flagging/loggers';
import { createHubClient } from '../../extension/core/hub/client/hubClient';
import { FlagQueue } from '../../extension/core/hub/saver/flagQueue';
import { HubSaver } from '../../extension/core/hub/saver/hubSaver';
import { sendBatch } from '../../extension/core/hub/saver/sendBatch';
import type { SaverTarget } from '../../extension/core/hub/saver/types';
import { silentLog } from '../../extension/core/log';
import { testTokens } from '../hub/accounts';
import { readPayload, type Case } from './ours';

export { startHub } from '../hub/hub';
export { testTokens };

/** A case that is flagged into a repository. */
export interface SavedCase extends Omit<Case, 'logger'> {
  readonly repo: SaverTarget['repo'];
  readonly layout: SaverTarget['layout'];
  /** Whether the flags of a session wait until all of them go into one commit. */
  readonly together: boolean;
}

/** What `HuggingFaceDatasetSaver` of `gradio_log.py` does, as the product does it. */
export async function saveCase(endpoint: string, one: SavedCase): Promise<void> {
  const { cwd, dir, repo, layout, components, sessions, together } = one;
  const client = createHubClient({ endpoint, token: testTokens.write, log: silentLog, userAgent: 'conformance' });
  const folder = resolve(cwd, dir);
  const target: SaverTarget = { repo, layout, visibility: 'private', infoFilename: 'dataset_info.json' };
  for (const session of sessions) {
    const local = createLogger('CSVLogger', { format: 'guide', flaggingDirAsGiven: join(dir), hasOptions: false });
    const saver = new HubSaver(local, { target, log: silentLog, onQueued: () => undefined });
    await saver.setup(components, folder);
    const queue = new FlagQueue(folder, repo);
    const send = (): Promise<number> => sendBatch(queue, { connect: () => Promise.resolve(client) });
    for (const flag of session) {
      await saver.record({ ...flag, data: flag.data.map(readPayload) });
      if (!together) await send();
    }
    while ((await send()) > 0);
  }
}
