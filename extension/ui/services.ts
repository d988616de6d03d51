import type * as vscode from 'vscode';
import { CallbackRegistry } from './callbacks';
import { createErrorReporter, type ErrorReporter } from './errors';
import { createLogChannel } from './logChannel';

/** What the parts of the extension share. Made once by `activate` and passed on; nothing here is a global. */
export interface Services {
  readonly context: vscode.ExtensionContext;
  readonly log: vscode.LogOutputChannel;
  readonly errors: ErrorReporter;
  readonly callbacks: CallbackRegistry;
}

export function createServices(context: vscode.ExtensionContext): Services {
  const log = createLogChannel();
  context.subscriptions.push(log);
  return { context, log, errors: createErrorReporter(log), callbacks: new CallbackRegistry() };
}
