import * as path from 'node:path';
import * as vscode from 'vscode';

const scheme = 'flag-review-cell';

/** Shows cells that are too long for a page, each whole in a text editor in which nothing can be changed. */
export class CellTexts implements vscode.TextDocumentContentProvider, vscode.Disposable {
  private readonly texts = new Map<string, string>();
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  private readonly subscriptions = [
    this.changed,
    vscode.workspace.registerTextDocumentContentProvider(scheme, this),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => this.texts.delete(uri.toString())),
  ];
  readonly onDidChange = this.changed.event;

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.texts.get(uri.toString()) ?? vscode.l10n.t('Open the cell again from its log.');
  }

  /**
   * @param row from 0
   * @param column by its name
   */
  async show(log: vscode.Uri, row: number, column: string, text: string): Promise<void> {
    const ending = /^\s*[[{]/.test(text) ? 'json' : 'txt';
    const name = vscode.l10n.t('{0} of sample {1}', column.replace(/[\\/]/g, '_'), row + 1);
    const uri = vscode.Uri.from({ scheme, path: `${path.posix.dirname(log.path)}/${name}.${ending}`, query: log.path });
    this.texts.set(uri.toString(), text);
    this.changed.fire(uri);
    await vscode.window.showTextDocument(uri, { viewColumn: vscode.ViewColumn.Beside });
  }

  dispose(): void {
    vscode.Disposable.from(...this.subscriptions).dispose();
  }
}
