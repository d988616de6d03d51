import * as vscode from 'vscode';
import { pythonSignatures } from '../core/demo/pythonSignatures';
import { ExpectedError } from '../core/errors';
import { commands, settings, settingsSection } from '../ids';
import { registerCommand } from './commands';
import type { Services } from './services';
import { configured } from './settings';

/** *Open demo* above Python functions. The text alone decides where; nothing is run before a person opens one. */
export function registerFunctionLens(services: Services): vscode.Disposable {
  const changed = new vscode.EventEmitter<void>();
  const provider: vscode.CodeLensProvider = {
    onDidChangeCodeLenses: changed.event,
    provideCodeLenses: (document) => (configured('codeLens', document.uri) ? lensesOf(document) : []),
  };
  return vscode.Disposable.from(
    changed,
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration(`${settingsSection}.${settings.codeLens}`)) changed.fire();
    }),
    vscode.languages.registerCodeLensProvider({ language: 'python', scheme: 'file' }, provider),
    registerCommand(commands.openDemoForFunction, services.errors, (uri, name) => openForFunction(services, uri, name)),
  );
}

function lensesOf(document: vscode.TextDocument): vscode.CodeLens[] {
  const { uri } = document;
  return publicFunctions(document.getText()).map(({ name, line }) => {
    const range = new vscode.Range(line, 0, line, 0);
    const title = vscode.l10n.t('Open demo');
    const tooltip = vscode.l10n.t('Try {0} in a panel and flag what it gets wrong', name);
    return new vscode.CodeLens(range, {
      title,
      tooltip,
      command: commands.openDemoForFunction,
      arguments: [uri, name],
    });
  });
}

/** Called by a lens with its function, or from the palette, where one of the active editor is chosen. */
async function openForFunction(services: Services, uri: unknown, name: unknown): Promise<void> {
  const { panels, sources } = services;
  if (uri instanceof vscode.Uri && typeof name === 'string') {
    await panels.open(services, sources.ofFunction(uri, name), vscode.ViewColumn.Beside);
    return;
  }
  const document = vscode.window.activeTextEditor?.document;
  const functions = document?.languageId === 'python' ? publicFunctions(document.getText()) : [];
  if (!document || functions.length === 0) {
    throw new ExpectedError(
      vscode.l10n.t('There is no top-level Python function here.'),
      vscode.l10n.t('Open a Python file that has one.'),
    );
  }
  const items = functions.map((found) => ({
    label: found.name,
    description: vscode.l10n.t('line {0}', found.line + 1),
  }));
  const chosen = await vscode.window.showQuickPick(items, {
    placeHolder: vscode.l10n.t('Function to open a demo for'),
  });
  if (chosen) await panels.open(services, sources.ofFunction(document.uri, chosen.label), vscode.ViewColumn.Beside);
}

/** Names that begin with an underscore are private by convention. */
function publicFunctions(text: string) {
  return pythonSignatures(text).filter(({ name }) => !name.startsWith('_'));
}
