import * as vscode from 'vscode';
import type { Problem } from '../core/demo/definition';
import { loadDemo } from '../core/demo/loadDemo';
import { isDefinition } from './demoSource';
import type { Services } from './services';

const settleTime = 300;

/** Problems of open definitions, in the editor and the Problems view; cleared when the definition is closed. */
export function registerDiagnostics({ errors }: Services): vscode.Disposable {
  const collection = vscode.languages.createDiagnosticCollection('flagReview');
  const timers = new Map<string, NodeJS.Timeout>();

  const check = async (document: vscode.TextDocument): Promise<void> => {
    const { version } = document;
    const { problems } = await loadDemo(document.uri.fsPath, { text: document.getText() });
    if (document.isClosed || document.version !== version) return;
    collection.set(
      document.uri,
      problems.map((problem) => toDiagnostic(document, problem)),
    );
  };
  const forget = ({ uri }: vscode.TextDocument): void => {
    clearTimeout(timers.get(uri.toString()));
    timers.delete(uri.toString());
    collection.delete(uri);
  };
  const checkLater = (document: vscode.TextDocument): void => {
    if (!isDefinition(document.uri)) return;
    const key = document.uri.toString();
    clearTimeout(timers.get(key));
    timers.set(
      key,
      setTimeout(() => void check(document).catch((error: unknown) => errors.report(error)), settleTime),
    );
  };

  for (const document of vscode.workspace.textDocuments) checkLater(document);
  return vscode.Disposable.from(
    collection,
    vscode.workspace.onDidOpenTextDocument(checkLater),
    vscode.workspace.onDidChangeTextDocument(({ document }) => checkLater(document)),
    vscode.workspace.onDidCloseTextDocument(forget),
    {
      dispose: () => {
        for (const timer of timers.values()) clearTimeout(timer);
      },
    },
  );
}

function toDiagnostic(
  document: vscode.TextDocument,
  { message, severity, offset, length }: Problem,
): vscode.Diagnostic {
  const range = new vscode.Range(document.positionAt(offset), document.positionAt(offset + length));
  const level = severity === 'error' ? vscode.DiagnosticSeverity.Error : vscode.DiagnosticSeverity.Warning;
  const diagnostic = new vscode.Diagnostic(range, message, level);
  diagnostic.source = 'Flag & Review';
  return diagnostic;
}
