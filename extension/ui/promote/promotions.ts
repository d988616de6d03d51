import * as vscode from 'vscode';
import { ExpectedError } from '../../core/errors';
import { promote, removeCopies, undoPromotion, withCopies } from '../../core/flagging/promote/promote';
import type { PromotionPlan } from '../../core/flagging/promote/types';
import { commands, contextKeys } from '../../ids';
import { setContext } from '../commands';
import { readablePath } from '../paths';
import { dirtyDocument } from './datasetPick';

const shownFor = 20_000;

/** One promotion, and how to take it back. */
interface Done {
  readonly samples: number;
  readonly undo: () => Promise<void>;
}

/** Carries promotions out, says so in the status bar for a while, and takes them back, the last one first. */
export class Promotions implements vscode.Disposable {
  private readonly item = vscode.window.createStatusBarItem('flagReview.promoted', vscode.StatusBarAlignment.Left, 0);
  private readonly done: Done[] = [];
  private hiding: NodeJS.Timeout | undefined;

  constructor() {
    this.item.name = vscode.l10n.t('Promoted samples');
  }

  /** @param mark called with whether the samples are promoted now */
  async run(plan: PromotionPlan, mark: (promoted: boolean) => Promise<void>): Promise<void> {
    const document = dirtyDocument(vscode.Uri.file(plan.dataset));
    const undo = document ? await promoteInEditor(document, plan) : await promoteOnDisk(plan);
    this.done.push({
      samples: plan.samples,
      undo: async () => {
        await undo();
        await mark(false);
      },
    });
    this.show(plan);
    await mark(true);
  }

  async undo(): Promise<void> {
    const last = this.done.at(-1);
    if (!last) throw new ExpectedError(vscode.l10n.t('There is no promotion to take back.'));
    await last.undo();
    this.done.pop();
    const { samples } = last;
    this.item.text =
      samples === 1
        ? vscode.l10n.t('$(discard) Took 1 sample out of the dataset')
        : vscode.l10n.t('$(discard) Took {0} samples out of the dataset', samples);
    this.item.command = undefined;
    this.showItem();
  }

  dispose(): void {
    clearTimeout(this.hiding);
    this.item.dispose();
  }

  private show({ samples, dataset }: PromotionPlan): void {
    const name = readablePath(dataset);
    const what =
      samples === 1
        ? vscode.l10n.t('Added 1 sample to {0}', name)
        : vscode.l10n.t('Added {0} samples to {1}', samples, name);
    this.item.text = vscode.l10n.t('$(check) {0} · Undo', what);
    this.item.command = commands.undoPromotion;
    this.item.accessibilityInformation = { label: vscode.l10n.t('{0}. Activate to undo.', what) };
    this.showItem();
  }

  private showItem(): void {
    setContext(contextKeys.canUndoPromotion, this.done.length > 0);
    this.item.show();
    clearTimeout(this.hiding);
    this.hiding = setTimeout(() => this.item.hide(), shownFor);
  }
}

async function promoteOnDisk(plan: PromotionPlan): Promise<() => Promise<void>> {
  const receipt = await promote(plan);
  return () => undoPromotion(receipt);
}

/** A dataset with unsaved changes gets its rows in its editor, where they are undone and saved like any other edit. */
async function promoteInEditor(document: vscode.TextDocument, plan: PromotionPlan): Promise<() => Promise<void>> {
  return withCopies(plan, async (media) => {
    const text = document.getText();
    const lineEnd = document.eol === vscode.EndOfLine.CRLF ? '\r\n' : '\n';
    const added = (text === '' || text.endsWith('\n') ? '' : lineEnd) + plan.text.replaceAll(/\r?\n/g, lineEnd);
    await replace(document, text.length, text.length, added);
    return async () => {
      const now = document.getText();
      if (document.isClosed || !now.endsWith(added)) {
        throw new ExpectedError(
          vscode.l10n.t('The samples are no longer the end of {0}.', readablePath(plan.dataset)),
          vscode.l10n.t('Undo there, or remove them by hand.'),
        );
      }
      await replace(document, now.length - added.length, now.length, '');
      await removeCopies(media);
    };
  });
}

async function replace(document: vscode.TextDocument, start: number, end: number, text: string): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, new vscode.Range(document.positionAt(start), document.positionAt(end)), text);
  if (await vscode.workspace.applyEdit(edit)) return;
  throw new ExpectedError(
    vscode.l10n.t('{0} could not be changed in its editor.', readablePath(document.uri.fsPath)),
    vscode.l10n.t('Save it, then try again.'),
  );
}
