import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { commands } from '../../extension/ids';
import { closeEditors, writeWorkspaceFile } from './workspace';

describe('Show Label Diff', () => {
  afterEach(closeEditors);

  it('shows what changed against another file, leads to the records, and copies itself', async () => {
    const old = await writeWorkspaceFile('diff/old.csv', 'text,label\nfree prize,ham\nsee you,ham\n');
    const now = await writeWorkspaceFile('diff/now.csv', 'text,label\nhello,ham\nfree prize,spam\nsee you,ham\n');
    await vscode.commands.executeCommand(commands.showLabelDiff, now, { kind: 'file', path: old.fsPath });
    const document = vscode.window.activeTextEditor?.document;
    assert.ok(document);
    assert.equal(document.languageId, 'markdown');
    const lines = document.getText().split('\n');
    assert.ok(lines.includes('| `ham` | `spam` | 1 |'));
    const line = lines.indexOf('- row 1: `ham` → `spam`: `free prize`');
    assert.ok(line > 0, document.getText());

    const [place] = await vscode.commands.executeCommand<vscode.Location[]>(
      'vscode.executeDefinitionProvider',
      document.uri,
      new vscode.Position(line, 3),
    );
    assert.equal(place?.uri.fsPath, now.fsPath);
    assert.equal(place.range.start.line, 2);

    await vscode.env.clipboard.writeText('');
    await vscode.commands.executeCommand(commands.copyLabelDiff, document.uri);
    assert.match(await vscode.env.clipboard.readText(), /^# Label changes in `diff\/now\.csv`/);
  });
});
