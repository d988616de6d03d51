import { permits } from '../accounts';
import { json, jsonBody, route, type Call, type Reply, type Route } from '../http';
import { Refusal } from '../refusal';
import type { TestRepository } from '../repository';
import type { HubState } from '../state';

interface NamedBody {
  readonly name: string;
  readonly organization: string | null;
  readonly type: string;
  readonly visibility: 'private' | 'public';
  /** The older way to say it. */
  readonly private: boolean;
}

/** Making, deleting and describing repositories. */
export function repositoryRoutes(hub: HubState): Route[] {
  const info = (call: Call): Reply => json(describe(hub.open(call, 'read'), call.param('revision') || 'main'));
  return [
    route('POST', '/api/repos/create', (call) => create(hub, call)),
    route('DELETE', '/api/repos/delete', (call) => remove(hub, call)),
    route('GET', '/api/datasets/:namespace/:name', info),
    route('GET', '/api/datasets/:namespace/:name/revision/:revision', info),
  ];
}

async function create(hub: HubState, call: Call): Promise<Reply> {
  const identity = hub.identity(call);
  const body = await jsonBody<NamedBody>(call);
  const { name = '', organization } = body;
  const namespace = organization ?? identity.user.name;
  const id = `${namespace}/${name}`;
  if (body.type !== 'dataset') throw new Refusal(400, `This Hub has datasets only, not ${body.type ?? 'models'}.`);
  const creates =
    identity.token.role === 'contribute' ? namespace === identity.user.name : permits(identity, 'write', id);
  if (!creates) {
    throw new Refusal(403, `You don't have the rights to create a dataset under the namespace "${namespace}"`);
  }
  if (hub.unlicensed.has(namespace)) {
    throw new Refusal(403, `Organization "${namespace}" has no license: upgrade it to a Team or Enterprise plan.`);
  }
  if (!isName(name)) throw new Refusal(400, `Invalid repo name: ${name}`);
  const url = `${call.url.origin}/datasets/${id}`;
  if (hub.repositories.has(id)) throw new Refusal(409, 'You already created this dataset repo', undefined, { url });
  const visibility = body.visibility ?? (body.private ? 'private' : 'public');
  const repository = hub.addRepository(id, visibility, identity.user.name);
  identity.token.made?.add(id);
  return json({ url, name: id, id: repository.serverId });
}

async function remove(hub: HubState, call: Call): Promise<Reply> {
  const { user } = hub.identity(call);
  const { name = '', organization } = await jsonBody<NamedBody>(call);
  const [namespace, own] = name.includes('/') ? name.split('/') : [organization ?? user.name, name];
  const param = (part: string): string => (part === 'name' ? (own ?? '') : (namespace ?? ''));
  hub.repositories.delete(hub.open({ ...call, param }, 'write').id);
  return json({});
}

/** The rules of the Hub, see `parseRepositoryId`; said anew, since a test Hub that shares code proves nothing. */
function isName(name: string): boolean {
  return /^(?![-.])(?!.*(?:--|\.\.))[A-Za-z0-9._-]{1,96}(?<![-.]|\.git)$/.test(name);
}

function describe(repository: TestRepository, revision: string): Record<string, unknown> {
  const { id, visibility, createdAt, serverId } = repository;
  const commit = repository.at(revision);
  return {
    ...{ _id: serverId, id, author: id.split('/')[0], sha: commit.oid, lastModified: commit.date, createdAt },
    ...{ private: visibility === 'private', gated: false, disabled: false, downloads: 0, likes: 0, tags: [] },
    siblings: [...commit.files.keys()].sort().map((rfilename) => ({ rfilename })),
  };
}
