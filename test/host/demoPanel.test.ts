import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { commands, viewTypes } from '../../extension/ids';
import { closeEditors, until, writeWorkspaceFile } from './workspace';

const definition = JSON.stringify({ title: 'Shout', fn: 'shout.py:shout', inputs: ['textbox'], outputs: ['textbox'] });

const demoTabs = () =>
  vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .filter(({ input }) => input instanceof vscode.TabInputWebview && input.viewType.endsWith(viewTypes.demo));

describe('the demo panel', () => {
  afterEach(closeEditors);

  it('opens from a definition, once, under its title', async () => {
    await writeWorkspaceFile('panel/shout.py', 'def shout(text: str) -> str:\n    return text.upper()\n');
    const uri = await writeWorkspaceFile('panel/shout.demo.json', definition);
    await vscode.commands.executeCommand(commands.openDemo, uri);
    await until(() => demoTabs().some(({ label }) => label === 'Shout'));
    await vscode.commands.executeCommand(commands.openDemo, uri);
    assert.equal(demoTabs().length, 1);
  });

  it('opens beside the definition that is being edited', async () => {
    const uri = await writeWorkspaceFile('panel/beside.demo.json', definition);
    await vscode.window.showTextDocument(uri);
    await vscode.commands.executeCommand(commands.openDemo);
    const tab = await until(() => demoTabs()[0]);
    assert.equal(tab.group.viewColumn, vscode.ViewColumn.Two);
  });

  it('opens on a definition that is half written, and takes the title once it is whole', async () => {
    const uri = await writeWorkspaceFile('panel/half.demo.json', '{ "title": ');
    await vscode.commands.executeCommand(commands.openDemo, uri);
    await until(() => demoTabs().some(({ label }) => label === 'half'));
    await writeWorkspaceFile('panel/half.demo.json', definition);
    await until(() => demoTabs().some(({ label }) => label === 'Shout'));
  });
});

describe('definitions in the editor', () => {
  afterEach(closeEditors);

  it('have their problems in the Problems view, at their line', async () => {
    const uri = await writeWorkspaceFile(
      'panel/broken.demo.json',
      '{\n  "fn": "shout.py:shout",\n  "inputs": ["texbox"],\n  "outputs": []\n}',
    );
    const document = await show(uri);
    const [problem] = await until(() => ours(uri).length > 0 && ours(uri));
    assert.equal(problem?.range.start.line, 2);
    assert.match(problem.message, /texbox/);
    assert.equal(document.languageId, 'jsonc');
  });

  it('lose their problems when these are mended, and when the editor is closed', async () => {
    const uri = await writeWorkspaceFile('panel/mended.demo.json', '{\n  "fn": 1\n}');
    const document = await show(uri);
    await until(() => ours(uri).length > 0);
    await replaceText(document, definition);
    await until(() => ours(uri).length === 0);
    await replaceText(document, '{ "fn": ');
    await until(() => ours(uri).length > 0);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await until(() => ours(uri).length === 0);
  });

  it('are completed and checked by their schema', async () => {
    const text = '{\n  "fn": "shout.py:shout",\n  "inputs": [{ "type": "" }],\n  "allow_flagging": "sometimes"\n}';
    const uri = await writeWorkspaceFile('panel/schema.demo.json', text);
    const document = await show(uri);
    const at = (needle: string) => document.positionAt(text.indexOf(needle) + needle.length);
    const kinds = await completions(uri, at('"type": "'));
    for (const kind of ['"radio"', '"image"', '"dataframe"']) assert.ok(kinds.includes(kind), kind);
    const keys = await completions(uri, at('{\n  "'));
    for (const key of ['outputs', 'flagging_options', 'live']) assert.ok(keys.includes(key), key);
    const [checked] = await until(() => {
      const found = vscode.languages
        .getDiagnostics(uri)
        .filter(({ source, message }) => source !== 'Flag & Review' && message.includes('"manual"'));
      return found.length > 0 && found;
    });
    assert.equal(checked?.range.start.line, 3);
  });
});

function ours(uri: vscode.Uri): vscode.Diagnostic[] {
  return vscode.languages.getDiagnostics(uri).filter(({ source }) => source === 'Flag & Review');
}

/** Opens an editor as a person does: a document that an extension opened stays open for minutes after its editor. */
async function show(uri: vscode.Uri): Promise<vscode.TextDocument> {
  await vscode.commands.executeCommand('vscode.open', uri);
  return until(() => {
    const document = vscode.window.activeTextEditor?.document;
    return document?.uri.toString() === uri.toString() && document;
  });
}

async function replaceText(document: vscode.TextDocument, text: string): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  const end = document.lineAt(document.lineCount - 1).range.end;
  edit.replace(document.uri, new vscode.Range(new vscode.Position(0, 0), end), text);
  assert.ok(await vscode.workspace.applyEdit(edit));
}

/** What the editor offers at a place; the language server may still be starting. */
async function completions(uri: vscode.Uri, position: vscode.Position): Promise<string[]> {
  return until(async () => {
    const { items } = await vscode.commands.executeCommand<vscode.CompletionList>(
      'vscode.executeCompletionItemProvider',
      uri,
      position,
    );
    const labels = items.map(({ label }) => (typeof label === 'string' ? label : label.label));
    return labels.length > 0 && labels;
  });
}

describe('Python functions', () => {
  afterEach(closeEditors);

  it('have a lens each, private ones and methods excepted', async () => {
    const uri = await writeWorkspaceFile(
      'panel/functions.py',
      'import os\n\ndef first(a: int) -> int:\n    return a\n\nclass C:\n    def method(self): ...\n\ndef _hidden(): ...\n\nasync def second(): ...\n',
    );
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(document);
    const lenses = await until(async () => {
      const found = await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', uri, 10);
      const own = found.filter(({ command }) => command?.command === commands.openDemoForFunction);
      return own.length > 0 && own;
    });
    assert.deepEqual(
      lenses.map(({ range }) => range.start.line),
      [2, 10],
    );
  });
});
