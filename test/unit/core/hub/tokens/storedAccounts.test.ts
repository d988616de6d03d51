import { describe, expect, it } from 'vitest';
import {
  parseAccounts,
  withAccount,
  withoutAccount,
  type StoredAccount,
} from '../../../../../extension/core/hub/tokens/storedAccounts';

function accountOf(name: string, token = `hf_${name}`, endpoint = 'https://huggingface.co'): StoredAccount {
  const account = { name, fullName: name, role: 'write', tokenName: undefined };
  const organizations = [{ name: 'lab', role: 'admin' }];
  return { endpoint, token, account: { ...account, organizations, scopes: undefined } };
}

describe('accounts that are kept', () => {
  it('come back as they were', () => {
    const accounts = [accountOf('ada'), { ...accountOf('bob'), refreshToken: 'hf_refresh', expiresAt: 5 }];
    expect(parseAccounts(JSON.stringify(accounts))).toEqual(JSON.parse(JSON.stringify(accounts)));
  });

  it('are one for each person and Hub, with the last token', () => {
    const first = withAccount(withAccount([], accountOf('ada')), accountOf('bob'));
    const second = withAccount(first, accountOf('ada', 'hf_new'));
    expect(second.map(({ token }) => token)).toEqual(['hf_bob', 'hf_new']);
    expect(withAccount(second, accountOf('ada', 'hf_other', 'https://hub.example.com'))).toHaveLength(3);
    expect(withoutAccount(second, accountOf('ada'))).toEqual([accountOf('bob')]);
  });

  it.each([undefined, '', '{', '{}', '[1, null, {"endpoint": "x"}]'])('are none in %j', (text) => {
    expect(parseAccounts(text)).toEqual([]);
  });
});
