/**
 * A test Hub as a process of its own: `node dist/test/hub.cjs [--multipart-from BYTES] [--repository ID]…` prints its
 * addresses and tokens as one line of JSON. For each line that it reads it prints what came in since the one before; it
 * ends with its input.
 */
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { testTokens } from './accounts';
import { startHub } from './hub';

const { values } = parseArgs({
  options: { 'multipart-from': { type: 'string' }, repository: { type: 'string', multiple: true, default: [] } },
});

async function main(): Promise<void> {
  const multipartFrom = values['multipart-from'];
  const hub = await startHub(multipartFrom === undefined ? {} : { multipartFrom: Number(multipartFrom) });
  for (const id of values.repository) hub.addRepository(id);
  console.log(JSON.stringify({ url: hub.url, storageUrl: hub.storageUrl, tokens: testTokens }));
  for await (const line of createInterface({ input: process.stdin })) {
    const requests = hub.requests.splice(0);
    const bytes = requests.reduce((sum, { received }) => sum + received, 0);
    console.log(JSON.stringify({ asked: line, requests: requests.length, bytes }));
  }
  await hub.stop();
}

void main();
