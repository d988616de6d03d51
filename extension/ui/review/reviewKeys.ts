import * as vscode from 'vscode';
import { commands } from '../../ids';
import type { ReviewAction } from '../../protocol/review';
import { isCount } from '../answers';
import { registerCommand } from '../commands';
import type { ErrorReporter } from '../errors';
import type { ReviewPanel } from './reviewPanel';

/** The keys of a review as commands, which a person can bind anew. Without an active panel they do nothing. */
export function registerReviewKeys(errors: ErrorReporter, active: () => ReviewPanel | undefined): vscode.Disposable {
  const perform = (action: ReviewAction) => () => active()?.perform(action);
  return vscode.Disposable.from(
    registerCommand(commands.reviewKeep, errors, perform('keep')),
    registerCommand(commands.reviewAccept, errors, perform('accept')),
    registerCommand(commands.reviewChooseLabel, errors, perform('chooseLabel')),
    registerCommand(commands.reviewAmbiguous, errors, perform('ambiguous')),
    registerCommand(commands.reviewDiscard, errors, perform('discard')),
    registerCommand(commands.reviewSkip, errors, perform('skip')),
    registerCommand(commands.reviewNote, errors, perform('note')),
    registerCommand(commands.reviewUndo, errors, perform('undo')),
    registerCommand(commands.reviewRedo, errors, perform('redo')),
    registerCommand(commands.reviewNext, errors, perform('next')),
    registerCommand(commands.reviewPrevious, errors, perform('previous')),
    registerCommand(commands.reviewNextPending, errors, perform('nextPending')),
    registerCommand(commands.reviewBulk, errors, perform('bulk')),
    registerCommand(commands.reviewCharts, errors, perform('charts')),
    registerCommand(commands.reviewHelp, errors, perform('help')),
    registerCommand(commands.reviewFreeze, errors, perform('freeze')),
    registerCommand(commands.reviewBlind, errors, perform('blind')),
    // Counted from 1, as the keys are.
    registerCommand(commands.reviewLabel, errors, (number) =>
      isCount(number) && number > 0 ? active()?.performLabel(number - 1) : undefined,
    ),
    registerCommand(commands.reviewApply, errors, () => active()?.apply()),
  );
}
