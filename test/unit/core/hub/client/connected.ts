import { createHubClient, type HubClientOptions } from '../../../../../extension/core/hub/client/hubClient';
import type { CommitRequest, HubClient, HubOptions } from '../../../../../extension/core/hub/client/types';
import type { Log } from '../../../../../extension/core/log';
import { testTokens } from '../../../../hub/accounts';
import { startHub, type TestHub } from '../../../../hub/hub';
import type { HubOptions as TestHubOptions } from '../../../../hub/state';

/** A client at a test Hub, and all that it told. */
export interface Connected extends AsyncDisposable {
  readonly hub: TestHub;
  readonly client: HubClient;
  /** How long it waited each time instead of the test, ms. */
  readonly waits: number[];
  /** What people were told meanwhile. */
  readonly messages: string[];
  /** Every line of its log. */
  readonly log: string[];
  /** Bytes that `onBytes` was told of, in total. */
  sent: number;
  /** Records all of these. */
  readonly options: HubOptions;
}

/** A test Hub with the repository `ada/sms`, and a client of ada's, who may write there. */
export async function connect(
  options: Partial<HubClientOptions> = {},
  hubOptions: TestHubOptions = {},
): Promise<Connected> {
  const hub = await startHub(hubOptions);
  hub.addRepository('ada/sms');
  const waits: number[] = [];
  const log: string[] = [];
  const messages: string[] = [];
  const client = createHubClient({
    endpoint: hub.url,
    token: testTokens.write,
    log: recordingLog(log),
    userAgent: 'flag-review/test',
    wait: (ms, signal) => {
      waits.push(ms);
      return signal?.aborted ? Promise.reject(signal.reason as Error) : Promise.resolve();
    },
    ...options,
  });
  const connected: Connected = {
    ...{ hub, client, waits, messages, log, sent: 0 },
    options: {
      onBytes: (bytes) => (connected.sent += bytes),
      onWait: (message) => void messages.push(message),
    },
    [Symbol.asyncDispose]: () => hub.stop(),
  };
  return connected;
}

/** A commit of these files to the head of the main branch of `ada/sms`. */
export function commitOf(
  { hub }: Connected,
  files: Readonly<Record<string, Uint8Array | string>>,
  more: Partial<CommitRequest> = {},
): CommitRequest {
  const operations = Object.entries(files).map(
    ([path, content]) => ({ kind: 'put', path, content: { bytes: Buffer.from(content) } }) as const,
  );
  return {
    repo: 'ada/sms',
    branch: 'main',
    parentCommit: hub.repository('ada/sms').at().oid,
    title: 'Add files',
    operations,
    ...more,
  };
}

function recordingLog(lines: string[]): Log {
  const write = (line: string | Error): void => void lines.push(String(line));
  return { trace: write, debug: write, info: write, warn: write, error: write };
}

/** What a call fails with. @throws Error when it does not fail */
export async function failureOf(call: Promise<unknown>): Promise<unknown> {
  const outcome = await call.then(
    () => ({ failed: false as const }),
    (error: unknown) => ({ failed: true as const, error }),
  );
  if (!outcome.failed) throw new Error('It should have failed.');
  return outcome.error;
}

export async function collect<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
}
