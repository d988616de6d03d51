import { describe, expect, it } from 'vitest';
import { testTokens } from '../../../../hub/accounts';
import { connect, failureOf } from './connected';

describe('a client of an account', () => {
  it('tells what a fine-grained token may do, place by place', async () => {
    await using on = await connect({ token: testTokens.fineGrained });
    const { role, scopes } = await on.client.whoAmI();
    expect(role).toBe('fineGrained');
    expect(scopes).toEqual([
      { entity: undefined, permissions: [] },
      { entity: 'lab', permissions: ['repo.content.read', 'discussion.write', 'repo.write'] },
    ]);
    on.hub.fault({ path: /whoami/, status: 200, body: { name: 'ada', auth: { accessToken: { fineGrained: {} } } } });
    expect(await on.client.whoAmI()).toMatchObject({ name: 'ada', organizations: [], scopes: undefined });
  });

  it('tells that an organisation has to pay before anything is made in it', async () => {
    await using on = await connect();
    on.hub.withdrawLicense('lab');
    const failure = await failureOf(on.client.createRepository('lab/new', 'private'));
    expect(failure).toMatchObject({
      failure: 'forbidden',
      what: expect.stringContaining('Organization "lab" has no license') as string,
      next: 'This is up to the plan of lab: ask who administers it, or push to another namespace.',
    });
    expect(on.hub.repositories.has('lab/new')).toBe(false);
  });
});
