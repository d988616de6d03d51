import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { appendFile, readFile } from 'node:fs/promises';
import * as path from 'node:path';
import { promisify } from 'node:util';
import { parse } from 'csv-parse/sync';
import * as vscode from 'vscode';
import { commands, customEditors } from '../../extension/ids';
import { createErrorReporter } from '../../extension/ui/errors';
import { LogDocument } from '../../extension/ui/flagLog/logDocument';
import { LogMedia } from '../../extension/ui/flagLog/logMedia';
import { LogSession } from '../../extension/ui/flagLog/logSession';
import { OpenLog } from '../../extension/ui/flagLog/openLogs';
import { closeEditors, until, workspaceFolder, writeWorkspaceFile } from './workspace';

const row = (name: string) => `${name},"said ""${name}""",wrong,2026-01-02 03:04:05.000006\r\n`;
const log = `text,Output,flag,timestamp\r\n${row('a')}${row('b')}${row('c')}`;
const bytesOf = async (uri: vscode.Uri) => (await readFile(uri.fsPath)).toString('latin1');

/** Opens a log in its editor. @returns its document */
async function open(name: string, content: string | Uint8Array): Promise<vscode.TextDocument> {
  const uri = await writeWorkspaceFile(name, content);
  await vscode.commands.executeCommand('vscode.open', uri);
  return until(() => {
    const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
    if (!(input instanceof vscode.TabInputCustom) || input.uri.fsPath !== uri.fsPath) return undefined;
    return vscode.workspace.textDocuments.find((document) => document.uri.fsPath === uri.fsPath);
  });
}

async function replaceIn(document: vscode.TextDocument, text: string, by: string): Promise<void> {
  const at = document.getText().indexOf(text);
  assert.ok(at >= 0, text);
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, new vscode.Range(document.positionAt(at), document.positionAt(at + text.length)), by);
  assert.ok(await vscode.workspace.applyEdit(edit));
}

/** Saves as Ctrl+S does, also a document without changes. */
async function saveByKey(): Promise<void> {
  await vscode.commands.executeCommand('workbench.action.files.save');
}

describe('the flag log editor', () => {
  afterEach(closeEditors);

  it('opens logs of a flagging directory by itself, and other tables when asked', async () => {
    await open('first/flagged/logs.csv', log);
    await open('first/.gradio/flagged/dataset1.csv', log);
    const table = await writeWorkspaceFile('first/table.csv', log);
    await vscode.commands.executeCommand('vscode.open', table);
    await until(() => vscode.window.activeTextEditor?.document.uri.fsPath === table.fsPath);
    await vscode.commands.executeCommand(commands.reopenAsFlagLog);
    await until(() => vscode.window.tabGroups.activeTabGroup.activeTab?.input instanceof vscode.TabInputCustom);
    await vscode.commands.executeCommand(commands.openAsText);
    await until(() => vscode.window.activeTextEditor?.document.uri.fsPath === table.fsPath);
  });

  it('leaves a comparison with another version to the text editor', async () => {
    const uri = await writeWorkspaceFile('compared/flagged/logs.csv', log);
    const version = vscode.Uri.from({ scheme: 'version', path: uri.path });
    const content = vscode.workspace.registerTextDocumentContentProvider('version', {
      provideTextDocumentContent: () => log.replace('a', 'A'),
    });
    await vscode.commands.executeCommand('vscode.diff', version, uri);
    const input = await until(() => vscode.window.tabGroups.activeTabGroup.activeTab?.input);
    assert.ok(input instanceof vscode.TabInputTextDiff);
    content.dispose();
  });

  for (const [name, content] of Object.entries({
    LF: log.replaceAll('\r\n', '\n'),
    CRLF: log,
    'a byte order mark': `\ufeff${log}`,
    'no line end at the end': log.trimEnd(),
    'ragged rows and empty lines': `${log}x\r\n\r\n1,2,3,4,5,6\r\n`,
    'CRLF after rows and LF in cells': log + row('d').replace('d""', 'two\nlines""'),
    'mostly LF in cells': `a,b\r\n"1\n2\n3\n4",5\r\n`,
    'UTF-16': Buffer.from(`\ufeff${log}`, 'utf16le'),
    'a stray CR': `a,b\r\n1\r2,3\n`,
  })) {
    it(`saves what was not changed byte for byte: ${name}`, async () => {
      const document = await open(`same/flagged/${name}.csv`, content);
      const before = await bytesOf(document.uri);
      await saveByKey();
      await new Promise((resolve) => setTimeout(resolve, 300));
      await until(async () => (await bytesOf(document.uri)) === before);
    });
  }

  it('changes one line for one cell, in a file with line ends of two kinds', async () => {
    const mixed = log + row('d').replace('d""', 'two\nlines""') + row('e');
    const document = await open('one/flagged/logs.csv', mixed);
    await replaceIn(document, 'b,"said', 'B,"said');
    await saveByKey();
    await until(async () => (await bytesOf(document.uri)) === mixed.replace('b,"said', 'B,"said'));
    assert.equal(document.isDirty, false);
    await replaceIn(document, 'c,"said', 'C,"said');
    assert.ok(await document.save());
    const both = mixed.replace('b,"said', 'B,"said').replace('c,"said', 'C,"said');
    await until(async () => (await bytesOf(document.uri)) === both);
  });

  it('undoes and redoes by VS Code’s commands', async () => {
    const document = await open('undo/flagged/logs.csv', log);
    await replaceIn(document, 'b,"said', 'B,"said');
    await vscode.commands.executeCommand('undo');
    await until(() => document.getText() === log && !document.isDirty);
    await vscode.commands.executeCommand('redo');
    await until(() => document.getText() === log.replace('b,"said', 'B,"said'));
  });
});

describe('a log in another encoding', () => {
  afterEach(closeEditors);

  it('is read as windows-1252 when it is no UTF-8, and is changed without loss', async () => {
    const content = Buffer.from(log.replaceAll('said', 'größe'), 'latin1');
    const document = await open('latin/flagged/log.csv', content);
    await until(() => document.getText().includes('größe'));
    assert.equal(document.encoding, 'windows1252');
    await replaceIn(document, 'a,"', 'ä,"');
    assert.ok(await document.save());
    assert.equal(await bytesOf(document.uri), content.toString('latin1').replace('a,"', 'ä,"'));
  });

  it('keeps UTF-16 and its byte order mark when a cell is changed', async () => {
    const document = await open('wide/flagged/log.csv', Buffer.from(`\ufeff${log}`, 'utf16le'));
    await replaceIn(document, 'a,"', 'ä,"');
    assert.ok(await document.save());
    assert.equal((await readFile(document.uri.fsPath)).toString('utf16le'), `\ufeff${log.replace('a,"', 'ä,"')}`);
  });
});

describe('a log above 50 MB', () => {
  afterEach(closeEditors);

  it('is opened read-only by an editor that reads parts of the file', async () => {
    const uri = await writeWorkspaceFile('large/flagged/logs.csv', Buffer.alloc(51 * 1024 * 1024, row('x')));
    await vscode.commands.executeCommand('vscode.open', uri);
    await until(() => {
      const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
      return input instanceof vscode.TabInputCustom && input.viewType === customEditors.largeLog;
    });
  });
});

describe('a Gradio app that appends to a log that is being edited', () => {
  afterEach(closeEditors);
  // VS Code's watcher may miss a folder that is made in a new folder, so theirs is in the workspace's root.
  const edited = log.replace('a,"said', 'A,"said');

  it('has its rows shown in the unsaved log, and both are saved', async () => {
    const document = await open('flagged/both.csv', log);
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
    const document = await open('flagged/moment.csv', log);
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
    const document = await open('flagged/undone.csv', log);
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
    const document = await open('flagged/all.csv', log);
    await replaceIn(document, 'a,"said', 'A,"said');
    await appendFile(document.uri.fsPath, row('theirs'));
    await until(() => document.getText().endsWith(row('theirs')));
    await vscode.commands.executeCommand('undo');
    await vscode.commands.executeCommand('undo');
    await until(() => document.getText() === log + row('theirs') && !document.isDirty);
  });

  it('is followed when nothing is unsaved', async () => {
    const document = await open('flagged/clean.csv', log);
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
    const document = await open('flagged/saved/logs.csv', await readFile(path.join(folder, 'logs.csv')));
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

describe('a log in a text document', () => {
  afterEach(closeEditors);

  it('is changed cell by cell, and follows whoever changes the text', async () => {
    const document = await open('cells/flagged/logs.csv', log);
    const one = new LogDocument(document);
    const other = new LogDocument(document);
    const { version } = one;
    await one.edit([1], version, (text) => text.setCell(1, 1, 'a "b", c'));
    assert.equal(document.getText(), log.replace('"said ""b"""', '"a ""b"", c"'));
    assert.equal(other.log.cellText(1, 1), 'a "b", c');
    await other.edit([0], version, (text) => text.setCell(0, 0, '=1+1'));
    assert.equal(one.log.cells(0)[0], "'=1+1");
    await replaceIn(document, 'c,"said', 'C,"said');
    assert.equal(one.log.cellText(2, 0), 'C');
    one.dispose();
    other.dispose();
  });

  it('loses rows that are deleted, and refuses a change of a row that moved meanwhile', async () => {
    const document = await open('rows/flagged/logs.csv', log);
    const editor = new LogDocument(document);
    const { version } = editor;
    await editor.edit([0, 2], version, (text) => text.removeRows([2, 0]));
    assert.equal(document.getText(), `text,Output,flag,timestamp\r\n${row('b')}`);
    await assert.rejects(
      editor.edit([1], version, (text) => text.setCell(1, 0, 'x')),
      /changed meanwhile/,
    );
    await vscode.commands.executeCommand('undo');
    await until(() => document.getText() === log);
    assert.equal(editor.log.count, 3);
    editor.dispose();
  });

  it('is not disturbed by rows that another program appends', async () => {
    const document = await open('append/flagged/logs.csv', log);
    const editor = new LogDocument(document);
    const { version } = editor;
    await editor.append(row('d'));
    await editor.edit([1], version, (text) => text.setCell(1, 0, 'B'));
    assert.equal(document.getText(), log.replace('b,"said', 'B,"said') + row('d'));
    editor.dispose();
  });
});

describe('what the page of a log is told', () => {
  afterEach(closeEditors);
  const whole = { search: '', filters: [], sort: null };

  function session(document: vscode.TextDocument) {
    const panel = vscode.window.createWebviewPanel('test', 'test', vscode.ViewColumn.Active);
    const log = vscode.window.createOutputChannel('test', { log: true });
    const shared = new OpenLog({ log, errors: createErrorReporter(log) }, document);
    const media = new LogMedia(document.uri, panel.webview);
    const answers = new LogSession({ log }, shared, media, panel, () => undefined);
    const dispose = (): void => {
      vscode.Disposable.from(shared, panel, log).dispose();
    };
    return { answers, shared, dispose };
  }

  it('are the columns, the options of the log and of its demo, and rows in the order of a query', async () => {
    await writeWorkspaceFile(
      'told/shout.demo.json',
      JSON.stringify({
        title: 'Shout',
        fn: 'shout.py:shout',
        inputs: [{ type: 'textbox', label: 'text' }],
        outputs: [{ type: 'textbox', label: 'Output' }],
        flagging_options: ['rude'],
      }),
    );
    const document = await open('told/flagged/logs.csv', log);
    const { answers, dispose } = session(document);
    const view = await answers.view();
    assert.deepEqual(
      view.columns.map(({ name, role }) => [name, role]),
      [
        ['text', 'component'],
        ['Output', 'component'],
        ['flag', 'flag'],
        ['timestamp', 'timestamp'],
      ],
    );
    assert.deepEqual([view.total, view.options, view.readOnly], [3, ['rude', 'wrong'], null]);
    const sorted = await answers.rows({ ...whole, sort: { column: 0, descending: true } }, 1, 5);
    assert.deepEqual(
      [sorted.matched, ...sorted.rows.map(({ row: number, cells }) => [number, cells[0]?.text])],
      [3, [1, 'b'], [0, 'a']],
    );
    const sample = await answers.sample(2);
    assert.deepEqual([sample.demo, sample.inputs.length, sample.outputs[0]?.value], ['Shout', 1, 'said "c"']);
    dispose();
  });

  it('are notes and marks, which stay with a row that is edited', async () => {
    const document = await open('noted/flagged/logs.csv', log.replace('000006', '000007'));
    const { answers, dispose } = session(document);
    const { version } = await answers.view();
    await answers.setNote(0, 'look again', version);
    await answers.setCell(0, 0, 'edited', version);
    assert.equal((await answers.sample(0)).note, 'look again');
    assert.equal((await answers.rows(whole, 0, 1)).rows[0]?.note, true);
    await answers.setReviewed([0], true, (await answers.view()).version);
    assert.equal((await answers.rows(whole, 0, 1)).rows[0]?.reviewed, true);
    await answers.setNote(0, '', (await answers.view()).version);
    assert.equal((await answers.sample(0)).note, '');
    assert.equal(await answers.deleteRows([1], (await answers.view()).version), true);
    assert.equal((await answers.view()).total, 2);
    await answers.setOption([0, 1], 'fine', (await answers.view()).version);
    await answers.save();
    assert.equal((await bytesOf(document.uri)).match(/,fine,/g)?.length, 2);
    dispose();
  });

  it('never puts a note or a mark on the row that took the place of another', async () => {
    const document = await open('moved/flagged/logs.csv', log);
    const { answers, dispose } = session(document);
    const { version } = await answers.view();
    await replaceIn(document, row('a'), '');
    await assert.rejects(answers.setNote(1, 'of b', version), /changed meanwhile/);
    await assert.rejects(answers.setReviewed([1], true, version), /changed meanwhile/);
    assert.equal((await answers.sample(1)).note, '');
    const seen = (await answers.view()).version;
    await appendFile(document.uri.fsPath, row('d'));
    await answers.setNote(0, 'of b', seen);
    assert.equal((await answers.sample(0)).note, 'of b');
    dispose();
  });

  it('is why a table of another kind cannot be changed', async () => {
    const uri = await writeWorkspaceFile('hub/metadata.jsonl', '{"file_name":"a.png","flag":"wrong"}\n');
    const { answers, dispose } = session(await vscode.workspace.openTextDocument(uri));
    assert.match((await answers.view()).readOnly ?? '', /as text/);
    await assert.rejects(answers.setCell(0, 0, 'x', 1), /as text/);
    dispose();
  });
});
