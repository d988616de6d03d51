import type * as vscode from 'vscode';
import { commands } from '../ids';
import { registerCommand } from './commands';
import type { Services } from './services';

export function registerShowLog({ log, errors }: Services): vscode.Disposable {
  return registerCommand(commands.showLog, errors, () => log.show());
}
