import { posix } from 'node:path';
import * as vscode from 'vscode';
import { isUpToDate, type FileChange, type PlannedFile, type PushPlan } from '../../core/hub/plan/types';
import { featureText } from '../../core/hub/staging/featureText';
import type { Feature, StagedConfig, StagingWarning } from '../../core/hub/staging/types';
import { sizeText } from '../../core/sizeText';
import { commands } from '../../ids';
import { filesText, rowsText, shortCommit, visibilityText } from './hubTexts';
import type { HubNode, HubSection } from './hubNodes';
import type { Pushes } from './pushes';

/** Files of one kind of change that are listed one by one. */
const mostListed = 200;
const mostFeatures = 100;

const changeIcons: Readonly<Record<FileChange, readonly [icon: string, color?: string]>> = {
  add: ['diff-added', 'gitDecoration.addedResourceForeground'],
  change: ['diff-modified', 'gitDecoration.modifiedResourceForeground'],
  delete: ['diff-removed', 'gitDecoration.deletedResourceForeground'],
  leave: ['check'],
};

/** The plan of the push that is being prepared, to be read before anything is sent. */
export function planSection(pushes: Pushes): HubSection {
  return {
    onDidChange: pushes.onDidChange,
    nodes: () => Promise.resolve(pushes.plan ? [planNode(pushes.plan, pushes.card)] : []),
  };
}

function planNode(plan: PushPlan, card: string | undefined): HubNode {
  return {
    id: 'plan',
    label: plan.repo,
    description: isUpToDate(plan) ? vscode.l10n.t('up to date') : vscode.l10n.t('plan'),
    tooltip: vscode.l10n.t('What pushing to {0} on {1} will do', plan.repo, new URL(plan.endpoint).host),
    icon: 'cloud-upload',
    subject: { kind: 'plan', plan },
    children: [
      ...plan.warnings.map(warningNode),
      whereNode(plan),
      branchNode(plan),
      ...changeNodes(plan),
      cardNode(plan, card),
      ...plan.configs.map(configNode),
    ],
  };
}

function warningNode({ kind, message, paths }: StagingWarning, at: number): HubNode {
  return {
    id: `plan:warning:${at}`,
    label: message,
    tooltip: [message, ...paths].join('\n'),
    icon: kind === 'secret' ? 'error' : 'warning',
    color: kind === 'secret' ? 'list.errorForeground' : 'list.warningForeground',
    ...(paths.length > 0 && {
      isCollapsed: true,
      children: paths.map((path, index) => ({ id: `plan:warning:${at}:${index}`, label: path, icon: 'file' })),
    }),
  };
}

function whereNode({ endpoint, visibility, creates }: PushPlan): HubNode {
  const description = creates
    ? vscode.l10n.t('new, {0}', visibilityText(visibility))
    : vscode.l10n.t('exists, {0}', visibilityText(visibility));
  const icon = visibility === 'private' ? 'lock' : 'globe';
  return { id: 'plan:where', label: new URL(endpoint).host, description, icon };
}

function branchNode({ branch, createsBranch, pullRequest, parentCommit }: PushPlan): HubNode {
  const after = parentCommit === undefined ? '' : vscode.l10n.t('after commit {0}', shortCommit(parentCommit));
  const kind = pullRequest ? vscode.l10n.t('as a pull request') : createsBranch ? vscode.l10n.t('new branch') : '';
  return {
    id: 'plan:branch',
    label: branch,
    description: [kind, after].filter(Boolean).join(' · '),
    icon: pullRequest ? 'git-pull-request' : 'git-branch',
  };
}

function changeNodes(plan: PushPlan): HubNode[] {
  const texts: Readonly<Record<FileChange, (count: string) => string>> = {
    add: (count) => vscode.l10n.t('Add {0}', count),
    change: (count) => vscode.l10n.t('Change {0}', count),
    delete: (count) => vscode.l10n.t('Delete {0}', count),
    leave: (count) => vscode.l10n.t('Leave {0} unchanged', count),
  };
  const nodes = (['add', 'change', 'delete', 'leave'] as const).flatMap((change): HubNode[] => {
    const files = plan.files.filter((file) => file.change === change);
    if (files.length === 0) return [];
    const bytes = files.reduce((sum, { size }) => sum + size, 0);
    const [icon, color] = changeIcons[change];
    return [
      {
        id: `plan:${change}`,
        label: texts[change](filesText(files.length)),
        description: sizeText(bytes),
        icon,
        ...(color !== undefined && { color }),
        isCollapsed: change === 'leave' || files.length > 20,
        children: listed(files, change),
      },
    ];
  });
  if (plan.others === 0) return nodes;
  const others = vscode.l10n.t('{0} not of this push', filesText(plan.others));
  return [...nodes, { id: 'plan:others', label: others, icon: 'circle-outline' }];
}

function listed(files: readonly PlannedFile[], change: FileChange): HubNode[] {
  const nodes = files.slice(0, mostListed).map((file) => fileNode(file));
  const left = files.length - nodes.length;
  if (left === 0) return nodes;
  return [...nodes, { id: `plan:${change}:more`, label: vscode.l10n.t('and {0} more', left.toLocaleString()) }];
}

function fileNode({ path, size, staged, change }: PlannedFile): HubNode {
  const open = vscode.l10n.t('Open');
  const name = posix.basename(path);
  const folder = posix.dirname(path);
  return {
    id: `plan:file:${path}`,
    label: name,
    description: [folder === '.' ? '' : folder, sizeText(size)].filter(Boolean).join(' · '),
    tooltip: path,
    icon: 'file',
    ...(staged &&
      change !== 'delete' && {
        command: { id: 'vscode.open', title: open, arguments: [vscode.Uri.file(staged.file)] },
      }),
  };
}

function cardNode(plan: PushPlan, edited: string | undefined): HubNode {
  return {
    id: 'plan:card',
    label: vscode.l10n.t('Dataset card'),
    description: edited === undefined ? 'README.md' : vscode.l10n.t('edited by you'),
    tooltip: edited ?? plan.card,
    icon: 'markdown',
    subject: { kind: 'card', plan },
    command: { id: commands.editPushCard, title: vscode.l10n.t('Edit Card'), arguments: [] },
  };
}

/** What `load_dataset` will give. */
function configNode({ name, splits, features }: StagedConfig): HubNode {
  const rows = splits.map((split) => `${split.name}: ${rowsText(split.rows)}`);
  const more = features.length - mostFeatures;
  return {
    id: `plan:config:${name}`,
    label: vscode.l10n.t('Loads as “{0}”', name),
    description: rows.join(', '),
    icon: 'table',
    isCollapsed: features.length > 12,
    children: [
      ...features.slice(0, mostFeatures).map(([column, feature]) => featureNode(name, column, feature)),
      ...(more > 0 ? [{ id: `plan:config:${name}:more`, label: vscode.l10n.t('and {0} more', more) }] : []),
    ],
  };
}

function featureNode(config: string, column: string, feature: Feature): HubNode {
  const icons: Partial<Record<Feature['kind'], string>> = {
    classLabel: 'tag',
    image: 'file-media',
    audio: 'unmute',
    video: 'file-media',
    json: 'json',
    list: 'list-unordered',
    struct: 'symbol-structure',
  };
  return {
    id: `plan:feature:${config}:${column}`,
    label: column,
    description: featureText(feature),
    icon: icons[feature.kind] ?? 'symbol-field',
  };
}
