import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { commands, customEditors } from '../../extension/ids';
import { closeEditors, until, workspaceFolder, writeWorkspaceFile } from './workspace';

const time = (second: number): string => `2024-05-01 10:00:0${second}.123456`;
const broken = `text,timestamp\na,${time(1)}b,${time(2)}\nb,${time(3)}\n`;

/** Runs a command and accepts what each of its pickers has in front, as Enter does. */
async function accepting(command: string, ...args: unknown[]): Promise<void> {
  const state = { done: false };
  const running = Promise.resolve(vscode.commands.executeCommand(command, ...args)).finally(() => {
    state.done = true;
  });
  await until(async () => {
    await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
    return state.done;
  });
  await running;
}

describe('Check Flag Log', () => {
  afterEach(closeEditors);

  it('lists what is wrong, mends it once it is accepted, and leaves undo to VS Code', async () => {
    const uri = await writeWorkspaceFile('doctor/logs.csv', broken);
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(document);
    await accepting(commands.checkFlagLog, uri);
    assert.equal(document.getText(), `text,timestamp\na,${time(1)}\nb,${time(2)}\n`);
    assert.equal(await readFile(uri.fsPath, 'utf8'), broken, 'nothing is saved behind the back of a person');
    await until(() => vscode.languages.getDiagnostics(uri).length === 0);
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('undo');
    assert.equal(document.getText(), broken);
    await until(() => vscode.languages.getDiagnostics(uri).length > 0);
    await vscode.commands.executeCommand('workbench.action.files.revert');
  });

  it('offers a Quick Fix for a finding, and forgets all findings when the log is closed', async () => {
    const uri = await writeWorkspaceFile('doctor/quick.csv', `text,timestamp\na,${time(1)}\ntext,timestamp\n`);
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(document);
    await accepting(commands.checkFlagLog, uri, 'none of the findings');
    const [found] = vscode.languages.getDiagnostics(uri);
    assert.equal(found?.code, 'repeated-header');
    const [fix] = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      uri,
      found.range,
      vscode.CodeActionKind.QuickFix.value,
    );
    assert.match(fix?.title ?? '', /repeated header/);
    await accepting(fix?.command?.command ?? '', ...((fix?.command?.arguments ?? []) as unknown[]));
    assert.equal(document.getText(), `text,timestamp\na,${time(1)}\n`);
    await document.save();
    await closeEditors();
    await until(() => vscode.languages.getDiagnostics(uri).length === 0);
  });
});

describe('Check Flag Log of an old log', () => {
  afterEach(closeEditors);

  it('mends a log in Windows-1252 and keeps its encoding', async () => {
    const bytes = (text: string): Buffer => Buffer.from(text, 'latin1');
    const old = await writeWorkspaceFile('doctor/old/logs.csv', bytes(`text,timestamp\nä,${time(1)}ö,${time(2)}\n`));
    await accepting(commands.checkFlagLog, old);
    const document = await vscode.workspace.openTextDocument(old);
    await document.save();
    assert.deepEqual(await readFile(old.fsPath), bytes(`text,timestamp\nä,${time(1)}\nö,${time(2)}\n`));
  });
});

describe('Merge Flag Logs', () => {
  afterEach(closeEditors);

  it('joins logs of two eras in a new directory and opens the new log', async () => {
    const logs = [
      await writeWorkspaceFile('merging/a/logs.csv', `text,timestamp\nlate,${time(2)}\n`),
      await writeWorkspaceFile(
        'merging/b/log.csv',
        `'text','flag','username','timestamp'\n'early','no','','${time(1)}'\n`,
      ),
    ];
    await accepting(commands.mergeFlagLogs, logs[0], logs);
    const merged = path.join(workspaceFolder(), 'merging', 'merged', 'logs.csv');
    assert.equal(await readFile(merged, 'utf8'), `text,flag,timestamp\r\nearly,no,${time(1)}\r\nlate,,${time(2)}\r\n`);
    assert.ok(existsSync(logs[1]?.fsPath ?? ''));
    await until(() => {
      const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
      return (
        input instanceof vscode.TabInputCustom && input.uri.fsPath === merged && input.viewType === customEditors.table
      );
    });
  });

  it('takes a folder for the logs in it, and a node of the view for its log', async () => {
    const log = await writeWorkspaceFile('folded/flagged/logs.csv', `text,timestamp\na,${time(1)}\n`);
    const other = await writeWorkspaceFile('folded/flagged/logs-2.csv', `text,other,timestamp\nb,1,${time(2)}\n`);
    await writeWorkspaceFile('folded/flagged/prices.csv', 'a,b\n1,2\n');
    const text = `text,other,timestamp\r\na,,${time(1)}\r\nb,1,${time(2)}\r\n`;
    const folder = vscode.Uri.joinPath(log, '..');
    await accepting(commands.mergeFlagLogs, folder, [folder]);
    assert.equal(await readFile(path.join(folder.fsPath, '..', 'merged', 'logs.csv'), 'utf8'), text);
    const nodes = [log, other].map(({ fsPath }) => ({ kind: 'log', file: fsPath }));
    await accepting(commands.mergeFlagLogs, nodes[0], nodes);
    assert.equal(await readFile(path.join(folder.fsPath, '..', 'merged-2', 'logs.csv'), 'utf8'), text);
  });
});
