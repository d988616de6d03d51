import * as vscode from 'vscode';
import type { DiffAgainst } from '../../core/review/diff/diffDataset';
import { commitsOf } from '../../core/review/diff/gitFile';
import { readablePath } from '../paths';

const mostCommits = 100;

interface Choice extends vscode.QuickPickItem {
  readonly choose?: () => Promise<DiffAgainst | undefined> | DiffAgainst;
}

/**
 * Asks what a dataset is compared with. git is run in trusted workspaces only: a repository can name programs to run.
 *
 * @param reviewers who have decided on records of it
 */
export async function pickAgainst(dataset: vscode.Uri, reviewers: readonly string[]): Promise<DiffAgainst | undefined> {
  const revisions: Choice[] = [
    {
      label: vscode.l10n.t('$(git-commit) Since the Last Commit'),
      description: 'HEAD',
      choose: () => ({ kind: 'revision', revision: 'HEAD' }),
    },
    { label: vscode.l10n.t('$(history) Since an Older Commit…'), choose: () => pickCommit(dataset) },
  ];
  const decided: Choice[] = reviewers.map((reviewer) => ({
    label: `$(person) ${reviewer}`,
    description: vscode.l10n.t('what these decisions change'),
    choose: () => ({ kind: 'reviewers', before: undefined, after: reviewer }),
  }));
  const items: Choice[] = [
    ...(vscode.workspace.isTrusted ? revisions : []),
    { label: vscode.l10n.t('$(file) Another File…'), choose: () => pickFile(dataset) },
    ...(decided.length > 0 ? [separator(vscode.l10n.t('Reviewers'))] : []),
    ...decided,
    ...(reviewers.length > 1
      ? [{ label: vscode.l10n.t('$(organization) Two Reviewers…'), choose: () => pickReviewers(reviewers) }]
      : []),
  ];
  const chosen = await vscode.window.showQuickPick(items, {
    placeHolder: vscode.l10n.t('Compare the labels of {0} with', readablePath(dataset.fsPath)),
  });
  return chosen?.choose?.();
}

function separator(label: string): Choice {
  return { label, kind: vscode.QuickPickItemKind.Separator };
}

async function pickCommit(dataset: vscode.Uri): Promise<DiffAgainst | undefined> {
  const commits = await commitsOf(dataset.fsPath, mostCommits);
  const items = commits.map(({ commit, subject, author, time }) => ({
    label: subject,
    description: commit.slice(0, 8),
    detail: `${author}, ${new Date(time).toLocaleString()}`,
    commit,
  }));
  const chosen = await vscode.window.showQuickPick(items, {
    placeHolder: vscode.l10n.t('Commits that changed {0}', readablePath(dataset.fsPath)),
    matchOnDescription: true,
    matchOnDetail: true,
  });
  return chosen && { kind: 'revision', revision: chosen.commit.slice(0, 12) };
}

async function pickFile(dataset: vscode.Uri): Promise<DiffAgainst | undefined> {
  const chosen = await vscode.window.showOpenDialog({
    defaultUri: vscode.Uri.joinPath(dataset, '..'),
    filters: { [vscode.l10n.t('Datasets')]: ['csv', 'tsv', 'tab', 'jsonl', 'ndjson', 'parquet'] },
    openLabel: vscode.l10n.t('Compare'),
    title: vscode.l10n.t('The older dataset'),
  });
  const path = chosen?.[0]?.fsPath;
  return path === undefined ? undefined : { kind: 'file', path };
}

async function pickReviewers(reviewers: readonly string[]): Promise<DiffAgainst | undefined> {
  const before = await vscode.window.showQuickPick([...reviewers], {
    title: vscode.l10n.t('Two Reviewers (1/2)'),
    placeHolder: vscode.l10n.t('Labels as decided by'),
  });
  if (before === undefined) return undefined;
  const others = reviewers.filter((reviewer) => reviewer !== before);
  const after = await vscode.window.showQuickPick(others, {
    title: vscode.l10n.t('Two Reviewers (2/2)'),
    placeHolder: vscode.l10n.t('against labels as decided by'),
  });
  return after === undefined ? undefined : { kind: 'reviewers', before, after };
}
