import { createHash } from 'node:crypto';
import { text } from 'node:stream/consumers';
import { json, jsonBody, route, type Call, type Reply, type Route } from '../http';
import { Refusal } from '../refusal';
import type { StoredFile, TestCommit, TestRepository } from '../repository';
import type { HubState } from '../state';
import { pageOf } from './pages';

/** The files and folders of a revision. */
export function treeRoutes(hub: HubState): Route[] {
  return [
    route('GET', '/api/datasets/:namespace/:name/tree/:revision/*path', (call) => tree(hub, call)),
    route('POST', '/api/datasets/:namespace/:name/paths-info/:revision', (call) => pathsInfo(hub, call)),
  ];
}

function tree(hub: HubState, call: Call): Reply {
  const repository = hub.open(call, 'read');
  const commit = repository.at(call.param('revision'));
  const folder = call.param('path').replace(/\/$/, '');
  const prefix = folder === '' ? '' : `${folder}/`;
  const entries = entriesOf(commit);
  if (folder !== '' && entries.get(folder) !== 'directory') {
    throw new Refusal(404, `${folder} does not exist on "${call.param('revision')}"`, 'EntryNotFound');
  }
  const recursive = isTrue(call.url.searchParams.get('recursive'));
  const inside = [...entries.keys()].filter(
    (path) => path.startsWith(prefix) && (recursive || !path.slice(prefix.length).includes('/')),
  );
  const { items, headers } = pageOf(inside.sort(), call.url, hub.options.pageSize);
  const expand = isTrue(call.url.searchParams.get('expand'));
  return json(
    items.map((path) => entryJson(repository, commit, path, entries.get(path), expand)),
    headers,
  );
}

/** Paths that are not there are left out of the answer. */
async function pathsInfo(hub: HubState, call: Call): Promise<Reply> {
  const repository = hub.open(call, 'read');
  const commit = repository.at(call.param('revision'));
  const { paths, expand } = await questionOf(call);
  const entries = entriesOf(commit);
  const known = paths.filter((path) => entries.has(path));
  return json(known.map((path) => entryJson(repository, commit, path, entries.get(path), expand)));
}

async function questionOf(call: Call): Promise<{ paths: readonly string[]; expand: boolean }> {
  if (call.headers['content-type']?.startsWith('application/x-www-form-urlencoded')) {
    const form = new URLSearchParams(await text(call.body));
    return { paths: form.getAll('paths'), expand: isTrue(form.get('expand')) };
  }
  const { paths = [], expand = false } = await jsonBody<{ paths: string[]; expand: boolean }>(call);
  return { paths, expand };
}

/** Files, and the folders that they are in. */
function entriesOf({ files }: TestCommit): Map<string, StoredFile | 'directory'> {
  const entries = new Map<string, StoredFile | 'directory'>(files);
  for (const path of files.keys()) {
    for (let slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
      entries.set(path.slice(0, slash), 'directory');
    }
  }
  return entries;
}

function entryJson(
  repository: TestRepository,
  commit: TestCommit,
  path: string,
  entry: StoredFile | 'directory' | undefined,
  expand: boolean,
): Record<string, unknown> {
  const lastCommit = expand ? { lastCommit: lastChange(repository, commit, path) } : {};
  if (entry === undefined || entry === 'directory') {
    const oid = createHash('sha1').update(`${commit.oid} ${path}`).digest('hex');
    return { type: 'directory', path, size: 0, oid, ...lastCommit };
  }
  const { size, oid, sha256, blob } = entry;
  const lfs = sha256 === undefined ? {} : { lfs: { oid: sha256, size, pointerSize: blob.length } };
  return { type: 'file', path, size, oid, ...lfs, ...lastCommit };
}

/** The commit that a file or anything in a folder was changed by. */
function lastChange(repository: TestRepository, { oid }: TestCommit, path: string): Record<string, string> {
  const stateOf = ({ files }: TestCommit): string =>
    [...files]
      .filter(([name]) => name === path || name.startsWith(`${path}/`))
      .map(([name, file]) => `${name} ${file.oid}`)
      .join('\n');
  const history = repository.history(oid);
  const index = history.findIndex((commit, at) => {
    const before = history[at + 1];
    return !before || stateOf(commit) !== stateOf(before);
  });
  const { oid: id = '', title = '', date = '' } = history[index] ?? {};
  return { id, title, date };
}

function isTrue(value: string | null): boolean {
  return value !== null && /^(?:true|1)$/i.test(value);
}
