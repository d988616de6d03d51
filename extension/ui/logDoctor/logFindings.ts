import * as vscode from 'vscode';
import type { Finding } from '../../core/flagging/doctor/types';
import { commands } from '../../ids';
import type { ErrorReporter } from '../errors';

/** After the last change of a log that was checked. Milliseconds. */
const settleTime = 500;
const source = 'Flag & Review';

/** Names a finding in one version of a log. */
export function findingKey({ kind, span }: Finding): string {
  return `${kind} ${span.start}`;
}

/** What is wrong with logs that were checked: in the Problems view, with Quick Fixes, until the log is closed. */
export class LogFindings implements vscode.CodeActionProvider {
  private readonly collection = vscode.languages.createDiagnosticCollection('flagReview.flagLogs');
  private readonly found = new Map<string, readonly Finding[]>();
  private readonly timers = new Map<string, NodeJS.Timeout>();
  private readonly disposables: vscode.Disposable;

  constructor(private readonly errors: ErrorReporter) {
    this.disposables = vscode.Disposable.from(
      this.collection,
      vscode.languages.registerCodeActionsProvider({ pattern: '**/*.{csv,jsonl}' }, this, {
        providedCodeActionKinds: [vscode.CodeActionKind.QuickFix],
      }),
      vscode.workspace.onDidChangeTextDocument(({ document }) => this.checkLater(document)),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.forget(uri)),
    );
  }

  async check(document: vscode.TextDocument): Promise<readonly Finding[]> {
    const { version, uri } = document;
    const folder = vscode.workspace.getWorkspaceFolder(uri);
    const { checkLog } = await import('../../core/flagging/doctor/checkLog');
    const found = await checkLog(uri.fsPath, document.getText(), folder ? [folder.uri.fsPath] : []);
    if (document.isClosed || document.version !== version) return found;
    this.found.set(uri.toString(), found);
    this.collection.set(
      uri,
      found.map((finding) => toDiagnostic(document, finding)),
    );
    return found;
  }

  provideCodeActions(
    { uri }: vscode.TextDocument,
    _range: vscode.Range,
    { diagnostics }: vscode.CodeActionContext,
  ): vscode.CodeAction[] {
    const found = this.found.get(uri.toString()) ?? [];
    return diagnostics.flatMap((diagnostic) => {
      const finding = found.find(
        ({ kind, message }) =>
          diagnostic.source === source && diagnostic.code === kind && diagnostic.message === message,
      );
      if (!finding?.fix) return [];
      const action = new vscode.CodeAction(`${finding.fix.title}…`, vscode.CodeActionKind.QuickFix);
      action.diagnostics = [diagnostic];
      action.command = {
        command: commands.checkFlagLog,
        title: action.title,
        arguments: [uri, findingKey(finding)],
      };
      return [action];
    });
  }

  dispose(): void {
    for (const timer of this.timers.values()) clearTimeout(timer);
    this.disposables.dispose();
  }

  private checkLater(document: vscode.TextDocument): void {
    const key = document.uri.toString();
    if (!this.found.has(key)) return;
    clearTimeout(this.timers.get(key));
    const check = (): void => void this.check(document).catch((error: unknown) => this.errors.report(error));
    this.timers.set(key, setTimeout(check, settleTime));
  }

  private forget(uri: vscode.Uri): void {
    const key = uri.toString();
    clearTimeout(this.timers.get(key));
    this.timers.delete(key);
    this.found.delete(key);
    this.collection.delete(uri);
  }
}

function toDiagnostic(document: vscode.TextDocument, { kind, span, message }: Finding): vscode.Diagnostic {
  const range = new vscode.Range(document.positionAt(span.start), document.positionAt(span.end));
  const diagnostic = new vscode.Diagnostic(range, message, vscode.DiagnosticSeverity.Warning);
  diagnostic.source = source;
  diagnostic.code = kind;
  return diagnostic;
}
