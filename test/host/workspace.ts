import { mkdir, writeFile } from 'node:fs/promises';
import * as path from 'node:path';
import * as vscode from 'vscode';

/** The folder that the test's window has open. */
export function workspaceFolder(): string {
  const folder = vscode.workspace.workspaceFolders?.[0];
  if (!folder) throw new Error('The host tests need a window with a folder.');
  return folder.uri.fsPath;
}

/** Writes a file of the workspace. @returns its address */
export async function writeWorkspaceFile(name: string, content: string | Uint8Array): Promise<vscode.Uri> {
  const file = path.join(workspaceFolder(), name);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, content);
  return vscode.Uri.file(file);
}

/** Waits until something is so; the runner's own limit ends a wait in vain. */
export async function until<T>(look: () => T | undefined | false | Promise<T | undefined | false>): Promise<T> {
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

export async function closeEditors(): Promise<void> {
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
}

/**
 * Answers the questions that are asked while something is done, in order.
 *
 * @returns the questions, with their details
 */
export async function answering(answers: readonly string[], work: () => Thenable<unknown>): Promise<string[]> {
  const asked: string[] = [];
  const left = [...answers];
  const before = vscode.window.showWarningMessage;
  const answer = (question: string, options: vscode.MessageOptions): Promise<string | undefined> => {
    asked.push([question, options.detail].join(' '));
    return Promise.resolve(left.shift());
  };
  Object.assign(vscode.window, { showWarningMessage: answer });
  try {
    await work();
  } finally {
    Object.assign(vscode.window, { showWarningMessage: before });
  }
  return asked;
}
