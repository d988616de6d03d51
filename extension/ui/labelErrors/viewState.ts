import * as path from 'node:path';
import * as vscode from 'vscode';
import { isFiltered } from '../../core/review/list/storedQuery';
import { contextKeys } from '../../ids';
import { setContext } from '../commands';
import type { Reviews } from '../reviews';
import { summaryText } from './candidateItems';
import { filterText } from './filterCandidates';
import type { LabelErrorsTree } from './labelErrorsTree';
import { numberText } from './labelTexts';
import type { Node } from './nodes';
import type { QueryMemory } from './queryMemory';

/** Keeps the badge, the message and the context keys of the view as what it shows has them. */
export function followState(
  view: vscode.TreeView<Node>,
  tree: LabelErrorsTree,
  memory: QueryMemory,
  reviews: Reviews,
): vscode.Disposable {
  const update = (): void => {
    const pending = tree.reviews.reduce((sum, { counts }) => sum + counts.pending + counts.skip, 0);
    view.badge = pending > 0 ? { value: pending, tooltip: pendingText(pending) } : undefined;
    view.message = messageText(tree, memory, reviews);
    setContext(contextKeys.candidatesFiltered, isFiltered(memory.query));
    setContext(contextKeys.candidatesChecked, tree.checked.size > 0);
  };
  update();
  return vscode.Disposable.from(tree.onDidDraw(update), memory.onDidChange(update));
}

function pendingText(pending: number): string {
  return pending === 1
    ? vscode.l10n.t('1 candidate to review')
    : vscode.l10n.t('{0} candidates to review', numberText(pending));
}

/** What is going on, else the result where one dataset is shown: a line of the view is too narrow for it. */
function messageText(tree: LabelErrorsTree, memory: QueryMemory, reviews: Reviews): string {
  const [review, ...others] = tree.reviews;
  const result = review && others.length === 0 ? `${summaryText(review)}.` : '';
  return [progressText(reviews), filteredText(tree, memory)].filter(Boolean).join(' ') || result;
}

function progressText(reviews: Reviews): string {
  const found = reviews.open.find(({ finding }) => finding);
  if (!found?.finding) return '';
  const { what, done } = found.finding;
  return vscode.l10n.t('{0}: {1}, {2} %', path.basename(found.dataset), what, Math.floor(done * 100));
}

function filteredText(tree: LabelErrorsTree, { query }: QueryMemory): string {
  if (!isFiltered(query)) return '';
  const all = tree.reviews.reduce((sum, { counts }) => sum + counts.candidates, 0);
  return vscode.l10n.t('{0} of {1} candidates: {2}.', numberText(tree.matching), numberText(all), filterText(query));
}
