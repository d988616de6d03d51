import { randomBytes } from 'node:crypto';
import { Refusal } from './refusal';

export interface TestUser {
  readonly name: string;
  readonly fullName: string;
  /** What the user may do in each organisation. */
  readonly organizations: Readonly<Record<string, 'admin' | 'write' | 'contributor' | 'read'>>;
}

export type Permission = 'repo.content.read' | 'repo.write' | 'discussion.write';

/** What a fine-grained token may do: in one namespace (`ada`) or one repository (`ada/sms`). */
export interface Scope {
  readonly entity: string;
  readonly permissions: readonly Permission[];
}

export interface TestToken {
  readonly token: string;
  /** Name of its user. */
  readonly user: string;
  /** `contribute` makes repositories, and may only write in these. */
  readonly role: 'read' | 'write' | 'fineGrained' | 'contribute';
  readonly displayName?: string;
  /** Of a fine-grained token. */
  readonly scopes?: readonly Scope[];
  /** Repositories that the app of a `contribute` token made. */
  readonly made?: Set<string>;
}

/** Who asks. */
export interface Identity {
  readonly user: TestUser;
  readonly token: TestToken;
}

/** Tokens that every test Hub knows: of `ada`, who is in the organisation `lab`, and `grace` of `bob`. */
export const testTokens = {
  write: 'hf_AdaWrites',
  read: 'hf_AdaReads',
  /** Writes in `lab` and nowhere else. */
  fineGrained: 'hf_AdaWritesInLab',
  /** Reads, and opens pull requests in `ada`. */
  pullRequests: 'hf_AdaProposes',
  bob: 'hf_BobWrites',
} as const;

const defaultUsers: readonly TestUser[] = [
  { name: 'ada', fullName: 'Ada Lovelace', organizations: { lab: 'admin', library: 'read' } },
  { name: 'bob', fullName: 'Bob Kahn', organizations: { lab: 'write' } },
];

const proposes: Permission[] = ['repo.content.read', 'discussion.write'];
const defaultTokens: readonly TestToken[] = [
  { token: testTokens.write, user: 'ada', role: 'write', displayName: 'laptop' },
  { token: testTokens.read, user: 'ada', role: 'read', displayName: 'reader' },
  {
    token: testTokens.fineGrained,
    user: 'ada',
    role: 'fineGrained',
    scopes: [{ entity: 'lab', permissions: [...proposes, 'repo.write'] }],
  },
  {
    token: testTokens.pullRequests,
    user: 'ada',
    role: 'fineGrained',
    scopes: [{ entity: 'ada', permissions: proposes }],
  },
  { token: testTokens.bob, user: 'bob', role: 'write' },
];

export class Accounts {
  readonly users = new Map(defaultUsers.map((user) => [user.name, user]));
  readonly tokens = new Map(defaultTokens.map((token) => [token.token, token]));

  /** @returns undefined without a token */
  identify(authorization: string | undefined): Identity | undefined {
    if (authorization === undefined) return undefined;
    const token = this.tokens.get(authorization.replace(/^Bearer /, ''));
    const user = token && this.users.get(token.user);
    if (!user) throw new Refusal(401, 'Invalid credentials in Authorization header');
    return { user, token };
  }

  /** A token for an app of the user. */
  issue(user: string, role: TestToken['role'], made: Set<string>): string {
    const token = `hf_oauth_${randomBytes(12).toString('hex')}`;
    this.tokens.set(token, { token, user, role, made, displayName: 'app' });
    return token;
  }
}

export function whoAmI({ user, token }: Identity): Record<string, unknown> {
  const { role, displayName = role, scopes } = token;
  const createdAt = '2026-01-02T03:04:05.000Z';
  const scoped = scopes?.map(({ entity, permissions }) => {
    const type = entity.includes('/') ? 'dataset' : entity === user.name ? 'user' : 'org';
    return { entity: { _id: entity, type, name: entity }, permissions };
  });
  const orgs = Object.entries(user.organizations).map(([name, roleInOrg]) => ({
    ...{ type: 'org', id: `org-${name}`, name, fullname: name, email: null },
    ...{ canPay: false, periodEnd: null, avatarUrl: '', roleInOrg, isEnterprise: false },
  }));
  return {
    ...{ type: 'user', id: `user-${user.name}`, name: user.name, fullname: user.fullName },
    ...{ email: `${user.name}@example.org`, emailVerified: true, canPay: false, isPro: false },
    ...{ periodEnd: null, billingMode: 'postpaid', avatarUrl: '', orgs },
    auth: {
      type: displayName === 'app' ? 'oauth' : 'access_token',
      accessToken: {
        ...{ displayName, role: role === 'contribute' ? 'contributor' : role, createdAt },
        ...(scoped && { fineGrained: { canReadGatedRepos: false, global: [], scoped } }),
      },
    },
  };
}

export type Action = 'read' | 'discuss' | 'write';

/** @param repository `namespace/name` */
export function permits({ user, token }: Identity, action: Action, repository: string): boolean {
  const [namespace = ''] = repository.split('/');
  const role = namespace === user.name ? 'admin' : user.organizations[namespace];
  if (role === undefined) return false;
  switch (token.role) {
    case 'read':
      return action === 'read';
    case 'write':
      return action === 'read' || role !== 'read';
    case 'contribute':
      return token.made?.has(repository) ?? false;
    case 'fineGrained': {
      const permission = { read: 'repo.content.read', discuss: 'discussion.write', write: 'repo.write' } as const;
      const own = token.scopes?.filter(({ entity }) => entity === namespace || entity === repository) ?? [];
      return own.some(({ permissions }) => permissions.includes(permission[action]));
    }
  }
}
