import { describe, expect, it } from 'vitest';
import { rateLimitWait } from '../../../../../extension/core/hub/client/rateLimit';

const now = Date.UTC(2026, 10, 21);
const wait = (headers: Record<string, string>) => rateLimitWait(new Headers(headers), now);

describe('the wait that a Hub asks for', () => {
  it.each([
    [{ ratelimit: '"api";r=0;t=55' }, 56_000],
    [{ ratelimit: '"api"; r=0; t=2' }, 3_000],
    [{ ratelimit: '"api";r=12;t=55' }, undefined],
    [{ ratelimit: '"api";r=12;t=55, "pages";r=0;t=7' }, 8_000],
    [{ ratelimit: '"api";r=0' }, undefined],
    [{ 'retry-after': '20' }, 20_000],
    [{ 'retry-after': 'Sat, 21 Nov 2026 00:01:00 GMT' }, 60_000],
    [{ 'retry-after': 'Fri, 20 Nov 2026 00:01:00 GMT' }, 0],
    [{ 'retry-after': 'soon' }, undefined],
    [{ ratelimit: '"api";r=0;t=5', 'retry-after': '9' }, 9_000],
    [{}, undefined],
  ])('%o is %s ms', (headers, expected) => expect(wait(headers)).toBe(expected));
});
