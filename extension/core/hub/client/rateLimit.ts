/**
 * How long a Hub that answered 429 wants us to wait, in ms; undefined where it does not say. The Hub sends `RateLimit` with
 * every answer (IETF draft-ietf-httpapi-ratelimit-headers-09: `"api";r=0;t=55`); only `r=0` is a limit that is reached.
 */
export function rateLimitWait(headers: Headers, now: number): number | undefined {
  const waits = [...reached(headers.get('ratelimit') ?? ''), retryAfter(headers.get('retry-after'), now)];
  const known = waits.filter((wait) => wait !== undefined);
  return known.length > 0 ? Math.max(...known) : undefined;
}

/** One second more than is left of each window: its end is rounded. */
function reached(rateLimit: string): readonly number[] {
  return rateLimit.split(',').flatMap((limit) => {
    const parameters = new Map(
      limit.split(';').map((part) => [part.split('=')[0]?.trim(), part.split('=')[1]?.trim()]),
    );
    const seconds = parameters.get('r') === '0' ? parameters.get('t') : undefined;
    return seconds !== undefined && /^\d+$/.test(seconds) ? [(Number(seconds) + 1) * 1000] : [];
  });
}

/** Seconds or an HTTP date (RFC 9110 §10.2.3). */
function retryAfter(value: string | null, now: number): number | undefined {
  if (value === null) return undefined;
  if (/^\d+$/.test(value.trim())) return Number(value) * 1000;
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
