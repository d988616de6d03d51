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
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(document);
    const ours = () => vscode.languages.getDiagnostics(uri).filter(({ source }) => source === 'Flag & Review');
    const [problem] = await until(() => ours().length > 0 && ours());
    assert.equal(problem?.range.start.line, 2);
    assert.match(problem.message, /texbox/);
    assert.equal(document.languageId, 'jsonc');
  });
});

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
