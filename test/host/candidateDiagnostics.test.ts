import assert from 'node:assert/strict';
import { readdir, readFile, rm } from 'node:fs/promises';
import * as path from 'node:path';
import * as vscode from 'vscode';
import type { LedgerEntry } from '../../extension/core/review/types';
import { settings, settingsSection } from '../../extension/ids';
import { activateExtension, findLabelErrors, writeMessages } from './reviews';
import { closeEditors, until, workspaceFolder } from './workspace';

const folder = 'candidates-in-text';

describe('candidates in the text editor', () => {
  before(activateExtension);
  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.files.revert');
    await closeEditors();
  });
  after(() => rm(path.join(workspaceFolder(), folder), { recursive: true, force: true }));

  const told = (uri: vscode.Uri): vscode.Diagnostic[] =>
    vscode.languages.getDiagnostics(uri).filter(({ code }) => code === 'label-error');

  async function open(name: string): Promise<{ document: vscode.TextDocument; rows: number[] }> {
    const uri = await writeMessages(`${folder}/${name}`);
    const rows = await findLabelErrors(uri);
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(document);
    await until(() => told(uri).length === rows.length);
    return { document, rows };
  }

  async function fixAt(document: vscode.TextDocument, line: number, title: RegExp): Promise<void> {
    const range = told(document.uri).find((one) => one.range.start.line === line)?.range;
    assert.ok(range);
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document.uri,
      range,
      vscode.CodeActionKind.QuickFix.value,
    );
    const command = actions.find((action) => title.test(action.title))?.command;
    assert.ok(command, actions.map((action) => action.title).join());
    await vscode.commands.executeCommand(command.command, ...((command.arguments ?? []) as unknown[]));
  }

  async function ledger(name: string): Promise<LedgerEntry[]> {
    const own = path.join(workspaceFolder(), folder, '.flag-review', name);
    const files = (await readdir(own)).filter((file) => file.endsWith('.jsonl'));
    const texts = await Promise.all(files.map((file) => readFile(path.join(own, file), 'utf8')));
    return texts.flatMap((text) => text.split('\n').filter(Boolean)).map((line) => JSON.parse(line) as LedgerEntry);
  }

  it('are told of at their labels, follow edits, and go with their record', async () => {
    const { document, rows } = await open('follow.csv');
    const [first] = told(document.uri);
    assert.equal(first?.severity, vscode.DiagnosticSeverity.Information);
    assert.match(first.message, /The label “(ham|spam)” may be wrong: the model suggests “(ham|spam)”/);
    assert.match(first.message, /\(label quality (< 0\.0001|0\.\d{4}), rank \d+\)\.$/);
    const lines = (): number[] =>
      told(document.uri)
        .map(({ range }) => range.start.line)
        .sort((a, b) => a - b);
    assert.deepEqual(
      lines(),
      rows.map((row) => row + 1).sort((a, b) => a - b),
    );
    for (const { range } of told(document.uri)) assert.match(document.getText(range), /^(ham|spam)$/);

    const above = new vscode.WorkspaceEdit();
    above.insert(document.uri, new vscode.Position(1, 0), 'hello,ham\n');
    await vscode.workspace.applyEdit(above);
    await until(() => lines()[0] === 2);
    const label = new vscode.WorkspaceEdit();
    label.replace(document.uri, told(document.uri)[0]?.range ?? new vscode.Range(0, 0, 0, 0), 'other');
    await vscode.workspace.applyEdit(label);
    await until(() => told(document.uri).length === rows.length - 1);
  });

  it('are changed in the text and the ledger, and taken back in both by undo', async () => {
    const { document, rows } = await open('change.csv');
    const before = document.getText();
    await fixAt(document, 1, /^Change label to spam$/);
    const lines = document.getText().split('\n');
    assert.equal(lines[1], 'win a free prize now 0,spam');
    assert.deepEqual(lines.toSpliced(1, 1), before.split('\n').toSpliced(1, 1));
    await until(() => told(document.uri).length === rows.length - 1);
    const [change] = await ledger('change.csv');
    assert.equal(change?.decision, 'change');
    assert.deepEqual([change.row, change.given, change.label], [0, 'ham', 'spam']);

    await vscode.commands.executeCommand('undo');
    assert.equal(document.getText(), before);
    const undone = await until(async () => (await ledger('change.csv'))[1]);
    assert.deepEqual(undone.decision === 'undo' && undone.undoes, [change.id]);
    await until(() => told(document.uri).length === rows.length);

    await vscode.commands.executeCommand('redo');
    const again = await until(async () => (await ledger('change.csv'))[2]);
    assert.equal(again.decision, 'change');
  });

  it('are kept without a change of the text', async () => {
    const { document, rows } = await open('keep.csv');
    const before = document.getText();
    await fixAt(document, 2, /^Keep and mark checked$/);
    await until(() => told(document.uri).length === rows.length - 1);
    assert.equal(document.getText(), before);
    const [kept] = await ledger('keep.csv');
    assert.deepEqual([kept?.decision, kept?.decision === 'keep' && kept.row], ['keep', 1]);
  });

  it('are as many as a setting says, and none when they are switched off', async () => {
    const { document, rows } = await open('capped.csv');
    const set = (name: string, value?: unknown): Thenable<void> =>
      vscode.workspace.getConfiguration(settingsSection).update(name, value, vscode.ConfigurationTarget.Global);
    assert.ok(rows.length > 1);
    try {
      await set(settings.reviewMaxDiagnostics, 1);
      await until(() => told(document.uri).length === 1);
      await set(settings.reviewDiagnostics, false);
      await until(() => told(document.uri).length === 0);
    } finally {
      await set(settings.reviewMaxDiagnostics);
      await set(settings.reviewDiagnostics);
    }
    await until(() => told(document.uri).length === rows.length);
  });
});
