import * as vscode from 'vscode';
import { formatOfPath } from '../../core/dataset/openTable';
import { recordOffset } from '../../core/dataset/recordOffset';

/** Of the read-only documents that show reports; `when` clauses of package.json name it, too. */
const reportScheme = 'flag-review-report';

/** A report as Markdown. */
export interface Report {
  readonly shown: string;
  /** What is copied: short enough for a pull request. */
  readonly copied: string;
}

interface ShownReport extends Report {
  readonly dataset: vscode.Uri;
}

/** Reports on datasets as read-only Markdown; *Go to Definition* on an entry leads to its record. */
export class ReviewReports implements vscode.TextDocumentContentProvider, vscode.DefinitionProvider {
  private readonly reports = new Map<string, ShownReport>();
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.changed.event;
  private readonly subscriptions = vscode.Disposable.from(
    this.changed,
    vscode.workspace.registerTextDocumentContentProvider(reportScheme, this),
    vscode.languages.registerDefinitionProvider({ scheme: reportScheme }, this),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => this.reports.delete(uri.toString())),
  );

  async show(dataset: vscode.Uri, title: string, report: Report): Promise<void> {
    const path = `/${title.replaceAll(/[/\\]/g, '∕')}.md`;
    const uri = vscode.Uri.from({ scheme: reportScheme, path, query: dataset.toString() });
    this.reports.set(uri.toString(), { dataset, ...report });
    this.changed.fire(uri);
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(await vscode.languages.setTextDocumentLanguage(document, 'markdown'));
  }

  /** What *Copy as Markdown* copies; undefined for another document. */
  copyOf(uri: vscode.Uri): string | undefined {
    return this.reports.get(uri.toString())?.copied;
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.reports.get(uri.toString())?.shown ?? '';
  }

  async provideDefinition(
    document: vscode.TextDocument,
    { line }: vscode.Position,
  ): Promise<vscode.Location | undefined> {
    const dataset = this.reports.get(document.uri.toString())?.dataset;
    const row = /^(?:- row (\d+):|\| (\d+) \|)/.exec(document.lineAt(line).text)?.slice(1).find(Boolean);
    const format = dataset && formatOfPath(dataset.fsPath);
    if (row === undefined || !dataset || format === undefined || format === 'parquet') return undefined;
    const removed = document.getText().indexOf('\n## Removed\n');
    if (removed >= 0 && line > document.positionAt(removed + 1).line) return undefined;
    const opened = await vscode.workspace.openTextDocument(dataset);
    const offset = recordOffset(opened.getText(), format, Number(row));
    return offset === undefined ? undefined : new vscode.Location(dataset, opened.positionAt(offset));
  }

  dispose(): void {
    this.subscriptions.dispose();
  }
}
