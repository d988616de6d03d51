import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import type { VscodeServer } from '../../../scripts/startServer.mjs';
import type { Workbench } from './workbench';

/** Chooses the entry of a quick pick whose title begins so; `screenshot` keeps a picture of it. */
export async function pick(workbench: Workbench, title: string, text: string, screenshot?: string): Promise<void> {
  const widget = workbench.page.locator('.quick-input-widget:visible');
  await widget.locator('.quick-input-title', { hasText: title }).waitFor();
  const row = widget.locator('.quick-input-list .monaco-list-row').filter({ hasText: text }).first();
  await row.waitFor();
  if (screenshot !== undefined) await workbench.screenshot(screenshot);
  await row.click();
}

/** A line of a view by its accessible name: a narrow view cuts off what is drawn. */
export function line(workbench: Workbench, name: RegExp): Locator {
  return workbench.page.locator('.sidebar').getByRole('treeitem', { name });
}

/** The modal dialog, once it asks this. */
export async function dialog(workbench: Workbench, question: RegExp): Promise<Locator> {
  const box = workbench.page.locator('.monaco-dialog-box').filter({ hasText: question });
  await box.waitFor();
  return box;
}

/** Presses a button of the modal dialog that asks this. */
export async function answer(workbench: Workbench, question: RegExp, button: string): Promise<void> {
  await (await dialog(workbench, question)).getByRole('button', { name: button, exact: true }).click();
}

/** Presses a button of a notification. */
export async function press(workbench: Workbench, notification: RegExp, button: string): Promise<void> {
  const toast = workbench.page.locator('.notification-toast').filter({ has: workbench.message(notification) });
  await toast.getByRole('button', { name: button }).click();
}

/** Signs in with a token that is pasted. */
export async function signIn(workbench: Workbench, token: string): Promise<void> {
  await workbench.command('Flag & Review: Sign In to the Hub…');
  await pick(workbench, 'Sign In to 127.0.0.1', 'Paste a token', 'hub-sign-in');
  await workbench.input('Sign In to 127.0.0.1', token);
}

/** Pushes what is planned. */
export async function push(workbench: Workbench): Promise<void> {
  await workbench.command('Flag & Review: Push…');
  await answer(workbench, /Push [\d,]+ (?:rows?|files?) to/, 'Push');
}

/** The files that VS Code and its extensions wrote in which a text stands. */
export function filesWith({ data, workspace }: VscodeServer, text: string): string[] {
  return [data, path.dirname(workspace)].flatMap((folder) =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.join(entry.parentPath, entry.name))
      .filter((file) => readFileSync(file).includes(text)),
  );
}
