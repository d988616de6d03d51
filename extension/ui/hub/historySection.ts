import * as vscode from 'vscode';
import type { PushRecord } from '../../core/hub/push/types';
import { rowsText, shortCommit, shortTime, visibilityText } from './hubTexts';
import type { HubNode, HubSection } from './hubNodes';
import type { Pushes } from './pushes';

/** Pushes that are listed. */
const mostListed = 50;

/** What was pushed, the last one first. */
export function historySection(pushes: Pushes): HubSection {
  return {
    onDidChange: pushes.onDidPush,
    nodes: async () => {
      const records = await pushes.history();
      if (records.length === 0) return [];
      return [
        {
          id: 'pushes',
          label: vscode.l10n.t('Pushes'),
          description: records.length.toLocaleString(),
          icon: 'history',
          children: records.slice(0, mostListed).map(pushNode),
        },
      ];
    },
  };
}

function pushNode(record: PushRecord): HubNode {
  const { id, repo, commit, commitUrl, pullRequestUrl, rows, time, visibility, branch } = record;
  const when = new Date(time).toLocaleString();
  const where = pullRequestUrl === undefined ? shortCommit(commit) : vscode.l10n.t('pull request');
  return {
    id: `push:${id}`,
    label: repo,
    description: [where, shortTime(new Date(time))].join(' · '),
    tooltip: [
      ...[repo, visibilityText(visibility), branch, commit, rowsText(rows), when],
      ...[pullRequestUrl ?? commitUrl, againText(record)],
    ].join('\n'),
    icon: pullRequestUrl === undefined ? 'git-commit' : 'git-pull-request',
    subject: { kind: 'push', record },
  };
}

/** What *Push Again* plans: what was asked for, not what became of it. */
function againText({ request, pullRequestUrl }: PushRecord): string {
  const { branch = 'main', pullRequest } = request;
  if (pullRequest) return vscode.l10n.t('“Push Again” plans another pull request.');
  return pullRequestUrl === undefined
    ? vscode.l10n.t('“Push Again” plans a push to {0}.', branch)
    : vscode.l10n.t('“Push Again” plans a push to {0}, as this was before it became a pull request.', branch);
}
