import * as vscode from 'vscode';
import { ExpectedError } from '../../core/errors';
import { DocumentRecords } from '../../core/review/document/documentRecords';
import type { Review } from '../../core/review/review';
import type { Labelling } from '../../core/review/types';
import { readablePath } from '../paths';
import type { FollowedDocument, TextFormat } from './followedDocument';
import { editsOf, rangeOf } from './textEdits';

/** A label that was changed in an editor. */
interface Correction {
  readonly review: Review;
  readonly row: number;
  readonly label: Labelling;
  /** Holds the record as it was before. */
  readonly before: DocumentRecords;
  /** The decision that stands for it; undefined while it is taken back. */
  decision: string | undefined;
}

/**
 * Labels that were changed by Quick Fixes: in the text, which VS Code undoes, and in the ledger.
 *
 * The decision comes first. When the edit then fails, or the editor is closed without saving, it is a correction that is
 * not applied yet, which every view says; the other way round the dataset would change with nobody having decided it.
 * Undo in the editor takes the decision back, too, as long as it is the last one of the reviewer; redo decides again.
 */
export class TextCorrections {
  private readonly made = new WeakMap<vscode.TextDocument, Correction[]>();

  /** @throws ExpectedError when the decision cannot be written, or the text is not as it was */
  async change({ document, review }: FollowedDocument, format: TextFormat, row: number): Promise<void> {
    const label = review.detail(row)?.suggested;
    const column = review.found?.settings.label;
    if (!label || column === undefined) throw changedSince(document);
    const before = new DocumentRecords(document.getText(), format, column, new Set([row]));
    const decided = await decide(review, row, label);
    const edit = before.relabel(document.getText(), row, decided.label);
    if (!edit) throw changedSince(document);
    const change = new vscode.WorkspaceEdit();
    change.replace(document.uri, rangeOf(document, edit), edit.text);
    this.add(document, { review, row, label, before, decision: decided.id });
    if (await vscode.workspace.applyEdit(change)) return;
    throw new ExpectedError(
      vscode.l10n.t('VS Code refused to edit {0}.', readablePath(document.uri.fsPath)),
      vscode.l10n.t('The decision is kept: “Apply Corrections” writes it.'),
    );
  }

  /** Lets decisions follow undo and redo in an editor. */
  async follow({ document, contentChanges, reason }: vscode.TextDocumentChangeEvent): Promise<void> {
    const made = this.made.get(document) ?? [];
    for (const { before } of made) before.move(editsOf(contentChanges));
    if (reason === undefined) return;
    const text = document.getText();
    for (const correction of made) {
      const [asBefore] = correction.before.intact(text);
      if (reason === vscode.TextDocumentChangeReason.Undo && asBefore) await takeBack(correction);
      if (reason === vscode.TextDocumentChangeReason.Redo && !asBefore) await decideAgain(correction);
    }
  }

  private add(document: vscode.TextDocument, correction: Correction): void {
    this.made.set(document, [...(this.made.get(document) ?? []), correction]);
  }
}

async function takeBack(correction: Correction): Promise<void> {
  const { review, decision } = correction;
  const own = review.standings().filter(({ entry }) => entry.reviewer === review.reviewer);
  const last = own.reduce<string>((time, { entry }) => (entry.time > time ? entry.time : time), '');
  const isLast = own.some(({ entry }) => entry.id === decision && entry.time === last);
  if (decision === undefined || !isLast) return;
  correction.decision = undefined;
  await review.undo();
}

async function decideAgain(correction: Correction): Promise<void> {
  const { review, row, label, decision } = correction;
  if (decision === undefined) correction.decision = (await decide(review, row, label)).id;
}

/** @returns the decision, and the cell that it says */
async function decide(review: Review, row: number, label: Labelling) {
  await review.decide([{ row, decision: 'change', label }]);
  const { id, label: cell = null } = review.detail(row)?.own?.entry ?? { id: '' };
  return { id, label: cell };
}

function changedSince({ uri }: vscode.TextDocument): ExpectedError {
  return new ExpectedError(
    vscode.l10n.t('The record has changed in {0} since its label error was found.', readablePath(uri.fsPath)),
    vscode.l10n.t('Find label errors again.'),
  );
}
