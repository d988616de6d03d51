import { setTimeout as wait } from 'node:timers/promises';
import { HubError } from '../hubError';

/** What a person types on a page of the Hub to let this application in. */
export interface DeviceCode {
  readonly deviceCode: string;
  readonly userCode: string;
  /** The page to type it on; with the code already in it where the Hub gives that. */
  readonly page: string;
  /** Between two questions whether the person has agreed. Milliseconds. */
  readonly interval: number;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

/** A token that a person gave by signing in on the Hub. */
export interface OAuthToken {
  readonly token: string;
  /** Gives a new one; undefined where the Hub gives none. */
  readonly refreshToken: string | undefined;
  /** Milliseconds since 1970; undefined for one that does not expire. */
  readonly expiresAt: number | undefined;
}

/** The application that asks: its public id on this Hub. There is no secret in a device flow. */
export interface DeviceClient {
  readonly endpoint: string;
  readonly clientId: string;
  readonly fetch?: typeof fetch;
  readonly signal?: AbortSignal;
}

/** The least that pushing takes: who it is, and write access to the repositories that the person chooses. */
const scopes = 'openid profile write-repos manage-repos';
const grantType = 'urn:ietf:params:oauth:grant-type:device_code';
/** RFC 8628, 3.2 and 3.5. Milliseconds. */
const defaultInterval = 5000;
const slowDown = 5000;

/**
 * Asks for a code that a person types on the Hub (RFC 8628, OAuth 2.0 Device Authorization Grant).
 *
 * @throws HubError when the Hub does not know the application, or there is no Hub
 */
export async function requestDeviceCode(client: DeviceClient): Promise<DeviceCode> {
  const answer = await post(client, 'oauth/device', { client_id: client.clientId, scope: scopes });
  const { device_code: deviceCode, user_code: userCode, interval, expires_in: expiresIn } = answer;
  const page = webAddress(answer.verification_uri_complete) ?? webAddress(answer.verification_uri);
  if (typeof deviceCode !== 'string' || typeof userCode !== 'string' || page === undefined) throw refusal(answer);
  return {
    deviceCode,
    userCode,
    page,
    interval: typeof interval === 'number' ? interval * 1000 : defaultInterval,
    expiresAt: Date.now() + (typeof expiresIn === 'number' ? expiresIn : 900) * 1000,
  };
}

/**
 * Waits until the person has typed the code and agreed.
 *
 * @throws HubError when the person declines or the code expires, the reason of the signal when it is cancelled
 */
export async function awaitToken(client: DeviceClient, code: DeviceCode): Promise<OAuthToken> {
  const form = { client_id: client.clientId, device_code: code.deviceCode, grant_type: grantType };
  for (let { interval } = code; Date.now() < code.expiresAt;) {
    await wait(interval, undefined, client.signal && { signal: client.signal });
    const answer = await post(client, 'oauth/token', form);
    if (typeof answer.access_token === 'string') return tokenOf(answer, answer.access_token);
    if (answer.error === 'slow_down') interval += slowDown;
    else if (answer.error !== 'authorization_pending') throw refusal(answer);
  }
  throw refusal({ error: 'expired_token' });
}

/**
 * A new token for one that expires.
 *
 * @throws HubError `unauthorized` when the person has to sign in again
 */
export async function refresh(client: DeviceClient, refreshToken: string): Promise<OAuthToken> {
  const form = { client_id: client.clientId, grant_type: 'refresh_token', refresh_token: refreshToken };
  const answer = await post(client, 'oauth/token', form);
  if (typeof answer.access_token !== 'string') throw refusal({ error: 'expired_token' });
  const token = tokenOf(answer, answer.access_token);
  return { ...token, refreshToken: token.refreshToken ?? refreshToken };
}

type Answer = Readonly<Record<string, unknown>>;

async function post(client: DeviceClient, path: string, form: Readonly<Record<string, string>>): Promise<Answer> {
  const { endpoint, signal } = client;
  try {
    const response = await (client.fetch ?? fetch)(`${endpoint}/${path}`, {
      method: 'POST',
      body: new URLSearchParams(form),
      headers: { accept: 'application/json' },
      redirect: 'error',
      ...(signal && { signal }),
    });
    const answer: unknown = await response.json();
    return typeof answer === 'object' && answer !== null ? (answer as Answer) : {};
  } catch (cause) {
    signal?.throwIfAborted();
    throw new HubError(
      'unreachable',
      `${new URL(endpoint).host} did not answer the sign-in.`,
      'Check the connection and the endpoint, or paste a token instead.',
      '',
      {},
      { cause },
    );
  }
}

function tokenOf({ refresh_token: refreshToken, expires_in: expiresIn }: Answer, token: string): OAuthToken {
  return {
    token,
    refreshToken: typeof refreshToken === 'string' ? refreshToken : undefined,
    expiresAt: typeof expiresIn === 'number' ? Date.now() + expiresIn * 1000 : undefined,
  };
}

/** The sentence for an answer without a token. */
function refusal({ error, error_description: description }: Answer): HubError {
  const again = 'Sign in again.';
  if (error === 'access_denied') return new HubError('forbidden', 'You did not agree to the sign-in.', again);
  if (error === 'expired_token') return new HubError('unauthorized', 'The sign-in has expired.', again);
  const why = typeof description === 'string' ? `: ${description}` : '';
  return new HubError('refused', `The Hub refused the sign-in${why}.`, 'Paste a token instead.');
}

/** An address that a browser may be sent to. */
function webAddress(value: unknown): string | undefined {
  return typeof value === 'string' && /^https?:\/\//.test(value) ? value : undefined;
}
