import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { appendFile, readFile, rm, truncate } from 'node:fs/promises';
import * as path from 'node:path';
import { promisify } from 'node:util';
import { parse } from 'csv-parse/sync';
import * as vscode from 'vscode';
import { bytesOf, log, openLog, replaceIn, row } from './logs';
import { closeEditors, until, workspaceFolder } from './workspace';

describe('a Gradio app that appends to a log that is being edited', () => {
  afterEach(closeEditors);
  // VS Code's watcher may miss a folder that is made in a new folder, so theirs is in the workspace's root.
  const edited = log.replace('a,"said', 'A,"said');

  it('has its rows shown in the unsaved log, and both are saved', async () => {
    const document = await openLog('flagged/both.csv', log);
    await replaceIn(document, 'a,"said', 'A,"said');
    await appendFile(document.uri.fsPath, row('theirs'));
    await until(() => document.getText() === edited + row('theirs'));
    assert.equal(document.isDirty, true);
    assert.ok(await document.save());
    assert.equal(await bytesOf(document.uri), edited + row('theirs'));
    await appendFile(document.uri.fsPath, row('later'));
    await until(() => document.getText() === edited + row('theirs') + row('later'));
    assert.equal(document.isDirty, false);
  });

  it('loses no row that it writes in the moment of the save', async () => {
    const document = await openLog('flagged/moment.csv', log);
    let expected = edited;
    await replaceIn(document, 'a,"said', 'A,"said');
    for (const name of ['r1', 'r2', 'r3']) {
      await appendFile(document.uri.fsPath, row(name));
      expected += row(name);
      assert.ok(await document.save());
      assert.equal(await bytesOf(document.uri), expected);
      await replaceIn(document, 'b,"', 'b,"b');
      expected = expected.replace('b,"', 'b,"b');
    }
  });

  it('keeps its rows when the person undoes, and saves', async () => {
    const document = await openLog('flagged/undone.csv', log);
    await replaceIn(document, 'a,"said', 'A,"said');
    await replaceIn(document, 'b,"said', 'B,"said');
    await appendFile(document.uri.fsPath, row('theirs'));
    await until(() => document.getText().endsWith(row('theirs')));
    await vscode.commands.executeCommand('undo');
    await vscode.commands.executeCommand('undo');
    await until(() => document.getText() === edited);
    assert.ok(await document.save());
    assert.equal(await bytesOf(document.uri), edited + row('theirs'));
  });

  it('keeps its rows when the person undoes everything', async () => {
    const document = await openLog('flagged/all.csv', log);
    await replaceIn(document, 'a,"said', 'A,"said');
    await appendFile(document.uri.fsPath, row('theirs'));
    await until(() => document.getText().endsWith(row('theirs')));
    await vscode.commands.executeCommand('undo');
    await vscode.commands.executeCommand('undo');
    await until(() => document.getText() === log + row('theirs') && !document.isDirty);
  });

  it('is followed when nothing is unsaved', async () => {
    const document = await openLog('flagged/clean.csv', log);
    await appendFile(document.uri.fsPath, row('theirs'));
    await until(() => document.getText() === log + row('theirs'));
    assert.equal(document.isDirty, false);
  });
});

describe('a logger of ours in another process', () => {
  afterEach(closeEditors);

  it('loses no row to the saves of a log that is being edited', async () => {
    const folder = path.join(workspaceFolder(), 'flagged', 'saved');
    const flag = (first: number, count: number) =>
      promisify(execFile)(process.execPath, [path.join(__dirname, 'writer.cjs'), folder, `${first}`, `${count}`]);
    const saves = 30;
    const meanwhile = 400;
    await flag(0, saves);
    const document = await openLog('flagged/saved/logs.csv', await readFile(path.join(folder, 'logs.csv')));
    const flagged = flag(saves, meanwhile);
    for (let save = 0; save < saves; save++) {
      await replaceIn(document, `\n${save},`, `\nedited ${save},`);
      assert.ok(await document.save());
    }
    await flagged;
    const ids = Array.from({ length: saves + meanwhile }, (_, id) => (id < saves ? `edited ${id}` : `${id}`));
    const records = parse(await readFile(document.uri.fsPath, 'utf8'));
    assert.deepEqual(
      records.map(([id]) => id),
      ['id', ...ids],
    );
  }).timeout(60_000);
});

describe('a log whose file is changed by others while it is being edited', () => {
  afterEach(closeEditors);
  const edited = log.replace('a,"said', 'A,"said');

  it('keeps what was typed when it is truncated, and is not overwritten without a question', async () => {
    const document = await openLog('flagged/truncated.csv', log);
    await replaceIn(document, 'a,"said', 'A,"said');
    await truncate(document.uri.fsPath, 30);
    assert.equal(await document.save(), false);
    assert.deepEqual([document.getText(), document.isDirty], [edited, true]);
    assert.equal(await bytesOf(document.uri), log.slice(0, 30));
  });

  it('is followed when it is truncated and nothing was typed', async () => {
    const document = await openLog('flagged/shorter.csv', log);
    await truncate(document.uri.fsPath, log.indexOf(row('b')));
    await until(() => document.getText() === log.slice(0, log.indexOf(row('b'))));
    assert.equal(document.isDirty, false);
  });

  it('keeps what was typed when it is deleted, and is written anew', async () => {
    const document = await openLog('flagged/deleted.csv', log);
    await replaceIn(document, 'a,"said', 'A,"said');
    await rm(document.uri.fsPath);
    assert.ok(await document.save());
    assert.equal(await bytesOf(document.uri), edited);
  });
});
