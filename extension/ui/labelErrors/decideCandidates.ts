import * as vscode from 'vscode';
import { planBulkChoice, type BulkChoice, type BulkDecision } from '../../core/review/list/bulkChoice';
import { clip, oneLine } from '../../core/flagging/log/sampleLine';
import { recordText } from '../../core/review/list/recordText';
import type { Review } from '../../core/review/review';
import type { DecisionKind } from '../../core/review/types';
import { labelText, numberText } from './labelTexts';

/** What a question names of many. */
const mostPairs = 8;
const mostExamples = 3;
/** Of an example's text. UTF-16 units. */
const longestExample = 80;

/** Records of each review. */
export type Targets = ReadonlyMap<Review, Iterable<number>>;

/**
 * Decides on records, as one step for each review. Several are shown before.
 *
 * @returns whether something was decided
 * @throws ExpectedError when a ledger cannot be written
 */
export async function decideCandidates(targets: Targets, wanted: BulkDecision): Promise<boolean> {
  const plans = Array.from(targets, ([review, rows]) => ({ review, plan: planBulkChoice(review, rows, wanted) }));
  const left = plans.filter(({ plan }) => plan.choices.length > 0);
  if (left.length === 0) {
    void vscode.window.showInformationMessage(nothingText(plans.map(({ plan }) => plan)));
    return false;
  }
  const count = left.reduce((sum, { plan }) => sum + plan.choices.length, 0);
  if (count > 1 && !(await confirm(wanted, count, left))) return false;
  for (const { review, plan } of left) await review.decide(plan.choices);
  return true;
}

interface Planned {
  readonly review: Review;
  readonly plan: BulkChoice;
}

async function confirm(wanted: BulkDecision, count: number, plans: readonly Planned[]): Promise<boolean> {
  const button = buttonText(wanted.decision);
  const detail = [
    pairLines(plans),
    await exampleLines(plans),
    cautionLines(plans),
    [vscode.l10n.t('One Undo takes it back. The dataset stays as it is until corrections are applied.')],
  ];
  const answer = await vscode.window.showWarningMessage(
    questionText(wanted, numberText(count)),
    {
      modal: true,
      detail: detail
        .map((lines) => lines.join('\n'))
        .filter(Boolean)
        .join('\n\n'),
    },
    button,
  );
  return answer === button;
}

function nothingText(plans: readonly BulkChoice[]): string {
  if (plans.some(({ changed }) => changed > 0))
    return vscode.l10n.t('The record changed since the candidates were found. Find label errors again.');
  return plans.some(({ leftOut }) => leftOut > 0)
    ? vscode.l10n.t('Nothing is suggested for this record: choose a label.')
    : vscode.l10n.t('Choose candidates in the view first.');
}

function questionText({ decision, label }: BulkDecision, count: string): string {
  switch (decision) {
    case 'change':
      return label === null
        ? vscode.l10n.t('Change {0} labels to what is suggested?', count)
        : vscode.l10n.t('Change {0} labels to {1}?', count, labelText(label));
    case 'keep':
      return vscode.l10n.t('Keep the labels of {0} records?', count);
    case 'ambiguous':
      return vscode.l10n.t('Mark {0} records as ambiguous?', count);
    case 'discard':
      return vscode.l10n.t('Discard {0} records?', count);
    case 'skip':
      return vscode.l10n.t('Skip {0} records?', count);
  }
}

function buttonText(decision: DecisionKind): string {
  const texts: Readonly<Record<DecisionKind, string>> = {
    change: vscode.l10n.t('Change Labels'),
    keep: vscode.l10n.t('Keep Labels'),
    ambiguous: vscode.l10n.t('Mark Ambiguous'),
    discard: vscode.l10n.t('Discard'),
    skip: vscode.l10n.t('Skip'),
  };
  return texts[decision];
}

function pairLines(plans: readonly Planned[]): string[] {
  const pairs = plans.flatMap(({ plan }) => plan.pairs);
  const lines = pairs.slice(0, mostPairs).map(({ given, label, count }) => {
    const what = label === null ? labelText(given) : `${labelText(given)} → ${labelText(label)}`;
    return `${what}: ${numberText(count)}`;
  });
  return pairs.length > lines.length ? [...lines, '…'] : lines;
}

async function exampleLines(plans: readonly Planned[]): Promise<string[]> {
  const [first] = plans;
  if (!first) return [];
  const rows = first.plan.choices.slice(0, mostExamples).map(({ row }) => row);
  const records = await first.review.records(rows);
  return records.map((cells) => `“${clip(oneLine(recordText(first.review, cells)), longestExample)}”`);
}

function cautionLines(plans: readonly Planned[]): string[] {
  const sum = (count: (plan: BulkChoice) => number): number => plans.reduce((all, { plan }) => all + count(plan), 0);
  const decided = sum((plan) => plan.decided);
  const leftOut = sum((plan) => plan.leftOut);
  const changed = sum((plan) => plan.changed);
  return [
    decided > 0 ? vscode.l10n.t('Decided already, and decided anew: {0}', numberText(decided)) : '',
    changed > 0 ? vscode.l10n.t('Left out, since they changed after the search: {0}', numberText(changed)) : '',
    leftOut > 0 ? vscode.l10n.t('Left out, since nothing is suggested for them: {0}', numberText(leftOut)) : '',
  ].filter(Boolean);
}
