import * as path from 'node:path';
import * as vscode from 'vscode';

/** A path as a person reads it: relative to the workspace when inside, with `/`. */
export function readablePath(file: string): string {
  return vscode.workspace.asRelativePath(file).replaceAll(path.sep, '/');
}

/** Where the extension keeps files for this workspace. Absolute. */
export function storagePath(context: vscode.ExtensionContext): string {
  return (context.storageUri ?? context.globalStorageUri).fsPath;
}
