import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import {
  awaitToken,
  refresh,
  requestDeviceCode,
  type DeviceClient,
} from '../../../../../extension/core/hub/tokens/deviceFlow';
import { startHub, type TestHub } from '../../../../hub/hub';

let hub: TestHub;
let client: DeviceClient;

beforeEach(async () => {
  hub = await startHub({ device: { interval: 0.01, expiresIn: 60 } });
  client = { endpoint: hub.url, clientId: 'an-application' };
  return () => hub.stop();
});

/** The answer to `POST path` is this once more. */
function answer(path: string, body: object, times = 1): void {
  hub.fault({ method: 'POST', path: new RegExp(path), status: 400, body, times });
}

describe('signing in with a code', () => {
  it('gives a token once the person has agreed, and another one for it later', async () => {
    const code = await requestDeviceCode(client);
    expect(code.userCode).toMatch(/^\w{4}-\w{4}$/);
    expect(code.page).toContain(code.userCode);
    answer('oauth/token', { error: 'authorization_pending' }, 2);
    hub.decideDevice(code.userCode, 'ada');
    const first = await awaitToken(client, code);
    expect(first.token).toMatch(/^hf_/);
    const second = await refresh(client, first.refreshToken ?? '');
    expect(second.token).toMatch(/^hf_/);
    expect(second.token).not.toBe(first.token);
    await expect(refresh(client, first.refreshToken ?? '')).rejects.toThrow(/expired/);
  });

  it('ends when the person declines', async () => {
    const code = await requestDeviceCode(client);
    hub.decideDevice(code.userCode, false);
    await expect(awaitToken(client, code)).rejects.toThrow(/did not agree/);
  });

  it('ends when the code has expired', async () => {
    const code = await requestDeviceCode(client);
    await expect(awaitToken(client, { ...code, expiresAt: Date.now() - 1 })).rejects.toThrow(/expired/);
  });

  it('stops asking when it is cancelled', async () => {
    const controller = new AbortController();
    const code = await requestDeviceCode(client);
    const waiting = awaitToken({ ...client, signal: controller.signal }, { ...code, interval: 60_000 });
    controller.abort();
    await expect(waiting).rejects.toThrow(/abort/i);
  });

  it('says why the Hub refuses, and when there is none', async () => {
    answer('oauth/device', { error: 'invalid_client', error_description: 'Unknown application' });
    await expect(requestDeviceCode(client)).rejects.toThrow(/refused the sign-in: Unknown application/);
    await expect(requestDeviceCode({ ...client, endpoint: 'http://127.0.0.1:9' })).rejects.toThrow(/did not answer/);
  });

  it('opens no page that is not on the web', async () => {
    answer('oauth/device', { device_code: 'd', user_code: 'AAAA-BBBB', verification_uri: 'file:///etc/passwd' });
    await expect(requestDeviceCode(client)).rejects.toThrow(/refused/);
    onTestFinished(() => hub.clearFaults());
  });
});
