import { text } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import { cardProblems } from '../card';
import { maxRegularBytes } from '../gitAttributes';
import { json, route, type Call, type Reply, type Route } from '../http';
import { Refusal } from '../refusal';
import { branchRef, lfsFile, regularFile, type Files, type StoredFile, type TestRepository } from '../repository';
import type { HubState } from '../state';

interface Header {
  readonly summary?: string;
  readonly description?: string;
  readonly parentCommit?: string;
}

/** Lines of a commit, see the table of the Hub's protocol. */
type Line =
  | { readonly key: 'header'; readonly value: Header }
  | { readonly key: 'file'; readonly value: { path: string; content: string; encoding?: 'base64' | 'utf-8' } }
  | { readonly key: 'lfsFile'; readonly value: { path: string; algo: string; oid: string; size: number } }
  | { readonly key: 'deletedFile'; readonly value: { path: string } }
  | { readonly key: 'deletedFolder'; readonly value: { path: string } }
  | { readonly key: 'copyFile'; readonly value: { path: string; srcPath: string; srcRevision?: string } };

export function commitRoutes(hub: HubState): Route[] {
  return [route('POST', '/api/datasets/:namespace/:name/commit/:revision', (call) => commit(hub, call))];
}

async function commit(hub: HubState, call: Call): Promise<Reply> {
  const asPullRequest = call.url.searchParams.get('create_pr') === '1';
  const repository = hub.open(call, asPullRequest ? 'discuss' : 'write');
  const { maxCommitBytes, commitTakes } = hub.options;
  const tooLarge = new Refusal(413, `A commit has at most ${maxCommitBytes} bytes`);
  if (Number(call.headers['content-length'] ?? 0) > maxCommitBytes) throw tooLarge;
  const body = await text(call.body);
  if (repository.busy) throw new Refusal(409, 'Cannot commit: another conflicting operation is in progress');
  repository.busy = true;
  try {
    await wait(commitTakes);
    const author = hub.identity(call).user.name;
    const { oid, ref } = apply(repository, call.param('revision'), parse(body), { asPullRequest, author });
    const number = /^refs\/pr\/(\d+)$/.exec(ref)?.[1];
    const page = `${call.url.origin}/datasets/${repository.id}`;
    return json({
      ...{ success: true, commitOid: oid, commitUrl: `${page}/commit/${oid}`, hookOutput: '' },
      ...(asPullRequest && number !== undefined && { pullRequestUrl: `${page}/discussions/${number}` }),
    });
  } finally {
    repository.busy = false;
  }
}

function parse(body: string): Line[] {
  try {
    return body
      .split('\n')
      .filter((line) => line.trim() !== '')
      .map((line) => JSON.parse(line) as Line);
  } catch (error) {
    throw new Refusal(400, `The commit is no NDJSON: ${String(error)}`);
  }
}

interface Circumstances {
  readonly asPullRequest: boolean;
  readonly author: string;
}

/** @returns the commit and the ref that points to it now */
function apply(
  repository: TestRepository,
  revision: string,
  [first, ...lines]: readonly Line[],
  { asPullRequest, author }: Circumstances,
): { oid: string; ref: string } {
  if (first?.key !== 'header') throw new Refusal(400, 'The first line has to be the header');
  const { summary = '', description = '', parentCommit } = first.value;
  if (summary === '') throw new Refusal(400, 'The commit has no summary');
  const ref = branchRef(revision);
  if (!repository.refs.has(ref)) throw new Refusal(404, `Invalid rev id: ${revision}`, 'RevisionNotFound');
  const base = repository.at(asPullRequest ? (parentCommit ?? revision) : revision);
  if (parentCommit !== undefined && (parentCommit.length < 7 || !base.oid.startsWith(parentCommit))) {
    const text = 'The branch was updated since you opened this page. Please refresh and try again.';
    throw new Refusal(412, text);
  }
  const files = filesAfter(repository, base.files, lines);
  const target = asPullRequest ? nextPullRequest(repository) : ref;
  const { oid } = repository.append(target, {
    title: summary,
    message: description,
    parents: [base.oid],
    author,
    files,
  });
  return { oid, ref: target };
}

function nextPullRequest(repository: TestRepository): string {
  const opened = [...repository.refs.keys()].filter((name) => name.startsWith('refs/pr/'));
  return `refs/pr/${opened.length + 1}`;
}

function filesAfter(repository: TestRepository, before: Files, lines: readonly Line[]): Files {
  const files = new Map(before);
  for (const line of lines) {
    if (line.key === 'header') throw new Refusal(400, 'There is more than one header');
    const { path } = line.value;
    checkPath(path);
    if (line.key === 'deletedFile') {
      if (!files.delete(path)) throw new Refusal(404, `A file with the name "${path}" does not exist`, 'EntryNotFound');
    } else if (line.key === 'deletedFolder') {
      const inside = [...files.keys()].filter((name) => name.startsWith(`${path.replace(/\/$/, '')}/`));
      if (inside.length === 0) throw new Refusal(404, `A folder "${path}" does not exist`, 'EntryNotFound');
      for (const name of inside) files.delete(name);
    } else files.set(path, fileOf(repository, before, line));
  }
  checkFolders(files);
  return files;
}

function fileOf(
  repository: TestRepository,
  before: Files,
  line: Extract<Line, { key: 'file' | 'lfsFile' | 'copyFile' }>,
): StoredFile {
  if (line.key === 'copyFile') {
    const { srcPath, srcRevision } = line.value;
    const source = (srcRevision === undefined ? before : repository.at(srcRevision).files).get(srcPath);
    if (!source) throw new Refusal(404, `A file with the name "${srcPath}" does not exist`, 'EntryNotFound');
    return source;
  }
  if (line.key === 'lfsFile') {
    const { path, oid, size } = line.value;
    if (!repository.objects.has(oid)) throw new Refusal(400, `The LFS object of "${path}" was not uploaded`);
    if (repository.objects.size(oid) !== size) throw new Refusal(400, `The LFS object of "${path}" has another size`);
    return lfsFile(oid, size);
  }
  const { path, content, encoding } = line.value;
  const bytes = Buffer.from(content, encoding === 'base64' ? 'base64' : 'utf8');
  if (bytes.length > maxRegularBytes) {
    throw new Refusal(400, `Your push was rejected because it contains files larger than 10 MiB: ${path}`);
  }
  const [problem] = path === 'README.md' ? cardProblems(bytes.toString()).errors : [];
  if (problem !== undefined) throw new Refusal(400, `Invalid metadata in README.md: ${problem}`);
  return regularFile(bytes);
}

function checkPath(path: string): void {
  const parts = path.split('/');
  if (parts.some((part) => part === '' || part === '.' || part === '..' || part === '.git')) {
    throw new Refusal(400, `Invalid path: "${path}"`);
  }
}

/** A name is a file or a folder, not both. */
function checkFolders(files: Files): void {
  for (const path of files.keys()) {
    for (let slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
      if (files.has(path.slice(0, slash))) throw new Refusal(400, `"${path.slice(0, slash)}" is a file`);
    }
  }
}
