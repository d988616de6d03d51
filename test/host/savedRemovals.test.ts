import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { SavedRemovals } from '../../extension/ui/review/savedRemovals';
import { closeEditors, until, writeWorkspaceFile } from './workspace';

describe('records that were taken out of a text and not saved', () => {
  let stored: unknown[];
  let noted: boolean[];
  let document: vscode.TextDocument;
  /** The text of a file is closed some time after its editor. */
  let files = 0;
  const memory: vscode.Memento = {
    keys: () => [],
    get: () => stored,
    update: (_key, value) => Promise.resolve(void (stored = value as unknown[])),
  };
  const openWindow = (): SavedRemovals =>
    new SavedRemovals(memory, (_removal, isOut) => Promise.resolve(void noted.push(isOut)), { report: assert.ifError });

  /** A first window takes a record out and ends. */
  beforeEach(async () => {
    [stored, noted] = [[], []];
    const dataset = await writeWorkspaceFile(`removals-${files++}.csv`, 'text,label\nsee you,ham\nfree prize,spam\n');
    document = await vscode.workspace.openTextDocument(dataset);
    await vscode.window.showTextDocument(document);
    const edit = new vscode.WorkspaceEdit();
    edit.delete(dataset, new vscode.Range(2, 0, 3, 0));
    await vscode.workspace.applyEdit(edit);
    const window = openWindow();
    await window.follow({ dataset: dataset.toString(), ids: ['d1'], line: { line: 'free prize,spam', left: 0 } });
    window.dispose();
    assert.deepEqual([document.isDirty, stored.length], [true, 1]);
  });
  afterEach(closeEditors);

  it('are noted when a later window saves the text', async () => {
    const window = openWindow();
    await document.save();
    await until(() => stored.length === 0);
    window.dispose();
    assert.deepEqual(noted, [true]);
  });

  it('are noted by a later window when the text was saved before it', async () => {
    await document.save();
    openWindow().dispose();
    await until(() => stored.length === 0);
    assert.deepEqual(noted, [true]);
  });

  it('are forgotten when the text was given up', async () => {
    await vscode.commands.executeCommand('workbench.action.files.revert');
    await until(() => !document.isDirty);
    openWindow().dispose();
    await until(() => stored.length === 0);
    assert.deepEqual(noted, []);
  });
});
