import { Refusal } from './refusal';
import type { HubOptions } from './state';

type Kind = 'api' | 'resolvers' | 'pages';

/** Seconds. */
const windowLength = 300;

/** Counts requests in windows of five minutes (`draft-ietf-httpapi-ratelimit-headers-09`). */
export class RateLimits {
  private started = Date.now();
  private readonly used = { api: 0, resolvers: 0, pages: 0 };

  constructor(private readonly quotas: NonNullable<HubOptions['quotas']>) {}

  /** @returns the headers of the answer, and the refusal that it has to be */
  count(path: string): { readonly headers: Record<string, string>; readonly refusal: Refusal | undefined } {
    const age = (Date.now() - this.started) / 1000;
    if (age > windowLength) {
      this.started = Date.now();
      for (const kind of Object.keys(this.used)) this.used[kind as Kind] = 0;
    }
    const kind = kindOf(path);
    const quota = this.quotas[kind] ?? 1_000_000;
    const left = quota - ++this.used[kind];
    const reset = Math.ceil(windowLength - (age % windowLength));
    const headers = {
      ratelimit: `"${kind}";r=${Math.max(0, left)};t=${reset}`,
      'ratelimit-policy': `"fixed window";"${kind}";q=${quota};w=${windowLength}`,
    };
    const text = `We had to rate limit you: at most ${quota} requests to ${kind} in 5 minutes.`;
    return { headers, refusal: left < 0 ? new Refusal(429, text) : undefined };
  }
}

function kindOf(path: string): Kind {
  if (path.startsWith('/api/') || path.includes('.git/info/lfs/')) return 'api';
  return /\/(?:resolve|raw)\//.test(path) ? 'resolvers' : 'pages';
}
