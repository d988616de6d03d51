import * as vscode from 'vscode';
import { ExpectedError } from '../core/errors';
import { commands } from '../ids';
import { registerCommand } from './commands';
import type { DemoPanel } from './demoPanel';
import { isDefinition } from './demoSource';
import { readablePath } from './paths';
import type { Services } from './services';

const mostListed = 500;

/** *Open Demo*: from a definition's title bar or the Explorer, or chosen from those of the workspace. */
export function registerOpenDemo(services: Services): vscode.Disposable {
  const { errors, panels, sources } = services;
  return vscode.Disposable.from(
    registerCommand(commands.openDemo, errors, async (clicked) => {
      const active = activeUri();
      const definition =
        clicked instanceof vscode.Uri ? clicked : active && isDefinition(active) ? active : await pickDefinition();
      if (!definition) return;
      if (definition.scheme !== 'file') throw new ExpectedError(vscode.l10n.t('Save the definition first.'));
      const beside = active?.toString() === definition.toString();
      await panels.open(
        services,
        sources.ofDefinition(definition),
        beside ? vscode.ViewColumn.Beside : vscode.ViewColumn.Active,
      );
    }),
    registerCommand(commands.submitDemo, errors, () => recentPanel(services).perform('submit')),
    registerCommand(commands.stopDemo, errors, () => recentPanel(services).perform('stop')),
    registerCommand(commands.clearDemo, errors, () => recentPanel(services).perform('clear')),
    registerCommand(commands.retryUnrecorded, errors, async () => {
      await recentPanel(services).retrySpooled();
    }),
  );
}

/** The file in front; while the extension is still starting, VS Code knows its tab before its editor. */
function activeUri(): vscode.Uri | undefined {
  const tab: unknown = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  return vscode.window.activeTextEditor?.document.uri ?? (tab instanceof vscode.TabInputText ? tab.uri : undefined);
}

/** The walkthrough calls these commands while it is itself the active editor. */
function recentPanel({ panels }: Services): DemoPanel {
  if (panels.recent) return panels.recent;
  throw new ExpectedError(vscode.l10n.t('No demo is open.'), vscode.l10n.t('Open one with “Open Demo”.'));
}

async function pickDefinition(): Promise<vscode.Uri | undefined> {
  const found = await vscode.workspace.findFiles('**/*.demo.json', '**/node_modules/**', mostListed);
  const create = { label: vscode.l10n.t('$(new-file) New Demo Definition…'), uri: undefined };
  const items = found
    .map((uri) => ({ label: readablePath(uri.fsPath), uri }))
    .sort((a, b) => a.label.localeCompare(b.label));
  const chosen = await vscode.window.showQuickPick([...items, create], {
    placeHolder:
      items.length > 0 ? vscode.l10n.t('Demo to open') : vscode.l10n.t('There is no demo in this workspace yet'),
  });
  if (chosen === create) await vscode.commands.executeCommand(commands.newDemoDefinition);
  return chosen?.uri;
}
