import { pathsInfo } from '@huggingface/hub';
import { isRecord } from '../../json';
import { blobId } from '../blobId';
import type { RepositoryId } from '../repository';
import { commitsOf } from './history';
import type { Transport } from './transport';
import type { CommitRequest, HubOptions } from './types';

/** How far the branch may have moved on since. */
const depth = 20;
/** The youngest pull requests; ours is among them when it was just opened. */
const pullRequests = 5;

type OfRepository = HubOptions & { readonly repo: RepositoryId };

/** What a commit leaves at a path: the SHA-256 of a file in LFS, the id of a blob, or nothing. */
type Trace = { readonly sha256: string } | { readonly oid: string } | 'nothing';

/**
 * Looks for a commit whose answer was lost: it follows the parent, has the title, and holds what was sent, which another
 * one of the same title might not.
 *
 * @param body what was posted, one JSON a line
 * @returns what the Hub would have answered; undefined when the commit was not made
 */
export async function madeCommit(
  transport: Transport,
  request: CommitRequest,
  body: string,
  options: HubOptions = {},
): Promise<{ commitOid: string; commitUrl: string; pullRequestUrl?: string } | undefined> {
  const { repo, branch, parentCommit, title, pullRequest } = request;
  const call = { ...options, repo };
  for (const revision of pullRequest ? await youngestPullRequests(transport, call) : [branch]) {
    const history = await commitsOf(transport, repo, revision, depth, options);
    const made = history[history.findIndex(({ oid }) => oid === parentCommit) - 1];
    if (made?.title.trim() !== title.trim() || !(await holds(transport, call, made.oid, body))) continue;
    const page = transport.address(`/datasets/${repo}`);
    const number = revision.split('/').at(-1) ?? '';
    return {
      commitOid: made.oid,
      commitUrl: `${page}/commit/${made.oid}`,
      ...(pullRequest && { pullRequestUrl: `${page}/discussions/${number}` }),
    };
  }
  return undefined;
}

/** `refs/pr/7`, `refs/pr/6`, … */
export async function youngestPullRequests(transport: Transport, call: OfRepository): Promise<readonly string[]> {
  const answer = await transport.json(`/api/datasets/${call.repo}/refs?include_prs=1`, call);
  const refs: readonly unknown[] = isRecord(answer) && Array.isArray(answer.pullRequests) ? answer.pullRequests : [];
  const numbers = refs.flatMap((one) => (isRecord(one) ? [Number(String(one.ref).replace('refs/pr/', ''))] : []));
  const youngest = numbers.sort((a, b) => b - a).slice(0, pullRequests);
  return youngest.map((number) => `refs/pr/${number}`);
}

async function holds(transport: Transport, call: OfRepository, revision: string, body: string): Promise<boolean> {
  const traces = tracesOf(body);
  const paths = [...traces.keys()];
  const fetch = transport.fetchFor(call);
  const hubUrl = transport.address('');
  const found = await pathsInfo({ repo: { type: 'dataset', name: call.repo }, revision, paths, hubUrl, fetch });
  const files = new Map(found.map((file) => [file.path, file]));
  return [...traces].every(([path, trace]) => {
    const file = files.get(path);
    if (trace === 'nothing' || !file) return trace === 'nothing' && !file;
    return 'sha256' in trace ? file.lfs?.oid === trace.sha256 : file.oid === trace.oid;
  });
}

function tracesOf(body: string): ReadonlyMap<string, Trace> {
  const traces = new Map<string, Trace>();
  for (const line of body.split('\n')) {
    const { key, value } = JSON.parse(line) as {
      readonly key: string;
      readonly value: Readonly<Record<string, string>>;
    };
    const { path, oid, content } = value;
    if (path === undefined) continue;
    if (key === 'lfsFile' && oid !== undefined) traces.set(path, { sha256: oid });
    else if (key === 'file' && content !== undefined) traces.set(path, { oid: blobId(Buffer.from(content, 'base64')) });
    else traces.set(path, 'nothing');
  }
  return traces;
}
