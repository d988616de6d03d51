import * as vscode from 'vscode';
import { areOut, type RemovedLine } from '../../core/review/apply/textRemoval';
import type { ErrorReporter } from '../errors';

const memoryKey = 'review.removals';

/** Records that were taken out of the text of an editor. */
export interface Removal {
  /** URI of the dataset. */
  readonly dataset: string;
  /** Of the decisions to discard them. */
  readonly ids: readonly string[];
  readonly line: RemovedLine;
}

/** Keeps that records are out of the file, or back in it. */
export type NoteRemoval = (removal: Removal, isOut: boolean) => Promise<void>;

/**
 * Notes what was taken out of the text of an editor once that is saved: until then the file has it still. What is not
 * saved when the window ends is remembered, for the editor may come back with it.
 */
export class SavedRemovals implements vscode.Disposable {
  private followed: (Removal & { noted: boolean })[] = [];
  private readonly subscriptions: vscode.Disposable;

  constructor(
    private readonly memory: vscode.Memento,
    private readonly note: NoteRemoval,
    errors: Pick<ErrorReporter, 'report'>,
  ) {
    const report = (error: unknown): void => errors.report(error);
    this.subscriptions = vscode.Disposable.from(
      vscode.workspace.onDidSaveTextDocument((document) => {
        this.saved(document).catch(report);
      }),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => {
        this.forget(uri.toString()).catch(report);
      }),
    );
    this.resume().catch(report);
  }

  /** To be called when the text is without the records. */
  async follow(removal: Removal): Promise<void> {
    this.followed.push({ ...removal, noted: false });
    await this.remember();
  }

  dispose(): void {
    this.subscriptions.dispose();
  }

  /** Goes on with what another window left; its text may be unsaved still, or was saved or dropped since. */
  private async resume(): Promise<void> {
    const left = this.memory.get<readonly Removal[]>(memoryKey, []);
    this.followed.push(...left.map((removal) => ({ ...removal, noted: false })));
    for (const dataset of new Set(left.map((removal) => removal.dataset))) {
      // A dataset that cannot be opened any more has no text to follow.
      const document = await vscode.workspace
        .openTextDocument(vscode.Uri.parse(dataset))
        .then(undefined, () => undefined);
      if (document?.isDirty) continue;
      if (document) await this.saved(document);
      await this.forget(dataset);
    }
  }

  private async saved(document: vscode.TextDocument): Promise<void> {
    const [dataset, text] = [document.uri.toString(), document.getText()];
    for (const removal of this.followed.filter((each) => each.dataset === dataset)) {
      const isOut = areOut(text, removal.line);
      if (isOut === removal.noted) continue;
      removal.noted = isOut;
      await this.note(removal, isOut);
      await this.remember();
    }
  }

  private async forget(dataset: string): Promise<void> {
    const kept = this.followed.filter((removal) => removal.dataset !== dataset);
    if (kept.length === this.followed.length) return;
    this.followed = kept;
    await this.remember();
  }

  private async remember(): Promise<void> {
    const waiting = this.followed.filter(({ noted }) => !noted);
    await this.memory.update(
      memoryKey,
      waiting.map(({ dataset, ids, line }): Removal => ({ dataset, ids, line })),
    );
  }
}
