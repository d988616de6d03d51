import * as vscode from 'vscode';
import type { ErrorReporter } from '../errors';

/** Records that were taken out of the text of an editor. */
interface Removal {
  /** Whether they are out of what the text is now. */
  readonly isOut: (text: string) => boolean;
  /** Keeps that they are out of the file, or back in it. */
  readonly note: (isOut: boolean) => Promise<void>;
}

/** Notes what was taken out of the text of an editor once that is saved: until then the file has it still. */
export class SavedRemovals implements vscode.Disposable {
  private readonly followed = new Map<vscode.TextDocument, (Removal & { noted: boolean })[]>();
  private readonly subscriptions: vscode.Disposable;

  constructor(errors: ErrorReporter) {
    this.subscriptions = vscode.Disposable.from(
      vscode.workspace.onDidSaveTextDocument((document) => {
        this.saved(document).catch((error: unknown) => errors.report(error));
      }),
      vscode.workspace.onDidCloseTextDocument((document) => this.followed.delete(document)),
    );
  }

  /** To be called when the text is without the records. */
  follow(document: vscode.TextDocument, removal: Removal): void {
    this.followed.set(document, [...(this.followed.get(document) ?? []), { ...removal, noted: false }]);
  }

  dispose(): void {
    this.subscriptions.dispose();
  }

  private async saved(document: vscode.TextDocument): Promise<void> {
    const text = document.getText();
    for (const removal of this.followed.get(document) ?? []) {
      const isOut = removal.isOut(text);
      if (isOut === removal.noted) continue;
      removal.noted = isOut;
      await removal.note(isOut);
    }
  }
}
