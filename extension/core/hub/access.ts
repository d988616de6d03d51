import type { HubAccount } from './client/types';
import { HubError } from './hubError';
import type { PushRequest } from './plan/types';
import type { RepositoryId } from './repository';

/** What an account may do in a repository: commit to it, open pull requests, or neither. */
export type Access = 'write' | 'propose' | 'read';

const mayCommit = 'repo.write';
const mayPropose = 'discussion.write';

/**
 * What an account may do in a repository, there or not, as far as `whoami-v2` tells. What it does not tell is taken as
 * allowed: the Hub has the last word.
 */
export function accessTo(account: HubAccount, repo: RepositoryId): Access {
  if (account.role === 'read') return 'read';
  const permissions = permissionsOf(account, (entity) => isSame(entity, repo) || isSame(entity, namespaceOf(repo)));
  if (permissions && !permissions.includes(mayCommit)) return permissions.includes(mayPropose) ? 'propose' : 'read';
  return isReader(account, repo) ? 'propose' : 'write';
}

/**
 * Why an account may not push to a repository, or anywhere when none is named.
 *
 * @returns undefined when it may, as far as the Hub tells
 */
export function refusedPush(
  account: HubAccount,
  target?: Pick<PushRequest, 'repo' | 'pullRequest'>,
): HubError | undefined {
  const token = `The token${account.tokenName === undefined ? '' : ` “${account.tokenName}”`} of ${account.name}`;
  if (!mayPushAnywhere(account)) {
    const next = `Sign in with one that may write${target ? ` to ${target.repo}` : ''}.`;
    return new HubError('forbidden', `${token} may only read.`, next);
  }
  if (!target) return undefined;
  const { repo, pullRequest } = target;
  const access = accessTo(account, repo);
  if (access === 'write' || (access === 'propose' && pullRequest)) return undefined;
  const proposal = access === 'propose' ? ', or push as a pull request where the repository exists' : '';
  const owner = namespaceOf(repo);
  const [what, next] = isReader(account, repo)
    ? [`${account.name} may only read in ${owner}.`, `Ask who administers ${owner} for more${proposal}.`]
    : [`${token} may not write to ${repo}.`, `Give it that right on the Hub, use another one${proposal}.`];
  return new HubError('forbidden', what, next);
}

function mayPushAnywhere(account: HubAccount): boolean {
  const permissions = permissionsOf(account, () => true);
  return account.role !== 'read' && (permissions?.some((one) => one === mayCommit || one === mayPropose) ?? true);
}

/** What a fine-grained token may do there; undefined for other tokens. */
function permissionsOf({ scopes }: HubAccount, isThere: (entity: string) => boolean): readonly string[] | undefined {
  return scopes
    ?.filter(({ entity }) => entity === undefined || isThere(entity))
    .flatMap(({ permissions }) => permissions);
}

/** Whether the repository is that of an organisation in which the person may only read. */
function isReader({ organizations }: HubAccount, repo: RepositoryId): boolean {
  return organizations.some(({ name, role }) => role === 'read' && isSame(name, namespaceOf(repo)));
}

function namespaceOf(repo: RepositoryId): string {
  return repo.slice(0, repo.indexOf('/'));
}

/** The Hub takes names as the same whatever their case. */
function isSame(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
