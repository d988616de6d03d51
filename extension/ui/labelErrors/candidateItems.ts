import * as vscode from 'vscode';
import { oneLine } from '../../core/flagging/log/sampleLine';
import type { CandidateDetail, Review } from '../../core/review/review';
import type { CandidateStatus } from '../../core/review/types';
import { commands } from '../../ids';
import { readablePath } from '../paths';
import { decisionText, labelText, numberText, pairText, percentText, rowText } from './labelTexts';
import type { BalanceNode, CandidateNode, ClassNode, DatasetNode, IssueNode, MoreNode, PairNode } from './nodes';

/** A shape and a colour for each decision. */
const icons: Readonly<Record<CandidateStatus, readonly [icon: string, color?: string]>> = {
  pending: ['circle-outline'],
  keep: ['check', 'testing.iconPassed'],
  change: ['edit', 'charts.blue'],
  ambiguous: ['question', 'charts.yellow'],
  discard: ['trash', 'charts.red'],
  skip: ['debug-step-over'],
};

export function datasetItem({ review }: DatasetNode): vscode.TreeItem {
  const readable = readablePath(review.dataset);
  const item = new vscode.TreeItem(oneLine(readable), vscode.TreeItemCollapsibleState.Expanded);
  const summary = summaryText(review);
  const state = review.finding ? 'finding' : review.stale ? 'stale' : 'ready';
  const stale = state === 'stale' ? vscode.l10n.t('changed since') : '';
  item.id = `dataset:${review.dataset}`;
  item.description = [stale, review.found ? countText(review) : summary].filter(Boolean).join(' · ');
  item.iconPath = new vscode.ThemeIcon({ finding: 'loading~spin', stale: 'warning', ready: 'table' }[state]);
  item.contextValue = `dataset ${state}`;
  item.resourceUri = vscode.Uri.file(review.dataset);
  item.tooltip = datasetTooltip(review, readable, summary);
  item.accessibilityInformation = { label: [readable, stale, summary].filter(Boolean).join(', ') };
  return item;
}

/** `612 candidates`: a narrow view has no room for more. */
function countText({ counts: { candidates } }: Review): string {
  return candidates === 1 ? vscode.l10n.t('1 candidate') : vscode.l10n.t('{0} candidates', numberText(candidates));
}

/** `612 candidates in 7,600 records (8.1 %), model accuracy 0.90, health 0.92`. */
export function summaryText({ found, counts, finding }: Pick<Review, 'found' | 'counts' | 'finding'>): string {
  if (!found) return finding ? vscode.l10n.t('finding label errors…') : vscode.l10n.t('no candidates found yet');
  return vscode.l10n.t(
    '{0} candidates in {1} records ({2}), model accuracy {3}, health {4}',
    numberText(counts.candidates),
    numberText(found.records),
    percentText(found.records > 0 ? counts.candidates / found.records : 0),
    found.accuracy.toFixed(2),
    found.healthScore.toFixed(2),
  );
}

function datasetTooltip({ found, counts, stale }: Review, readable: string, summary: string): string {
  const lines = [
    readable,
    summary,
    vscode.l10n.t('{0} pending, {1} unapplied', numberText(counts.pending + counts.skip), numberText(counts.unapplied)),
    ...(found?.warnings ?? []),
  ];
  if (stale) lines.push(vscode.l10n.t('The file is another one than that in which the candidates were found.'));
  return lines.join('\n');
}

/**
 * A checkbox here would keep a click from opening the pair.
 *
 * @param pending how many of its candidates nobody has decided
 */
export function pairItem(node: PairNode, pending: number): vscode.TreeItem {
  const name = pairText(node);
  const count = vscode.l10n.t('{0} · {1} pending', numberText(node.rows.length), numberText(pending));
  const item = new vscode.TreeItem(name, vscode.TreeItemCollapsibleState.Collapsed);
  item.id = node.id;
  item.description = count;
  item.iconPath = new vscode.ThemeIcon(pending > 0 ? 'arrow-swap' : 'pass-filled');
  item.contextValue = 'pair';
  item.accessibilityInformation = {
    label: vscode.l10n.t(
      'Given {0}, suggested {1}: {2} candidates, {3} pending',
      labelText(node.given),
      labelText(node.suggested),
      node.rows.length,
      pending,
    ),
  };
  return item;
}

export function issueItem({ id, issue, count }: IssueNode): vscode.TreeItem {
  const names: Readonly<Record<IssueNode['issue'], string>> = {
    duplicates: vscode.l10n.t('Duplicates with different labels'),
    texts: vscode.l10n.t('Empty and very short texts'),
  };
  const item = new vscode.TreeItem(names[issue], vscode.TreeItemCollapsibleState.Collapsed);
  item.id = id;
  item.description = numberText(count);
  item.iconPath = new vscode.ThemeIcon(issue === 'duplicates' ? 'copy' : 'whitespace');
  item.contextValue = 'issue';
  item.accessibilityInformation = { label: vscode.l10n.t('{0}, {1} records', names[issue], count) };
  return item;
}

export function balanceItem({ parent: { review } }: BalanceNode): vscode.TreeItem {
  const item = new vscode.TreeItem(vscode.l10n.t('Class imbalance'), vscode.TreeItemCollapsibleState.Collapsed);
  const rare = review.found?.issues?.classBalance.underrepresented ?? null;
  item.id = `balance:${review.dataset}`;
  item.description =
    rare === null ? vscode.l10n.t('no class is too rare') : vscode.l10n.t('{0} is too rare', oneLine(rare));
  item.iconPath = new vscode.ThemeIcon(rare === null ? 'graph' : 'warning');
  item.contextValue = 'balance';
  return item;
}

export function classItem({ parent, count: { label, count, share } }: ClassNode): vscode.TreeItem {
  const { review } = parent.parent;
  const isRare = review.found?.issues?.classBalance.underrepresented === label;
  const item = new vscode.TreeItem(oneLine(label));
  item.id = `class:${JSON.stringify([review.dataset, label])}`;
  item.description = [
    vscode.l10n.t('{0} · {1}', numberText(count), percentText(share)),
    isRare ? vscode.l10n.t('too rare to be learnt') : '',
  ]
    .filter(Boolean)
    .join(' · ');
  item.iconPath = new vscode.ThemeIcon(isRare ? 'warning' : 'tag');
  item.contextValue = 'class';
  return item;
}

export function candidateItem(
  node: CandidateNode,
  detail: CandidateDetail | undefined,
  checked: boolean,
): vscode.TreeItem {
  const line = node.line || rowText(node.row);
  const status = detail?.status ?? 'pending';
  const isCandidate = (detail?.rank ?? -1) >= 0;
  const [icon, color] = icons[status];
  const facts = [node.what, ...(detail ? factsOf(detail) : [])].filter(Boolean);
  const item = new vscode.TreeItem(line);
  item.id = node.id;
  item.description = facts.join(' · ');
  item.iconPath = new vscode.ThemeIcon(icon, color === undefined ? undefined : new vscode.ThemeColor(color));
  item.contextValue = ['candidate', status, isCandidate ? 'suggested' : 'plain'].join(' ');
  item.checkboxState = checkbox(checked, line);
  item.accessibilityInformation = { label: [line, ...facts, decisionText({ own: null, status })].join(', ') };
  item.command = { command: commands.openCandidate, title: vscode.l10n.t('Open in Review'), arguments: [node] };
  return item;
}

/** What a line says besides its text, shortest first: a narrow view cuts off the rest. */
function factsOf(detail: CandidateDetail): string[] {
  const isCandidate = detail.rank >= 0;
  return [
    isCandidate ? pairText(detail) : labelText(detail.given),
    isCandidate ? detail.labelQuality.toFixed(4) : '',
    detail.status === 'pending' ? '' : decisionText(detail),
    detail.own?.entry.note ? vscode.l10n.t('note') : '',
    othersText(detail),
    detail.stale ? vscode.l10n.t('changed since') : '',
  ];
}

function othersText({ others }: CandidateDetail): string {
  const proposals = others.filter(({ entry }) => entry.source === 'model').length;
  const people = others.length - proposals;
  return [
    people === 0 ? '' : people === 1 ? vscode.l10n.t('1 other') : vscode.l10n.t('{0} others', people),
    proposals === 0 ? '' : vscode.l10n.t('proposal'),
  ]
    .filter(Boolean)
    .join(' · ');
}

function checkbox(checked: boolean, name: string): NonNullable<vscode.TreeItem['checkboxState']> {
  return {
    state: checked ? vscode.TreeItemCheckboxState.Checked : vscode.TreeItemCheckboxState.Unchecked,
    tooltip: vscode.l10n.t('Choose for Decide Checked Candidates'),
    accessibilityInformation: { label: vscode.l10n.t('Choose {0}', name), role: 'checkbox' },
  };
}

export function moreItem(node: MoreNode): vscode.TreeItem {
  const label = vscode.l10n.t('Show 200 more…');
  const item = new vscode.TreeItem(label);
  item.id = `more:${node.parent.id}`;
  item.description = vscode.l10n.t('{0} left', numberText(node.left));
  item.contextValue = 'more';
  item.iconPath = new vscode.ThemeIcon('ellipsis');
  item.command = { command: commands.showMoreCandidates, title: label, arguments: [node] };
  return item;
}
