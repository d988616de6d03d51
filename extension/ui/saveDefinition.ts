import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { serializeDemo } from '../core/demo/serialize';
import { ExpectedError } from '../core/errors';
import { commands } from '../ids';
import { registerCommand } from './commands';
import type { Services } from './services';

const ending = '.demo.json';

/** *Save as .demo.json*: a demo of a function gets a definition, and its panel becomes that definition's. */
export function registerSaveDefinition(services: Services): vscode.Disposable {
  const { errors, panels, sources } = services;
  return registerCommand(commands.saveDefinition, errors, async (key) => {
    const panel = typeof key === 'string' ? panels.get(key) : panels.active;
    const demo = panel?.controller.current;
    if (!panel || !demo) {
      throw new ExpectedError(
        vscode.l10n.t('There is no demo to save.'),
        vscode.l10n.t('Open a demo for a function first.'),
      );
    }
    const folder = vscode.Uri.joinPath(panel.source.uri, '..');
    const chosen = await vscode.window.showSaveDialog({
      defaultUri: vscode.Uri.joinPath(folder, `${panel.source.name}${ending}`),
      // The dialog of VS Code itself compares with a name's last ending only.
      filters: { [vscode.l10n.t('Demo definition')]: ['json'] },
    });
    if (!chosen) return;
    const file = chosen.fsPath.endsWith(ending) ? chosen.fsPath : `${chosen.fsPath.replace(/\.json$/, '')}${ending}`;
    // The dialog has asked about the file that was chosen, and about no other.
    if (file !== chosen.fsPath && existsSync(file)) {
      throw new ExpectedError(
        vscode.l10n.t('{0} exists already.', path.basename(file)),
        vscode.l10n.t('Save the demo under another name.'),
      );
    }
    await writeFile(file, serializeDemo(demo, path.dirname(file)));
    const column = panel.panel.viewColumn ?? vscode.ViewColumn.Active;
    panel.panel.dispose();
    await panels.open(services, sources.ofDefinition(vscode.Uri.file(file)), column);
  });
}
