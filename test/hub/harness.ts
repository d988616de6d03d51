import { HubApiError } from '@huggingface/hub';
import { onTestFinished } from 'vitest';
import { testTokens } from './accounts';
import { startHub, type TestHub } from './hub';
import type { HubOptions } from './state';

export const repo = { type: 'dataset', name: 'ada/sms' } as const;

/** A Hub that stops with the test. */
export async function start(options: HubOptions = {}): Promise<TestHub> {
  const hub = await startHub(options);
  onTestFinished(() => hub.stop());
  return hub;
}

/** What every call of the client needs. */
export function access({ url }: TestHub, accessToken: string = testTokens.write) {
  return { hubUrl: url, accessToken, repo };
}

export function file(path: string, content: string | Uint8Array) {
  return { path, content: new Blob([new Uint8Array(Buffer.from(content))]) };
}

/** Of the answer; undefined when all went well, 0 when there was none. */
export function statusOf(call: Promise<unknown>): Promise<number | undefined> {
  return call.then(
    () => undefined,
    (error: unknown) => (error instanceof HubApiError ? error.statusCode : 0),
  );
}
