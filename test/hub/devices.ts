import { randomBytes } from 'node:crypto';
import type { Accounts } from './accounts';
import { Refusal } from './refusal';

interface Device {
  readonly userCode: string;
  readonly scope: string;
  readonly expires: number;
  /** When it asked last, ms. */
  asked: number;
  /** Seconds that it has to wait between two questions. */
  interval: number;
  /** Name of the user who let it in; false for one who refused. */
  user?: string | false;
}

interface Grant {
  readonly user: string;
  readonly scope: string;
  readonly made: Set<string>;
}

/** Devices that sign in with a code (RFC 8628), and the tokens that they get. */
export class Devices {
  private readonly devices = new Map<string, Device>();
  private readonly grants = new Map<string, Grant>();

  constructor(
    private readonly accounts: Accounts,
    private readonly times: { readonly interval?: number; readonly expiresIn?: number },
  ) {}

  /** @param origin address of the Hub */
  begin(origin: string, scope: string): Record<string, unknown> {
    const { interval = 5, expiresIn = 900 } = this.times;
    const deviceCode = randomBytes(16).toString('hex');
    const letters = randomBytes(4).toString('hex').toUpperCase();
    const userCode = `${letters.slice(0, 4)}-${letters.slice(4)}`;
    this.devices.set(deviceCode, { userCode, scope, expires: Date.now() + expiresIn * 1000, asked: 0, interval });
    return {
      ...{ device_code: deviceCode, user_code: userCode, interval, expires_in: expiresIn },
      verification_uri: `${origin}/oauth/device/verify`,
      verification_uri_complete: `${origin}/oauth/device/verify?user_code=${userCode}`,
    };
  }

  /** What the user says in the browser; `false` refuses. */
  decide(userCode: string, user: string | false): void {
    const device = [...this.devices.values()].find((one) => one.userCode === userCode);
    if (!device) throw new Refusal(404, `There is no device with the code ${userCode}.`);
    device.user = user;
  }

  /** @throws Refusal with an `error` of RFC 8628 until the user has decided */
  poll(deviceCode: string): Record<string, unknown> {
    const device = this.devices.get(deviceCode);
    if (!device) throw oauthError('invalid_grant', 'Unknown device code');
    if (Date.now() > device.expires) throw oauthError('expired_token', 'The device code is too old');
    const since = Date.now() - device.asked;
    device.asked = Date.now();
    // A little less than the interval is none too early: clocks and timers differ.
    if (since < device.interval * 900) {
      device.interval += 5;
      throw oauthError('slow_down', 'Too many questions');
    }
    if (device.user === undefined) throw oauthError('authorization_pending', 'The user has not decided yet');
    this.devices.delete(deviceCode);
    if (device.user === false) throw oauthError('access_denied', 'The user refused');
    return this.grant({ user: device.user, scope: device.scope, made: new Set() });
  }

  /** A refresh token is good for one use. */
  refresh(refreshToken: string): Record<string, unknown> {
    const grant = this.grants.get(refreshToken);
    if (!grant) throw oauthError('invalid_grant', 'Unknown refresh token');
    this.grants.delete(refreshToken);
    return this.grant(grant);
  }

  private grant(grant: Grant): Record<string, unknown> {
    const scopes = grant.scope.split(' ');
    const role = scopes.includes('write-repos') ? 'write' : scopes.includes('contribute-repos') ? 'contribute' : 'read';
    const refreshToken = `hf_refresh_${randomBytes(12).toString('hex')}`;
    this.grants.set(refreshToken, grant);
    return {
      ...{ access_token: this.accounts.issue(grant.user, role, grant.made), token_type: 'bearer', expires_in: 28800 },
      ...{ refresh_token: refreshToken, scope: grant.scope },
    };
  }
}

export function oauthError(error: string, description: string): Refusal {
  return new Refusal(400, description, undefined, { error, error_description: description });
}
