import type { HubClient, HubCommitInfo, HubFile, HubOptions } from '../client/types';
import { HubError, hubFailureOf } from '../hubError';
import type { PushPlan } from '../plan/types';
import { redact } from '../redact';

/** Commits that are looked through for the one that the plan was made for. */
const mostCommits = 100;
const mostNamed = 3;

/** Where the branch stood when the plan was made, and stands now. */
export interface Moved {
  readonly branch: string;
  readonly from: string;
  readonly to: string;
  /** Commits of this push that were made before. */
  readonly made: number;
}

/** A branch that is no longer where the plan left it: what came in between, and what to do. */
export async function conflictError(
  client: HubClient,
  plan: PushPlan,
  { branch, from, to, made }: Moved,
  options: HubOptions,
): Promise<HubError> {
  const commits = await client.commits(plan.repo, to, mostCommits, options);
  const known = commits.findIndex(({ oid }) => oid === from);
  const since = known < 0 ? commits : commits.slice(0, known);
  const both = await changedOnBothSides(client, plan, { from, to }, options);
  const before = made === 0 ? 'nothing was written' : `${made} of its commits were made before, and no more`;
  return new HubError(
    'conflict',
    `${branch} of ${plan.repo} has moved since this push was planned: ${before}.`,
    [sinceText(since, known < 0), bothText(both), 'Plan the push again, or push it as a pull request.']
      .filter((sentence) => sentence !== '')
      .join(' '),
    [...since.map(({ oid, date, title }) => `${oid.slice(0, 7)} ${date} ${redact(title)}`), ...both].join('\n'),
  );
}

/** A Hub that refuses a commit although nothing moved: so it answers tokens that may open pull requests only. */
export function refusedError({ repo }: PushPlan, branch: string): HubError {
  return new HubError(
    'conflict',
    `The Hub keeps refusing commits to ${branch} of ${repo} although nobody else changed it.`,
    'The token may have no right to write there: push as a pull request, or use a token that may write.',
  );
}

function sinceText(since: readonly HubCommitInfo[], isCut: boolean): string {
  if (isCut) return 'The commit that it was planned for is not among the last ones of the branch.';
  const named = since.slice(0, mostNamed).map(({ title }) => `"${redact(title)}"`);
  const more = since.length - named.length;
  return `Since then: ${named.join(', ')}${more > 0 ? ` and ${more} more` : ''}.`;
}

function bothText(both: readonly string[]): string {
  if (both.length === 0) return '';
  const named = both.slice(0, mostNamed).join(', ');
  const more = both.length - mostNamed;
  const others = more > 0 ? ` and ${more} more` : '';
  return `${named}${others} ${both.length === 1 ? 'was' : 'were'} changed on both sides.`;
}

/** Paths that the plan and the commits since both touch. */
async function changedOnBothSides(
  client: HubClient,
  { repo, files }: PushPlan,
  { from, to }: Pick<Moved, 'from' | 'to'>,
  options: HubOptions,
): Promise<string[]> {
  const [before, after] = await Promise.all([
    oidsOf(client.files(repo, from, options)),
    oidsOf(client.files(repo, to, options)),
  ]);
  // A history that was rewritten has no longer what the plan was made for.
  if (!before || !after) return [];
  return files
    .filter(({ path, change }) => change !== 'leave' && before.get(path) !== after.get(path))
    .map(({ path }) => path);
}

async function oidsOf(files: AsyncIterable<HubFile>): Promise<ReadonlyMap<string, string> | undefined> {
  const oids = new Map<string, string>();
  try {
    for await (const { path, oid } of files) oids.set(path, oid);
  } catch (error) {
    if (hubFailureOf(error) === 'missing') return undefined;
    throw error;
  }
  return oids;
}
