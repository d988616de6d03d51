import * as vscode from 'vscode';
import type { BulkDecision } from '../../core/review/list/bulkChoice';
import { commands, views } from '../../ids';
import { registerCommand } from '../commands';
import { openRecord } from '../openRecord';
import type { Services } from '../services';
import { copyCandidates, editNote, pickSimilar, rowsOfReviews } from './candidateActions';
import { decideCandidates, type Targets } from './decideCandidates';
import { DecisionUndo } from './decisionUndo';
import { clearFilter, filterCandidates, sortCandidates } from './filterCandidates';
import { pickLabel } from './labelPick';
import { LabelErrorsTree } from './labelErrorsTree';
import { reviewOf, type CandidateNode, type GroupNode, type MoreNode, type Node } from './nodes';
import { pickDecision } from './pickDecision';
import { QueryMemory } from './queryMemory';
import { followState } from './viewState';

type Choose = (clicked: unknown, selected: unknown) => CandidateNode[];

/**
 * The *Label Errors* view and its commands. Reviews are looked for once the view is shown, and its badge counts from then
 * on: a scan of the workspace at start-up would be paid by everyone.
 */
export function registerLabelErrors(services: Services): vscode.Disposable {
  const { context, reviews } = services;
  const memory = new QueryMemory(context.workspaceState);
  const tree = new LabelErrorsTree(services, memory);
  const view = vscode.window.createTreeView<Node>(views.labelErrors, {
    treeDataProvider: tree,
    canSelectMany: true,
    showCollapseAll: true,
    manageCheckboxStateManually: true,
  });
  const undo = new DecisionUndo(reviews, () => view.selection[0] && reviewOf(view.selection[0]));
  const choose: Choose = (clicked, selected) => chosenCandidates(clicked, selected, view.selection);
  return vscode.Disposable.from(
    memory,
    tree,
    view,
    undo,
    followState(view, tree, memory, reviews),
    view.onDidChangeCheckboxState(({ items }) => tree.check(items)),
    registerDecisions(services, choose),
    registerChecked(services, tree),
    registerOpening(services, choose),
    registerListing(services, tree, memory),
    registerCommand(commands.undoCandidates, services.errors, () => undo.undo()),
    registerCommand(commands.redoCandidates, services.errors, () => undo.redo()),
  );
}

function registerDecisions({ errors }: Services, choose: Choose): vscode.Disposable {
  const deciding = (wanted: BulkDecision) => (clicked: unknown, selected: unknown) =>
    decideCandidates(rowsOfReviews(choose(clicked, selected)), wanted);
  return vscode.Disposable.from(
    registerCommand(commands.acceptCandidates, errors, deciding({ decision: 'change', label: null })),
    registerCommand(commands.keepCandidates, errors, deciding({ decision: 'keep', label: null })),
    registerCommand(commands.markAmbiguousCandidates, errors, deciding({ decision: 'ambiguous', label: null })),
    registerCommand(commands.discardCandidates, errors, deciding({ decision: 'discard', label: null })),
    registerCommand(commands.skipCandidates, errors, deciding({ decision: 'skip', label: null })),
    registerCommand(commands.relabelCandidates, errors, (clicked, selected) =>
      relabel(rowsOfReviews(choose(clicked, selected))),
    ),
    registerCommand(commands.noteCandidate, errors, async (clicked) => {
      const [node] = choose(clicked, []);
      if (node) await editNote(node);
    }),
  );
}

function registerChecked({ errors }: Services, tree: LabelErrorsTree): vscode.Disposable {
  return vscode.Disposable.from(
    registerCommand(commands.decideCheckedCandidates, errors, async () => {
      const { checked } = tree;
      const wanted = await pickDecision();
      if (!wanted) return;
      const isDone = wanted === 'relabel' ? await relabel(checked) : await decideCandidates(checked, wanted);
      if (isDone) tree.uncheckAll();
    }),
    registerCommand(commands.checkAllCandidates, errors, (group) => tree.checkAll(group as GroupNode)),
    registerCommand(commands.uncheckCandidates, errors, () => tree.uncheckAll()),
  );
}

function registerOpening(services: Services, choose: Choose): vscode.Disposable {
  const { errors } = services;
  return vscode.Disposable.from(
    registerCommand(commands.openCandidate, errors, async (clicked) => {
      const node = clicked as Node | undefined;
      const [candidate] = choose(clicked, []);
      if (candidate) await openReview(candidate, candidate.row);
      else if (node) await openReview(node);
    }),
    registerCommand(commands.openCandidateInFile, errors, async (clicked) => {
      const [node] = choose(clicked, []);
      if (node) await openRecord(services, datasetOf(node), node.row);
    }),
    registerCommand(commands.showSimilarCandidates, errors, async (clicked) => {
      const [node] = choose(clicked, []);
      if (!node) return;
      const row = await pickSimilar(node);
      if (row !== undefined) await openReview(node, row);
    }),
    registerCommand(commands.copyCandidates, errors, (clicked, selected) => copyCandidates(choose(clicked, selected))),
    registerCommand(commands.findAgainCandidates, errors, (clicked) =>
      vscode.commands.executeCommand(commands.findLabelErrors, datasetOf(clicked as Node)),
    ),
  );
}

function registerListing({ errors, reviews }: Services, tree: LabelErrorsTree, memory: QueryMemory): vscode.Disposable {
  return vscode.Disposable.from(
    registerCommand(commands.filterCandidates, errors, () => filterCandidates(memory, reviews.open)),
    registerCommand(commands.clearFilterOfCandidates, errors, () => clearFilter(memory)),
    registerCommand(commands.sortCandidates, errors, () => sortCandidates(memory)),
    registerCommand(commands.showMoreCandidates, errors, (node) => tree.showMore(node as MoreNode)),
  );
}

/** Asks for a label, and changes to it. The labels of several datasets are not the same. */
async function relabel(targets: Targets): Promise<boolean> {
  let isDone = false;
  for (const [review, rows] of targets) {
    const [first, ...others] = rows;
    const only = others.length === 0 && first !== undefined ? review.detail(first) : undefined;
    const label = await pickLabel(review, only);
    if (label && (await decideCandidates(new Map([[review, rows]]), { decision: 'change', label }))) isDone = true;
  }
  return isDone;
}

async function openReview(node: Node, row?: number): Promise<void> {
  await vscode.commands.executeCommand(commands.openReview, datasetOf(node), row);
}

function datasetOf(node: Node): vscode.Uri {
  return vscode.Uri.file(reviewOf(node).dataset);
}

/** VS Code passes what was clicked and, when that is part of it, the selection; from a key there is neither. */
function chosenCandidates(clicked: unknown, selected: unknown, selection: readonly Node[]): CandidateNode[] {
  const several = Array.isArray(selected) && selected.length > 0 ? (selected as Node[]) : undefined;
  const nodes = several ?? (clicked ? [clicked as Node] : selection);
  return nodes.filter((node) => node.kind === 'candidate');
}
