import { text } from 'node:stream/consumers';
import { whoAmI } from '../accounts';
import { oauthError } from '../devices';
import { json, route, type Call, type Reply, type Route } from '../http';
import type { HubState } from '../state';

const deviceGrant = 'urn:ietf:params:oauth:grant-type:device_code';

/** Who a token belongs to, and how a device gets one. */
export function accountRoutes(hub: HubState): Route[] {
  return [
    route('GET', '/api/whoami-v2', (call) => json(whoAmI(hub.identity(call)))),
    route('POST', '/oauth/device', async (call) => {
      const form = await formBody(call);
      if (!form.get('client_id')) throw oauthError('invalid_client', 'There is no client_id');
      return json(hub.devices.begin(call.url.origin, form.get('scope') ?? 'openid profile'));
    }),
    route('POST', '/oauth/token', (call) => token(hub, call)),
    route('GET', '/oauth/userinfo', (call) => {
      const { user } = hub.identity(call);
      return json({ sub: `user-${user.name}`, name: user.fullName, preferred_username: user.name });
    }),
  ];
}

async function token(hub: HubState, call: Call): Promise<Reply> {
  const form = await formBody(call);
  if (!form.get('client_id')) throw oauthError('invalid_client', 'There is no client_id');
  const grant = form.get('grant_type');
  if (grant === deviceGrant) return json(hub.devices.poll(form.get('device_code') ?? ''));
  if (grant === 'refresh_token') return json(hub.devices.refresh(form.get('refresh_token') ?? ''));
  throw oauthError('unsupported_grant_type', 'Neither a device code nor a refresh token');
}

async function formBody(call: Call): Promise<URLSearchParams> {
  return new URLSearchParams(await text(call.body));
}
