import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { accessTo, refusedPush } from '../../../../extension/core/hub/access';
import type { HubAccount, TokenScope } from '../../../../extension/core/hub/client/types';
import { connect, failureOf } from './client/connected';
import { testTokens } from '../../../hub/accounts';

const ada: HubAccount = {
  ...{ name: 'ada', fullName: 'Ada', role: 'write', tokenName: 'laptop', scopes: undefined },
  organizations: [
    { name: 'lab', role: 'admin' },
    { name: 'library', role: 'read' },
    { name: 'museum', role: 'contributor' },
    { name: 'guild', role: undefined },
  ],
};

function fineGrained(...scopes: readonly TokenScope[]): HubAccount {
  return { ...ada, role: 'fineGrained', scopes };
}

describe('what an account may do', () => {
  it.each([
    ['ada/sms', 'write'],
    ['lab/sms', 'write'],
    ['museum/sms', 'write'],
    ['guild/sms', 'write'],
    ['bob/sms', 'write'],
    ['library/sms', 'propose'],
    ['Library/sms', 'propose'],
  ] as const)('in %s is to %s, by its role there', (repo, access) => {
    expect(accessTo(ada, repo)).toBe(access);
  });

  it('is to read, wherever its token may do no more', () => {
    const reader = { ...ada, role: 'read' };
    fc.assert(
      fc.property(fc.constantFrom('ada', 'lab', 'library', 'bob'), (namespace) => {
        expect(accessTo(reader, `${namespace}/sms`)).toBe('read');
        expect(refusedPush(reader, { repo: `${namespace}/sms`, pullRequest: true })).toBeDefined();
      }),
    );
    expect(refusedPush(reader)?.message).toBe(
      'The token “laptop” of ada may only read. Sign in with one that may write.',
    );
  });

  it('is what a fine-grained token names: a namespace, a repository, or everywhere', () => {
    const writes = ['repo.content.read', 'repo.write'];
    const proposes = ['discussion.write'];
    const account = fineGrained(
      { entity: 'lab', permissions: writes },
      { entity: 'ada/sms', permissions: writes },
      { entity: 'ada', permissions: proposes },
    );
    expect(accessTo(account, 'lab/sms')).toBe('write');
    expect(accessTo(account, 'ada/sms')).toBe('write');
    expect(accessTo(account, 'ada/mails')).toBe('propose');
    expect(accessTo(account, 'guild/sms')).toBe('read');
    expect(accessTo(fineGrained({ entity: undefined, permissions: proposes }), 'bob/sms')).toBe('propose');
  });

  it('is refused with what to do next, and a pull request where that is allowed is not', () => {
    const target = { repo: 'library/sms', pullRequest: false } as const;
    expect(refusedPush(ada, target)).toMatchObject({
      failure: 'forbidden',
      what: 'ada may only read in library.',
      next: 'Ask who administers library for more, or push as a pull request where the repository exists.',
    });
    expect(refusedPush(ada, { ...target, pullRequest: true })).toBeUndefined();
    expect(refusedPush(ada)).toBeUndefined();
    const narrow = fineGrained({ entity: 'lab', permissions: ['repo.write'] });
    expect(refusedPush(narrow, { repo: 'ada/sms', pullRequest: true })?.message).toBe(
      'The token “laptop” of ada may not write to ada/sms. Give it that right on the Hub, use another one.',
    );
    expect(refusedPush(fineGrained({ entity: 'ada', permissions: ['repo.content.read'] }))).toBeDefined();
  });

  it('is what the Hub then allows', async () => {
    for (const token of [testTokens.write, testTokens.read, testTokens.fineGrained, testTokens.pullRequests]) {
      await using on = await connect({ token });
      const account = await on.client.whoAmI();
      for (const repo of ['ada/new', 'lab/new', 'library/new'] as const) {
        const failure = await failureOf(on.client.createRepository(repo, 'private')).catch(() => undefined);
        expect([token, repo, failure === undefined]).toEqual([token, repo, accessTo(account, repo) === 'write']);
      }
    }
  });
});
