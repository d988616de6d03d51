import * as vscode from 'vscode';
import type { CommandId, ContextKey } from '../ids';
import type { ErrorReporter } from './errors';

/** Registers a command whose failures are told in one way. */
export function registerCommand(
  id: CommandId,
  errors: ErrorReporter,
  run: (...args: readonly unknown[]) => unknown,
): vscode.Disposable {
  return vscode.commands.registerCommand(id, async (...args: unknown[]) => {
    try {
      return await run(...args);
    } catch (error) {
      errors.report(error, id);
      return undefined;
    }
  });
}

export function setContext(key: ContextKey, value: boolean | Readonly<Record<string, true>>): void {
  void vscode.commands.executeCommand('setContext', key, value);
}
