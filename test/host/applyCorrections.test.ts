import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import { hashOfRecord } from '../../extension/core/review/recordHash';
import type { DecisionEntry } from '../../extension/core/review/types';
import { commands, settings, settingsSection } from '../../extension/ids';
import { answering, closeEditors, until, writeWorkspaceFile } from './workspace';

const file = 'text,label\r\nfree prize,ham\r\nsee you,ham\r\n"a, b",spam\r\n';

/** A dataset of the workspace with decisions on it. */
async function reviewed(name: string): Promise<vscode.Uri> {
  const decision = (
    row: number,
    text: string,
    given: string,
    rest: Pick<DecisionEntry, 'decision' | 'label'>,
  ): string => {
    const hash = hashOfRecord({ text: 'text', columns: ['text'] }, [text]);
    const time = `2026-01-02T03:04:0${row}.000Z`;
    const entry = {
      v: 1,
      id: `d${row}`,
      time,
      reviewer: 'ann',
      row,
      hash,
      text: 'text',
      column: 'label',
      given,
      ...rest,
    };
    return `${JSON.stringify(entry)}\n`;
  };
  const ledger = [
    decision(0, 'free prize', 'ham', { decision: 'change', label: 'not, sure' }),
    decision(2, 'a, b', 'spam', { decision: 'discard' }),
  ];
  await writeWorkspaceFile(`.flag-review/${name}/ann.jsonl`, ledger.join(''));
  return writeWorkspaceFile(name, file);
}

describe('Apply Corrections', () => {
  const configuration = (): vscode.WorkspaceConfiguration => vscode.workspace.getConfiguration(settingsSection);
  before(() => configuration().update(settings.reviewer, 'ann', vscode.ConfigurationTarget.Global));
  after(() => configuration().update(settings.reviewer, undefined, vscode.ConfigurationTarget.Global));
  afterEach(closeEditors);

  it('shows its plan, writes the file, and restores it', async () => {
    const dataset = await reviewed('clean.csv');
    const [asked] = await answering([], () => vscode.commands.executeCommand(commands.applyCorrections, dataset));
    assert.match(asked ?? '', /clean\.csv\? 1 label changes, 1 record is removed\.\nham → not, sure: 1/);
    assert.equal(await readFile(dataset.fsPath, 'utf8'), file, 'nothing is written before the answer');
    await answering(['Apply'], () => vscode.commands.executeCommand(commands.applyCorrections, dataset));
    assert.equal(await readFile(dataset.fsPath, 'utf8'), 'text,label\r\nfree prize,"not, sure"\r\nsee you,ham\r\n');
    await answering(['Undo Apply'], () => vscode.commands.executeCommand(commands.undoApply, dataset));
    assert.equal(await readFile(dataset.fsPath, 'utf8'), file);
  });

  it('edits the text of an editor with unsaved changes, where it can be undone, and saves nothing', async () => {
    const dataset = await reviewed('unsaved.csv');
    const document = await vscode.workspace.openTextDocument(dataset);
    const editor = await vscode.window.showTextDocument(document);
    await editor.edit((edit) => edit.insert(new vscode.Position(1, 0), 'a new one,ham\n'));
    const before = document.getText();
    await answering(['Apply'], () => vscode.commands.executeCommand(commands.applyCorrections, dataset));
    assert.equal(document.getText(), 'text,label\r\na new one,ham\r\nfree prize,"not, sure"\r\nsee you,ham\r\n');
    assert.equal(document.isDirty, true);
    assert.equal(await readFile(dataset.fsPath, 'utf8'), file);
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('undo');
    assert.equal(document.getText(), before);
    await vscode.commands.executeCommand('workbench.action.files.revert');
  });

  it('keeps that a record is gone once the text is saved, and that it is back once an undo was saved', async () => {
    const dataset = await reviewed('saved.csv');
    const noted = async (): Promise<unknown[]> => {
      const kept = vscode.Uri.joinPath(dataset, '../.flag-review/saved.csv/removed.ndjson');
      const lines = await readFile(kept.fsPath, 'utf8').catch(() => '');
      return lines.split('\n').flatMap((line) => (line ? [(JSON.parse(line) as { readonly is: unknown }).is] : []));
    };
    const document = await vscode.workspace.openTextDocument(dataset);
    const editor = await vscode.window.showTextDocument(document);
    await editor.edit((edit) => edit.insert(new vscode.Position(1, 0), 'a new one,ham\n'));
    await answering(['Apply'], () => vscode.commands.executeCommand(commands.applyCorrections, dataset));
    assert.deepEqual(await noted(), []);
    await document.save();
    await until(async () => (await noted()).length === 1);
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('undo');
    await document.save();
    await until(async () => (await noted()).length === 2);
    assert.deepEqual(await noted(), ['removed', 'restored']);
  });

  it('marks discarded records in a column when that is set, in an editor as in a file', async () => {
    const dataset = await reviewed('column.csv');
    await configuration().update(settings.reviewDiscard, 'column', vscode.ConfigurationTarget.Global);
    try {
      const document = await vscode.workspace.openTextDocument(dataset);
      const editor = await vscode.window.showTextDocument(document);
      await editor.edit((edit) => edit.insert(new vscode.Position(4, 0), 'the last,spam'));
      await answering(['Apply'], () => vscode.commands.executeCommand(commands.applyCorrections, dataset));
      const edited = document.getText();
      await vscode.commands.executeCommand('workbench.action.files.revert');
      await until(() => !document.isDirty);
      await answering(['Apply'], () => vscode.commands.executeCommand(commands.applyCorrections, dataset));
      const written = await readFile(dataset.fsPath, 'utf8');
      assert.equal(written, 'text,label,discarded\r\nfree prize,"not, sure",\r\nsee you,ham,\r\n"a, b",spam,true\r\n');
      assert.equal(edited, `${written}the last,spam,`);
    } finally {
      await configuration().update(settings.reviewDiscard, undefined, vscode.ConfigurationTarget.Global);
    }
  });
});
