import * as path from 'node:path';
import * as vscode from 'vscode';
import { recordOffset } from '../../core/dataset/recordOffset';
import { formatOfPath } from '../../core/dataset/openTable';
import { diffMarkdown } from '../../core/review/diff/describeDiff';
import type { LabelDiff } from '../../core/review/diff/types';
import { readablePath } from '../paths';

/** Of the read-only documents that show diffs; a `when` clause of package.json names it, too. */
export const diffScheme = 'flag-review-diff';

/** Entries of each list: more make a document that nobody reads. */
const mostShown = 10_000;
/** The same in what is copied: a pull request takes 65,536 characters. */
const mostCopied = 100;

interface Shown {
  readonly dataset: vscode.Uri;
  readonly diff: LabelDiff;
}

/** Label diffs as read-only Markdown; *Go to Definition* on an entry leads to its record. */
export class DiffDocuments implements vscode.TextDocumentContentProvider, vscode.DefinitionProvider {
  private readonly shown = new Map<string, Shown>();
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.changed.event;
  private readonly subscriptions = vscode.Disposable.from(
    this.changed,
    vscode.workspace.registerTextDocumentContentProvider(diffScheme, this),
    vscode.languages.registerDefinitionProvider({ scheme: diffScheme }, this),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => this.shown.delete(uri.toString())),
  );

  async show(dataset: vscode.Uri, diff: LabelDiff): Promise<void> {
    const name = `${path.basename(dataset.fsPath)}: ${diff.before} → ${diff.after}.md`;
    const query = dataset.toString();
    const uri = vscode.Uri.from({ scheme: diffScheme, path: `/${name.replaceAll(/[/\\]/g, '∕')}`, query });
    this.shown.set(uri.toString(), { dataset, diff });
    this.changed.fire(uri);
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(await vscode.languages.setTextDocumentLanguage(document, 'markdown'));
  }

  /** What *Copy as Markdown* copies; undefined for another document. */
  copyOf(uri: vscode.Uri): string | undefined {
    const shown = this.shown.get(uri.toString());
    return shown && diffMarkdown(shown.diff, readablePath(shown.dataset.fsPath), mostCopied);
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    const shown = this.shown.get(uri.toString());
    return shown ? diffMarkdown(shown.diff, readablePath(shown.dataset.fsPath), mostShown) : '';
  }

  async provideDefinition(
    document: vscode.TextDocument,
    { line }: vscode.Position,
  ): Promise<vscode.Location | undefined> {
    const shown = this.shown.get(document.uri.toString());
    const row = /^- row (\d+):/.exec(document.lineAt(line).text)?.[1];
    const format = shown && formatOfPath(shown.dataset.fsPath);
    if (row === undefined || !shown || format === undefined || format === 'parquet') return undefined;
    const removed = document.getText().indexOf('\n## Removed\n');
    if (removed >= 0 && line > document.positionAt(removed + 1).line) return undefined;
    const dataset = await vscode.workspace.openTextDocument(shown.dataset);
    const offset = recordOffset(dataset.getText(), format, Number(row));
    return offset === undefined ? undefined : new vscode.Location(shown.dataset, dataset.positionAt(offset));
  }

  dispose(): void {
    this.subscriptions.dispose();
  }
}
