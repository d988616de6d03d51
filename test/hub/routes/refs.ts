import { json, jsonBody, route, type Call, type Reply, type Route } from '../http';
import { Refusal } from '../refusal';
import { branchRef, type TestCommit } from '../repository';
import type { HubState } from '../state';
import { pageOf } from './pages';

/** Branches, pull requests and the commits behind them. */
export function refRoutes(hub: HubState): Route[] {
  const branch = '/api/datasets/:namespace/:name/branch/:branch';
  return [
    route('GET', '/api/datasets/:namespace/:name/refs', (call) => refs(hub, call)),
    route('POST', branch, (call) => createBranch(hub, call)),
    route('DELETE', branch, (call) => {
      const repository = hub.open(call, 'write');
      const name = call.param('branch');
      if (name === 'main' || !repository.refs.delete(branchRef(name))) throw missing(name);
      return json({});
    }),
    route('GET', '/api/datasets/:namespace/:name/commits/:revision', (call) => {
      const commits = hub.open(call, 'read').history(call.param('revision')).map(commitJson);
      const { items, headers } = pageOf(commits, call.url, hub.options.pageSize);
      return json(items, headers);
    }),
  ];
}

function commitJson({ oid, title, message, author, date }: TestCommit): Record<string, unknown> {
  return { id: oid, title, message, authors: [{ user: author, avatar: '' }], date };
}

function refs(hub: HubState, call: Call): Reply {
  const all = [...hub.open(call, 'read').refs].map(([ref, targetCommit]) => ({ ref, targetCommit }));
  const of = (prefix: string): Record<string, string>[] =>
    all.filter(({ ref }) => ref.startsWith(prefix)).map((one) => ({ name: one.ref.slice(prefix.length), ...one }));
  return json({ branches: of('refs/heads/'), converts: [], tags: [], pullRequests: of('refs/pr/') });
}

async function createBranch(hub: HubState, call: Call): Promise<Reply> {
  const repository = hub.open(call, 'write');
  const name = call.param('branch');
  const body = await jsonBody<{ startingPoint: string; overwrite: boolean }>(call);
  if (name.startsWith('refs/')) throw new Refusal(400, `Invalid reference name: ${name}`);
  const ref = branchRef(name);
  if (repository.refs.has(ref) && !body.overwrite) throw new Refusal(409, `Reference already exists: ${ref}`);
  repository.refs.set(ref, repository.at(body.startingPoint).oid);
  return json({});
}

function missing(branch: string): Refusal {
  return new Refusal(404, `Invalid rev id: ${branch}`, 'RevisionNotFound');
}
