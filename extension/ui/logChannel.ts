import * as vscode from 'vscode';

/** The one log of the extension; its level is set by *Developer: Set Log Level…*. */
export function createLogChannel(): vscode.LogOutputChannel {
  return vscode.window.createOutputChannel('Flag & Review', { log: true });
}
