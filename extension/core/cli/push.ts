import { createHash } from 'node:crypto';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { ExpectedError } from '../errors';
import type { HubClient } from '../hub/client/types';
import { diskError } from '../hub/diskError';
import type { PushPlan, PushRequest } from '../hub/plan/types';
import type * as Pushing from '../hub/push/pushing';
import type { PushProgress, PushRecord } from '../hub/push/types';
import { sizeText } from '../sizeText';
import { stateDirectory } from '../stateDirectory';
import { interrupted, type Terminal } from './context';
import { hubClientOf } from './hubClient';
import type { PushArguments } from './pushArguments';

/**
 * `flag-review push`: prints what a push would do, and does it.
 *
 * @returns the exit status
 */
export async function pushCommand(terminal: Terminal, options: PushArguments): Promise<number> {
  const client = await hubClientOf(terminal, { endpoint: options.endpoint, onlyReads: options.dryRun });
  const request = requestOf(terminal, options);
  const pushing = await import('../hub/push/pushing');
  const folder = options.dryRun ? await temporaryFolder() : stateFolder(terminal.environment, client.endpoint, request);
  const push = { terminal, client, request, folder, pushing, json: options.json };
  try {
    await pushing.inPushFolder(folder, () => (options.dryRun ? dryRun(push) : run(push, options)));
    return 0;
  } catch (error) {
    terminal.progress?.('');
    const left = await pushing.interruptedPush(folder);
    if (left) terminal.log.warn(`${madeText(left)}. Run the same command again to go on.`);
    if (!terminal.interrupt?.aborted) throw error;
    terminal.log.warn('Interrupted.');
    return interrupted;
  }
}

/** A push and what carries it out. */
interface Push {
  readonly terminal: Terminal;
  readonly client: HubClient;
  readonly request: PushRequest;
  /** Where its files and its journal are. */
  readonly folder: string;
  readonly pushing: typeof Pushing;
  readonly json: boolean;
}

async function dryRun(push: Push): Promise<void> {
  printPlan(push, await planOf(push));
}

async function run(push: Push, { visibility }: PushArguments): Promise<void> {
  const { terminal, client, pushing, folder } = push;
  const resumed = await resumable(push);
  const plan = resumed ?? (await planOf(push));
  checkVisibility(plan, visibility);
  if (!push.json || pushing.isUpToDate(plan)) printPlan(push, plan);
  if (pushing.isUpToDate(plan)) return;
  const { interrupt: signal, progress } = terminal;
  const options = {
    journal: folder,
    ...(signal && { signal }),
    ...(progress && { onProgress: (now: PushProgress) => progress(progressLine(now)) }),
  };
  const record = resumed ? await pushing.resumePush(client, options) : await pushing.runPush(plan, client, options);
  terminal.progress?.('');
  if (push.json) terminal.print(JSON.stringify({ plan, pushed: record }));
  else printRecord(terminal, record);
}

function requestOf({ cwd }: Terminal, options: PushArguments): PushRequest {
  const { path, visibility = 'private', repo, branch, pullRequest, format, splitColumn, labelColumn } = options;
  return {
    source: resolve(cwd, path),
    repo,
    visibility,
    branch,
    pullRequest,
    format,
    splitColumn,
    labelColumn,
    withReview: options.withReview,
    title: options.title,
    card: undefined,
    cardFields: {},
  };
}

async function temporaryFolder(): Promise<string> {
  try {
    return await mkdtemp(join(tmpdir(), 'flag-review-push-'));
  } catch (error) {
    throw diskError(error, tmpdir(), 'Set TMPDIR to another folder.');
  }
}

/** Of each push its files and how far it came. Absolute. */
function stateFolder(environment: Terminal['environment'], endpoint: string, request: PushRequest): string {
  const { repo, branch, source } = request;
  const key = createHash('sha256')
    .update(JSON.stringify([endpoint, repo, branch, source]))
    .digest('hex');
  return join(stateDirectory(environment, 'push'), key.slice(0, 16));
}

async function planOf({ terminal, client, request, folder, pushing }: Push): Promise<PushPlan> {
  const { interrupt: signal, progress } = terminal;
  const plan = await pushing.preparePush(request, client, {
    folder: pushing.stagingFolder(folder),
    ...(signal && { signal }),
    ...(progress && { onProgress: (done, size) => progress(`Reading… ${Math.floor((100 * done) / size)} %`) }),
  });
  progress?.('');
  return plan;
}

/** The plan of the same push, when it was interrupted and its source has not changed since. */
async function resumable({ terminal, request, folder, pushing }: Push): Promise<PushPlan | undefined> {
  const left = await pushing.interruptedPush(folder);
  if (!left) return undefined;
  const isSame =
    JSON.stringify(left.plan.request) === JSON.stringify(request) &&
    !(await pushing.changedSince(request.source, Date.parse(left.started)));
  if (isSame) terminal.log.warn(`Going on with the push of ${left.started}: ${madeText(left)}.`);
  else await pushing.discardPush(folder);
  return isSame ? left.plan : undefined;
}

/** What everyone can see is pushed only when that was said. */
function checkVisibility({ repo, visibility, creates }: PushPlan, asked: PushArguments['visibility']): void {
  if (visibility === 'public' && asked !== 'public') {
    const next = 'Give --public if everyone may see what you push, or choose another repository.';
    throw new ExpectedError(`${repo} is public.`, next);
  }
  if (!creates && visibility === 'private' && asked === 'public')
    throw new ExpectedError(`${repo} is private, and a push does not change that.`, 'Leave --public out.');
}

function printPlan({ terminal, pushing, json }: Push, plan: PushPlan): void {
  if (json) terminal.print(JSON.stringify({ plan, pushed: null }));
  else for (const line of pushing.planLines(plan)) terminal.print(line);
}

function printRecord({ print }: Terminal, { pullRequestUrl, commitUrl, loadCode }: PushRecord): void {
  print('');
  print(`Pushed: ${pullRequestUrl ?? commitUrl}`);
  print('');
  for (const line of loadCode.split('\n')) print(line);
}

function progressLine({ phase, sent, bytes, commits, ofCommits, message }: PushProgress): string {
  const part = ofCommits > 1 ? `, commit ${Math.min(commits + 1, ofCommits)} of ${ofCommits}` : '';
  switch (phase) {
    case 'creating':
      return 'Making the repository…';
    case 'uploading':
      return `Uploading… ${sizeText(sent)} of ${sizeText(bytes)}${part}`;
    case 'committing':
      return `Committing…${part}`;
    case 'waiting':
      return message ?? 'Waiting…';
  }
}

function madeText({ done, files }: Pushing.InterruptedPush): string {
  return `${done} of ${files} files are committed`;
}
