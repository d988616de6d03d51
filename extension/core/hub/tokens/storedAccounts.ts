import { isRecord, jsonOrUndefined } from '../../json';
import type { HubAccount } from '../client/types';

/** Someone who signed in, with the token: kept in a secret storage and nowhere else. */
export interface StoredAccount {
  /** The Hub that the token is for; it is sent to no other. */
  readonly endpoint: string;
  readonly token: string;
  readonly account: HubAccount;
  /** Of a token that expires. */
  readonly refreshToken?: string | undefined;
  /** Milliseconds since 1970. */
  readonly expiresAt?: number | undefined;
}

/** Reads what was kept. What is no account, such as one of an older version, is left out. */
export function parseAccounts(text: string | undefined): readonly StoredAccount[] {
  const list = text === undefined ? undefined : jsonOrUndefined(text);
  return Array.isArray(list) ? list.filter(isStoredAccount) : [];
}

/** With an account added, or another token for one that is there. */
export function withAccount(accounts: readonly StoredAccount[], added: StoredAccount): readonly StoredAccount[] {
  return [...accounts.filter((each) => !isSame(each, added)), added];
}

export function withoutAccount(accounts: readonly StoredAccount[], removed: StoredAccount): readonly StoredAccount[] {
  return accounts.filter((each) => !isSame(each, removed));
}

function isSame(one: StoredAccount, other: StoredAccount): boolean {
  return one.endpoint === other.endpoint && one.account.name === other.account.name;
}

function isStoredAccount(value: unknown): value is StoredAccount {
  if (!isRecord(value) || !isRecord(value.account)) return false;
  const { endpoint, token, account } = value;
  const { name, organizations } = account;
  return (
    [endpoint, token, name].every((text) => typeof text === 'string') &&
    Array.isArray(organizations) &&
    organizations.every(isRecord)
  );
}
