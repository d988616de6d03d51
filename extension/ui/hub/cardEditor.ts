import { mkdir, writeFile } from 'node:fs/promises';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { storagePath } from '../paths';
import type { Pushes } from './pushes';

/** The card of the planned push as a text; what is saved there is pushed. */
export class CardEditor implements vscode.Disposable {
  private readonly file: vscode.Uri;
  private readonly subscription: vscode.Disposable;

  constructor(
    context: vscode.ExtensionContext,
    private readonly pushes: Pushes,
  ) {
    this.file = vscode.Uri.file(path.join(storagePath(context), 'hub', 'card', 'README.md'));
    this.subscription = vscode.workspace.onDidSaveTextDocument((document) => this.take(document));
  }

  async open(): Promise<void> {
    const { plan } = this.pushes;
    if (!plan) return;
    await mkdir(path.dirname(this.file.fsPath), { recursive: true });
    await writeFile(this.file.fsPath, this.pushes.card ?? plan.card);
    await vscode.window.showTextDocument(this.file, { preview: false });
  }

  dispose(): void {
    this.subscription.dispose();
  }

  private take(document: vscode.TextDocument): void {
    const { plan } = this.pushes;
    if (!plan || document.uri.toString() !== this.file.toString()) return;
    this.pushes.editCard(document.getText());
    vscode.window.setStatusBarMessage(vscode.l10n.t('The card of {0} is changed in the plan.', plan.repo), 4000);
  }
}
