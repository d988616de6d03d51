import { createRepo, whoAmI } from '@huggingface/hub';
import { describe, expect, it } from 'vitest';
import { access, start, statusOf } from './harness';
import type { TestHub } from './hub';

type Answer = Readonly<Record<string, string | number>>;

async function post(hub: TestHub, path: string, form: Record<string, string>): Promise<Answer> {
  const body = new URLSearchParams({ client_id: 'app', ...form });
  return (await fetch(`${hub.url}${path}`, { method: 'POST', body })).json() as Promise<Answer>;
}

function begin(hub: TestHub, scope = 'openid profile contribute-repos'): Promise<Answer> {
  return post(hub, '/oauth/device', { scope });
}

function poll(hub: TestHub, { device_code }: Answer): Promise<Answer> {
  const grant = 'urn:ietf:params:oauth:grant-type:device_code';
  return post(hub, '/oauth/token', { grant_type: grant, device_code: String(device_code) });
}

describe('signing in with a device', () => {
  it('waits for the user, and then has a token that can be refreshed once', async () => {
    const hub = await start({ device: { interval: 0 } });
    const device = await begin(hub);
    expect(await poll(hub, device)).toMatchObject({ error: 'authorization_pending' });
    hub.decideDevice(String(device.user_code), 'ada');
    const granted = await poll(hub, device);
    const refresh = { grant_type: 'refresh_token', refresh_token: String(granted.refresh_token) };
    const { access_token: fresh } = await post(hub, '/oauth/token', refresh);
    for (const token of [granted.access_token, fresh]) {
      expect(await whoAmI(access(hub, String(token)))).toMatchObject({ name: 'ada', auth: { type: 'oauth' } });
    }
    expect(await post(hub, '/oauth/token', refresh)).toMatchObject({ error: 'invalid_grant' });
  });

  it('may write only in repositories that the app made', async () => {
    const hub = await start({ device: { interval: 0 } });
    const old = hub.addRepository('ada/old');
    const device = await begin(hub);
    hub.decideDevice(String(device.user_code), 'ada');
    const token = String((await poll(hub, device)).access_token);
    const mine = { ...access(hub, token), repo: { type: 'dataset', name: 'ada/mine' } } as const;
    expect(await statusOf(createRepo(mine))).toBeUndefined();
    const answers = ['mine', 'old'].map(async (name) => {
      const headers = { authorization: `Bearer ${token}` };
      const url = `${hub.url}/api/datasets/ada/${name}/branch/dev`;
      return (await fetch(url, { method: 'POST', headers, body: '{}' })).status;
    });
    expect(await Promise.all(answers)).toEqual([200, 404]);
    expect([...old.refs.keys()]).toEqual(['refs/heads/main']);
  });

  it('is refused, too late, or asks too often', async () => {
    const hub = await start({ device: { interval: 0 } });
    const refused = await begin(hub);
    hub.decideDevice(String(refused.user_code), false);
    expect(await poll(hub, refused)).toMatchObject({ error: 'access_denied' });
    const late = await start({ device: { expiresIn: -1 } });
    expect(await poll(late, await begin(late))).toMatchObject({ error: 'expired_token' });
    const impatient = await start({ device: { interval: 60 } });
    const device = await begin(impatient);
    await poll(impatient, device);
    expect(await poll(impatient, device)).toMatchObject({ error: 'slow_down' });
  });
});
