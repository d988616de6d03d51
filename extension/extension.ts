import type * as vscode from 'vscode';
import type { FlagReviewApi } from './api';
import { createServices } from './ui/services';
import { registerShowLog } from './ui/showLog';

/** Composes the extension; everything it registers ends with it. */
export function activate(context: vscode.ExtensionContext): FlagReviewApi {
  const services = createServices(context);
  context.subscriptions.push(registerShowLog(services));
  return {
    version: 1,
    registerFlaggingCallback: (name, factory) => services.callbacks.register(name, factory),
  };
}
