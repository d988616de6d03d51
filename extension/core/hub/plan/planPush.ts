import { ExpectedError } from '../../errors';
import { counted } from '../../counted';
import type { Staged } from '../staging/types';
import { planCard } from './planCard';
import { cardPath } from '../repository';
import { planFiles } from './planFiles';
import { otherPaths, planWarnings } from './planWarnings';
import type { FileChange, PlannedFile, PushPlan, PushRequest, RemoteState } from './types';

/**
 * What a push will do, from what was asked for, what was staged, and what stands in the repository. Reads nothing.
 *
 * @throws ExpectedError when nothing is there to push, for a card with a broken front matter, or for paths that clash
 */
export function planPush(request: PushRequest, staged: Staged, remote: RemoteState): PushPlan {
  const { repo, pullRequest, branch = 'main' } = request;
  if (staged.files.length === 0) throw new ExpectedError('There is no file to push.', 'Choose another file or folder.');
  if (staged.configs.length > 0 && staged.rows === 0) {
    throw new ExpectedError('The dataset has no rows.', 'The Hub loads no empty dataset: push one that has some.');
  }
  if (branch.startsWith('refs/') && !remote.branchExists) {
    throw new ExpectedError(`${repo} has no ${branch}.`, 'Choose a branch, or ask for a pull request.');
  }
  const card = planCard(request, staged, remote);
  const files = planFiles(staged.files, card.text, staged.configs, remote.files);
  return {
    request,
    endpoint: remote.endpoint,
    repo,
    visibility: remote.visibility ?? request.visibility,
    creates: !remote.exists,
    branch,
    createsBranch: branch !== 'main' && !remote.branchExists,
    pullRequest,
    parentCommit: remote.commit,
    files,
    others: otherPaths(remote, files).length,
    rows: staged.rows,
    bytes: files.filter(isSent).reduce((sum, { size }) => sum + size, 0),
    configs: staged.configs,
    card: card.text,
    title: givenTitle(request) ?? pushTitle(files, staged.rows),
    warnings: [...staged.warnings, ...card.warnings, ...planWarnings(request, staged, remote, files)],
  };
}

/** On one line, as a commit has it; undefined where none was given. */
function givenTitle({ title = '' }: PushRequest): string | undefined {
  const line = title.replace(/\s+/g, ' ').trim();
  return line === '' ? undefined : line;
}

/** Whether the content of a file goes to the Hub. */
function isSent({ change }: PlannedFile): boolean {
  return change === 'add' || change === 'change';
}

/** Such as `Add 2 files, delete 1 (5,574 rows)`: what changes, and how much there is then. */
function pushTitle(files: readonly PlannedFile[], rows: number): string {
  const data = files.filter(({ path, change }) => path !== cardPath && change !== 'leave');
  const [only, another] = data;
  if (!only) return 'Update the dataset card';
  const verbs: Readonly<Record<Exclude<FileChange, 'leave'>, string>> = {
    add: 'add',
    change: 'change',
    delete: 'delete',
  };
  const parts = Object.entries(verbs).flatMap(([change, verb]) => {
    const count = data.filter((file) => file.change === change).length;
    return count > 0 ? [`${verb} ${counted(count, 'file')}`] : [];
  });
  const what = another ? parts.join(', ') : `${only.change} ${only.path}`;
  return `${what.charAt(0).toUpperCase()}${what.slice(1)}${rows > 0 ? ` (${counted(rows, 'row')})` : ''}`;
}
