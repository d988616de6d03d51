import * as path from 'node:path';
import * as vscode from 'vscode';

const settleTime = 300;

/** Reports changes of a file, on disk and in an open editor, once things have settled. */
export function watchFile(uri: vscode.Uri, changed: () => void): vscode.Disposable {
  let timer: NodeJS.Timeout | undefined;
  const later = (): void => {
    clearTimeout(timer);
    timer = setTimeout(changed, settleTime);
  };
  const watcher = vscode.workspace.createFileSystemWatcher(
    new vscode.RelativePattern(vscode.Uri.joinPath(uri, '..'), path.posix.basename(uri.path)),
  );
  return vscode.Disposable.from(
    watcher,
    watcher.onDidChange(later),
    watcher.onDidCreate(later),
    watcher.onDidDelete(later),
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (contentChanges.length > 0 && document.uri.toString() === uri.toString()) later();
    }),
    { dispose: () => clearTimeout(timer) },
  );
}
