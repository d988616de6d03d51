import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { commands } from '../../extension/ids';
import { closeEditors, until, workspaceFolder, writeWorkspaceFile } from './workspace';

const flagged = (file: string): string => path.join(workspaceFolder(), 'flagged', file);

/** Runs *Flag Sample* and accepts the first thing that its quick pick offers. */
async function flagSample(...args: unknown[]): Promise<void> {
  const state = { done: false };
  const running = Promise.resolve(vscode.commands.executeCommand(commands.flagSample, ...args)).finally(() => {
    state.done = true;
  });
  await until(async () => {
    await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
    return state.done;
  });
  await running;
}

async function show(uri: vscode.Uri): Promise<vscode.TextEditor> {
  return vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri));
}

/** The log without its timestamps, by lines. */
async function rows(file: string): Promise<string[]> {
  const text = await readFile(flagged(file), 'utf8');
  return text
    .replace(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{6}/g, 'TIME')
    .split(/\r?\n/)
    .filter(Boolean);
}

describe('Flag Sample', () => {
  before(async () => {
    await vscode.workspace
      .getConfiguration('flagReview', vscode.Uri.file(workspaceFolder()))
      .update('flagging.options', ['wrong'], vscode.ConfigurationTarget.Workspace);
  });
  afterEach(closeEditors);

  it('records the CSV records under all cursors, and takes them back', async () => {
    const editor = await show(await writeWorkspaceFile('reviews.csv', 'text,stars\n"good, really\ngood",5\nbad,1\n'));
    const at = (line: number) => new vscode.Selection(line, 0, line, 0);
    editor.selections = [at(2), at(3)];
    await flagSample();
    assert.deepEqual(await rows('reviews.csv/logs.csv'), [
      'text,stars,flag,timestamp',
      '"good, really',
      'good",5,wrong,TIME',
      'bad,1,wrong,TIME',
    ]);
    await vscode.commands.executeCommand(commands.undoLastFlag);
    assert.equal(existsSync(flagged('reviews.csv/logs.csv')), false, 'a log that was begun for them goes with them');
  });

  it('records a JSON Lines record by its keys', async () => {
    await show(await writeWorkspaceFile('data/train.jsonl', '{"text": "fine", "label": 1}\n'));
    await flagSample();
    assert.deepEqual(await rows('data/train.jsonl/logs.csv'), ['text,label,flag,timestamp', 'fine,1,wrong,TIME']);
  });

  it('records a selected text with its place', async () => {
    const editor = await show(await writeWorkspaceFile('notes.md', 'one\ntwo words\n'));
    editor.selection = new vscode.Selection(1, 0, 1, 3);
    await flagSample();
    assert.deepEqual(await rows('selections/logs.csv'), ['text,source,flag,timestamp', 'two,notes.md:2,wrong,TIME']);
  });

  it('records files of the Explorer with a copy, each kind in its own log', async () => {
    const image = await writeWorkspaceFile('pictures/cat.png', Uint8Array.from([0x89, 0x50, 0x4e, 0x47]));
    const other = await writeWorkspaceFile('pictures/readme.bin', 'x');
    await flagSample(image, [image, other]);
    const [header, row = ''] = await rows('images/logs.csv');
    assert.equal(header, 'image,source,flag,timestamp');
    assert.match(row, /^image\/[^,]+,pictures\/cat\.png,wrong,TIME$/);
    assert.ok(existsSync(flagged(path.join('images', row.split(',')[0] ?? ''))));
    assert.equal((await rows('files/logs.csv')).length, 2);
  });

  it('opens the log that was flagged into', async () => {
    await show(await writeWorkspaceFile('open.txt', 'a line\n'));
    await flagSample();
    await vscode.commands.executeCommand(commands.openFlagLog);
    await until(() => {
      const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
      return (
        input instanceof vscode.TabInputCustom && input.uri.fsPath === flagged(path.join('selections', 'logs.csv'))
      );
    });
  });
});
