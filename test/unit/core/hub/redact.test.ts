import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { redact } from '../../../../extension/core/hub/redact';

const secret = fc.stringMatching(/^[A-Za-z0-9]{12,40}$/);
const prefix = fc.constantFrom('hf_', 'hf_oauth_', 'hf_jwt_e30.e30.', 'Bearer ', 'Authorization: Basic ');
const signed = fc.constantFrom(
  'https://s3.example.com/a/b?X-Amz-Signature=',
  'http://localhost:9000/a?x=1&X-Amz-Credential=',
  'https://cdn.example.com?Policy=a&Signature=',
  '/a/b?X-Amz-Security-Token=',
  'https://ada:',
);
const around = fc.constantFrom('', ' ', '"', "'", '\n', '(', '>', '=');

describe('a text from outside', () => {
  it('loses every secret, wherever it stands', () => {
    fc.assert(
      fc.property(
        fc.string(),
        around,
        fc.oneof(prefix, signed),
        secret,
        around,
        (text, before, kind, hidden, after) => {
          const end = kind === 'https://ada:' ? '@example.com/a' : '';
          expect(redact(`${text}${before}${kind}${hidden}${end}${after || ' '}${text}`)).not.toContain(hidden);
        },
      ),
    );
  });

  it('stays as it is once it is redacted', () => {
    fc.assert(
      fc.property(fc.string(), fc.oneof(prefix, signed), secret, (text, kind, hidden) => {
        const once = redact(`${text} ${kind}${hidden} ${text}`);
        expect(redact(once)).toBe(once);
      }),
    );
  });

  it('keeps all that is no secret', () => {
    const text = 'ada/sms: PUT https://example.com/ada/sms/0a1b answered 403 (is it yours?), see data/half_life.csv';
    expect(redact(text)).toBe(text);
    expect(redact('The bearer token is basic knowledge')).toBe('The bearer token is basic knowledge');
    expect(redact('GET https://example.com/a?token=1&x=2, then hf_AbC1 and Bearer 0a1b2c3d')).toBe(
      'GET https://example.com/a?… then hf_… and Bearer …',
    );
  });
});
