import * as vscode from 'vscode';
import { commands } from '../ids';
import { registerCommand } from './commands';
import type { Services } from './services';

/** Tab stops lead through the parts of a definition; nothing is on disk until it is saved. */
const template = new vscode.SnippetString(`{
  // What the demo calls: "file.py:function", "file.mjs:export" or "https://…"
  "fn": "\${1:model.py:predict}",
  "inputs": ["\${2:textbox}"],
  "outputs": ["\${3:label}"],
  // One button each; without options there is one button, Flag
  "flagging_options": [\${4:"wrong", "ambiguous"}]
}
`);

export function registerNewDemoDefinition({ errors }: Services): vscode.Disposable {
  return registerCommand(commands.newDemoDefinition, errors, async () => {
    const folder = vscode.workspace.workspaceFolders?.[0];
    const name = 'new.demo.json';
    const uri = folder
      ? vscode.Uri.joinPath(folder.uri, name).with({ scheme: 'untitled' })
      : vscode.Uri.from({ scheme: 'untitled', path: name });
    const editor = await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri));
    if (editor.document.getText() === '') await editor.insertSnippet(template);
  });
}
