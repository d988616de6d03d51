import { createHubClient } from '../../../../../extension/core/hub/client/hubClient';
import { FlagQueue } from '../../../../../extension/core/hub/saver/flagQueue';
import { sendBatch } from '../../../../../extension/core/hub/saver/sendBatch';
import { silentLog } from '../../../../../extension/core/log';

/** A process that sends the flags of a folder, tells that the commit is made, and never gets to note it. */
const [folder = '', endpoint = ''] = process.argv.slice(2);
const { HF_TOKEN: token } = process.env;
const client = createHubClient({ endpoint, token, log: silentLog, userAgent: 'test/1' });
const commit = client.commit.bind(client);
client.commit = async (...request) => {
  await commit(...request);
  process.stdout.write('committed\n');
  return new Promise(() => setInterval(() => undefined, 1000));
};
void sendBatch(new FlagQueue(folder, 'ada/flags'), { connect: () => Promise.resolve(client) });
