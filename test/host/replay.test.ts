import assert from 'node:assert/strict';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { commands, viewTypes } from '../../extension/ids';
import { closeEditors, until, workspaceFolder, writeWorkspaceFile } from './workspace';

const time = '2026-01-02 03:04:05.678901';
const folder = (...parts: string[]): string => path.join(workspaceFolder(), 'replay', ...parts);

const replayTabs = () =>
  vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .filter(({ input }) => input instanceof vscode.TabInputWebview && input.viewType.endsWith(viewTypes.replay));

/** A demo whose function leaves a line for each call, and its log. */
async function writeDemo(rows: readonly string[]): Promise<vscode.Uri> {
  await writeWorkspaceFile(
    'replay/double.py',
    [
      'import pathlib',
      'def double(n):',
      '    with open(pathlib.Path(__file__).parent / "calls.txt", "a") as file:',
      '        file.write(f"{n:g}\\n")',
      '    return 2 * n',
      '',
    ].join('\n'),
  );
  const definition = { title: 'Double', fn: 'double.py:double', inputs: ['number'], outputs: ['number'] };
  await writeWorkspaceFile('replay/double.demo.json', JSON.stringify(definition));
  const text = rows.map((row) => `${row},wrong,${time}\r\n`).join('');
  return writeWorkspaceFile('replay/flagged/logs.csv', `n,Output,flag,timestamp\r\n${text}`);
}

/** What the function was called with since the log was written. */
async function calls(): Promise<string[]> {
  const text = await readFile(folder('calls.txt'), 'utf8').catch(() => '');
  return text.split('\n').filter(Boolean);
}

describe('Replay Flagged Samples', () => {
  afterEach(async () => {
    await closeEditors();
    await rm(folder(), { recursive: true, force: true });
  });

  it('runs every sample of a log with the demo that flags into its folder', async () => {
    const log = await writeDemo(['1,3', '2,4', '3,7']);
    await vscode.commands.executeCommand(commands.replaySamples, log);
    await until(() => replayTabs().some(({ label }) => label === 'Replay: Double'));
    await until(async () => (await calls()).length === 3);
    assert.deepEqual(await calls(), ['1', '2', '3']);
  });

  it('runs the chosen rows alone, in one panel a log', async () => {
    const log = await writeDemo(['1,3', '2,4', '3,7']);
    await vscode.commands.executeCommand(commands.replaySamples, log, [1]);
    await until(async () => (await calls()).length === 1);
    await vscode.commands.executeCommand(commands.replaySamples, log, [2]);
    await until(async () => (await calls()).length === 2);
    assert.deepEqual(await calls(), ['2', '3']);
    await until(() => replayTabs().length === 1);
  });

  it('takes the samples that are chosen in the view', async () => {
    const log = await writeDemo(['1,3', '2,4', '3,7']);
    const node = (row: number) => ({ kind: 'sample', log: { uri: log }, read: { sample: { row } } });
    await vscode.commands.executeCommand(commands.replaySamples, node(2), [node(0), node(2)]);
    await until(async () => (await calls()).length === 2);
    assert.deepEqual(await calls(), ['1', '3']);
  });

  it('opens nothing for a log that no demo flags into', async () => {
    await writeDemo(['1,3']);
    const stranger = await writeWorkspaceFile('replay/other/logs.csv', `a,flag,timestamp\r\n1,wrong,${time}\r\n`);
    await vscode.commands.executeCommand(commands.replaySamples, stranger);
    assert.deepEqual(replayTabs(), []);
    assert.deepEqual(await calls(), []);
  });
});

describe('Promote to Dataset', () => {
  before(async () => {
    const settings = vscode.workspace.getConfiguration('files');
    await settings.update('autoSave', 'off', vscode.ConfigurationTarget.Workspace);
  });
  afterEach(async () => {
    await closeEditors();
    await rm(folder(), { recursive: true, force: true });
  });

  /** Runs the command and accepts the first entry of each quick pick. */
  async function promote(...args: unknown[]): Promise<void> {
    const state = { done: false };
    const running = Promise.resolve(vscode.commands.executeCommand(commands.promoteSamples, ...args)).finally(() => {
      state.done = true;
    });
    await until(async () => {
      await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      return state.done;
    });
    await running;
  }

  /** The one dataset that the quick pick offers. */
  async function writeDataset(text: string): Promise<string> {
    for (const uri of await vscode.workspace.findFiles('**/*.{csv,tsv,jsonl}', '**/flagged/**')) {
      await vscode.workspace.fs.delete(uri);
    }
    await mkdir(folder(), { recursive: true });
    await writeFile(folder('data.csv'), text);
    return folder('data.csv');
  }

  it('adds the chosen samples with the corrected output, marks them, and takes them back', async () => {
    const note = { log: 'logs.csv', timestamp: time, row: '', option: 'wrong' };
    const log = await writeDemo(['1,3']);
    await writeFile(folder('flagged', 'notes.jsonl'), `${JSON.stringify({ ...note, corrected: { Output: 2 } })}\n`);
    const dataset = await writeDataset('output;n;source\n8;4;x');
    await promote(log, [0]);
    assert.equal(await readFile(dataset, 'utf8'), 'output;n;source\n8;4;x\n2;1;\n');
    assert.match(await readFile(folder('flagged', 'marks.jsonl'), 'utf8'), /"mark":"promoted"/);
    await vscode.commands.executeCommand(commands.undoPromotion);
    assert.equal(await readFile(dataset, 'utf8'), 'output;n;source\n8;4;x');
    assert.match(await readFile(folder('flagged', 'marks.jsonl'), 'utf8'), /"mark":"unpromoted"/);
  });

  it('adds to the unsaved text of a dataset that is being edited', async () => {
    const log = await writeDemo(['1,3']);
    const dataset = await writeDataset('n,output\r\n');
    const document = await vscode.workspace.openTextDocument(dataset);
    const editor = await vscode.window.showTextDocument(document);
    await editor.edit((edit) => edit.insert(document.positionAt(document.getText().length), '5,10\r\n'));
    await promote(log);
    assert.equal(document.getText(), 'n,output\r\n5,10\r\n1,3\r\n');
    assert.equal(await readFile(dataset, 'utf8'), 'n,output\r\n');
    await vscode.commands.executeCommand(commands.undoPromotion);
    assert.equal(document.getText(), 'n,output\r\n5,10\r\n');
    await vscode.commands.executeCommand('workbench.action.files.revert');
  });
});
