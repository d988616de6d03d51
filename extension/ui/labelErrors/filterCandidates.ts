import * as vscode from 'vscode';
import { labelName } from '../../core/dataset/recordLabels';
import { oneLine } from '../../core/flagging/log/sampleLine';
import { parseScoreRange, scoreRangeText } from '../../core/review/list/scoreRange';
import { candidateStatuses } from '../../core/review/list/storedQuery';
import type { PairCount, Review } from '../../core/review/review';
import { candidateSorts, type CandidateQuery } from '../../core/review/types';
import { numberText, pairText, sortText, statusText } from './labelTexts';
import type { QueryMemory } from './queryMemory';

interface PartItem extends vscode.QuickPickItem {
  /** What takes this part away. */
  readonly clear: CandidateQuery;
  readonly ask: () => Promise<CandidateQuery | undefined>;
}

const clearButton: vscode.QuickInputButton = {
  iconPath: new vscode.ThemeIcon('close'),
  tooltip: vscode.l10n.t('Clear this part'),
};

/** Shows which filter is on, part by part; each can be set and cleared. */
export async function filterCandidates(memory: QueryMemory, reviews: readonly Review[]): Promise<void> {
  for (let goesOn = true; goesOn;) {
    const changes = await pickPart(partsOf(memory.query, reviews));
    goesOn = changes !== undefined;
    if (changes) await memory.set(changes);
  }
}

export function clearFilter(memory: QueryMemory): Promise<void> {
  return memory.set({ given: undefined, suggested: undefined, status: undefined, scores: undefined, text: undefined });
}

export async function sortCandidates(memory: QueryMemory): Promise<void> {
  const { sort: now = 'likelihood' } = memory.query;
  const items = candidateSorts.map((sort) => ({
    label: sortText(sort),
    description: sort === now ? vscode.l10n.t('now; choose it again to rank anew') : '',
    sort,
  }));
  const picked = await vscode.window.showQuickPick(items, { placeHolder: vscode.l10n.t('Order of candidates') });
  // The same order again is how a person asks for it anew.
  if (picked) await memory.set({ sort: picked.sort });
}

/** What is on of a filter, in a few words. */
export function filterText({ given, suggested, status, scores, text }: CandidateQuery): string {
  return [
    given === undefined && suggested === undefined ? '' : `${given ?? '…'} → ${suggested ?? '…'}`,
    status === undefined ? '' : statusText(status),
    scores === undefined ? '' : vscode.l10n.t('score {0}', scoreRangeText(scores)),
    text === undefined ? '' : `“${oneLine(text)}”`,
  ]
    .filter(Boolean)
    .join(', ');
}

/** @returns the changes that a person made; undefined when there are no more */
function pickPart(items: readonly PartItem[]): Promise<CandidateQuery | undefined> {
  const pick = vscode.window.createQuickPick<PartItem>();
  pick.title = vscode.l10n.t('Filter Label Errors');
  pick.placeholder = vscode.l10n.t('Part of the filter to set; Escape when done');
  pick.items = items;
  return new Promise((resolve) => {
    let isAnswered = false;
    const answer = (changes: CandidateQuery | undefined | Promise<CandidateQuery | undefined>): void => {
      isAnswered = true;
      resolve(changes);
      pick.hide();
    };
    pick.onDidTriggerItemButton(({ item }) => answer(item.clear));
    pick.onDidAccept(() => {
      const [chosen] = pick.selectedItems;
      // A question that is left open changes nothing, and leads back to the parts.
      if (chosen) answer(chosen.ask().then((changes) => changes ?? {}));
    });
    pick.onDidHide(() => {
      if (!isAnswered) resolve(undefined);
      pick.dispose();
    });
    pick.show();
  });
}

function partsOf(query: CandidateQuery, reviews: readonly Review[]): PartItem[] {
  const { given, suggested, status, scores, text } = query;
  const part = (label: string, on: string, clear: CandidateQuery, ask: PartItem['ask']): PartItem => ({
    label,
    description: on || vscode.l10n.t('any'),
    buttons: on === '' ? [] : [clearButton],
    clear,
    ask,
  });
  return [
    part(
      vscode.l10n.t('Given → suggested label'),
      filterText({ given, suggested }),
      { given: undefined, suggested: undefined },
      () => askPair(reviews),
    ),
    part(vscode.l10n.t('Status'), filterText({ status }), { status: undefined }, askStatus),
    part(vscode.l10n.t('Label quality score'), scores ? scoreRangeText(scores) : '', { scores: undefined }, () =>
      askScores(scores),
    ),
    part(vscode.l10n.t('Text'), filterText({ text }), { text: undefined }, () => askText(text)),
  ];
}

async function askPair(reviews: readonly Review[]): Promise<CandidateQuery | undefined> {
  const pairs = new Map<string, PairCount>();
  for (const review of reviews) {
    for (const pair of review.pairs(Uint32Array.from(review.candidates.rows.keys()))) {
      const before = pairs.get(pairText(pair));
      pairs.set(pairText(pair), { ...pair, candidates: pair.candidates + (before?.candidates ?? 0) });
    }
  }
  const items = Array.from(pairs, ([label, pair]) => ({ label, description: numberText(pair.candidates), pair }));
  const picked = await vscode.window.showQuickPick(items, { placeHolder: vscode.l10n.t('Given → suggested label') });
  return picked && { given: labelName(picked.pair.given), suggested: labelName(picked.pair.suggested) };
}

async function askStatus(): Promise<CandidateQuery | undefined> {
  const items = candidateStatuses.map((status) => ({ label: statusText(status), status }));
  const picked = await vscode.window.showQuickPick(items, { placeHolder: vscode.l10n.t('Status of candidates') });
  return picked && { status: picked.status };
}

async function askScores(now: CandidateQuery['scores']): Promise<CandidateQuery | undefined> {
  const rule = vscode.l10n.t('Two numbers from 0 to 1, such as 0–0.2; low scores are likely errors.');
  const text = await vscode.window.showInputBox({
    title: vscode.l10n.t('Label quality score'),
    prompt: rule,
    value: now ? scoreRangeText(now) : '',
    validateInput: (value) => (parseScoreRange(value) ? undefined : rule),
  });
  return text === undefined ? undefined : { scores: parseScoreRange(text) };
}

async function askText(now: string | undefined): Promise<CandidateQuery | undefined> {
  const text = await vscode.window.showInputBox({
    title: vscode.l10n.t('Text of the record'),
    placeHolder: vscode.l10n.t('Words that it contains'),
    value: now ?? '',
  });
  return text === undefined ? undefined : { text: text.trim() || undefined };
}
