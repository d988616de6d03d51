import * as vscode from 'vscode';
import type { Review } from '../../core/review/review';
import { contextKeys } from '../../ids';
import { setContext } from '../commands';
import type { Reviews } from '../reviews';
import { numberText } from './labelTexts';

/** How long the status bar says what was taken back. Milliseconds. */
const shownFor = 5000;

/** Takes decisions back and makes them again: those of the dataset that is selected, else of the one decided on last. */
export class DecisionUndo implements vscode.Disposable {
  private last: Review | undefined;
  private readonly subscription: vscode.Disposable;

  constructor(
    private readonly reviews: Reviews,
    private readonly selected: () => Review | undefined,
  ) {
    this.subscription = reviews.onDidChange(({ review, change }) => {
      if (typeof change !== 'string' && change.kind === 'decisions') this.last = review;
      if (typeof change === 'string' || change.kind !== 'progress') this.update();
    });
  }

  async undo(): Promise<void> {
    const rows = await this.target('canUndo')?.undo();
    if (rows) say(vscode.l10n.t('Took decisions back: {0}', numberText(rows.length)));
  }

  async redo(): Promise<void> {
    const rows = await this.target('canRedo')?.redo();
    if (rows) say(vscode.l10n.t('Made decisions again: {0}', numberText(rows.length)));
  }

  dispose(): void {
    this.subscription.dispose();
  }

  private target(can: 'canUndo' | 'canRedo'): Review | undefined {
    const { open } = this.reviews;
    const last = this.last && open.includes(this.last) ? this.last : undefined;
    return [this.selected(), last, ...open].find((review) => review?.[can]);
  }

  private update(): void {
    const canUndo = this.reviews.open.some((review) => review.canUndo);
    const canRedo = this.reviews.open.some((review) => review.canRedo);
    setContext(contextKeys.canUndoDecision, canUndo);
    setContext(contextKeys.canRedoDecision, canRedo);
  }
}

function say(text: string): void {
  vscode.window.setStatusBarMessage(text, shownFor);
}
