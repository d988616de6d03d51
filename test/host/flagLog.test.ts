import assert from 'node:assert/strict';
import { appendFile, readFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import { commands } from '../../extension/ids';
import { createErrorReporter } from '../../extension/ui/errors';
import { CellTexts } from '../../extension/ui/flagLog/cellTexts';
import { LogDocument } from '../../extension/ui/flagLog/logDocument';
import { LogSession } from '../../extension/ui/flagLog/logSession';
import { OpenLog } from '../../extension/ui/flagLog/openLogs';
import { TableMedia } from '../../extension/ui/tableMedia';
import { bytesOf, log, openLog, replaceIn, row } from './logs';
import { closeEditors, until, writeWorkspaceFile } from './workspace';

/** Saves as Ctrl+S does, also a document without changes. */
async function saveByKey(): Promise<void> {
  await vscode.commands.executeCommand('workbench.action.files.save');
}

describe('the flag log editor', () => {
  afterEach(closeEditors);

  it('opens logs of a flagging directory by itself, and other tables when asked', async () => {
    await openLog('first/flagged/logs.csv', log);
    await openLog('first/.gradio/flagged/dataset1.csv', log);
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
      const document = await openLog(`same/flagged/${name}.csv`, content);
      const before = await bytesOf(document.uri);
      await saveByKey();
      await new Promise((resolve) => setTimeout(resolve, 300));
      await until(async () => (await bytesOf(document.uri)) === before);
    });
  }

  it('changes one line for one cell, in a file with line ends of two kinds', async () => {
    const mixed = log + row('d').replace('d""', 'two\nlines""') + row('e');
    const document = await openLog('one/flagged/logs.csv', mixed);
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
    const document = await openLog('undo/flagged/logs.csv', log);
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
    const document = await openLog('latin/flagged/log.csv', content);
    await until(() => document.getText().includes('größe'));
    assert.equal(document.encoding, 'windows1252');
    await replaceIn(document, 'a,"', 'ä,"');
    assert.ok(await document.save());
    assert.equal(await bytesOf(document.uri), content.toString('latin1').replace('a,"', 'ä,"'));
  });

  it('keeps UTF-16 and its byte order mark when a cell is changed', async () => {
    const document = await openLog('wide/flagged/log.csv', Buffer.from(`\ufeff${log}`, 'utf16le'));
    await replaceIn(document, 'a,"', 'ä,"');
    assert.ok(await document.save());
    assert.equal((await readFile(document.uri.fsPath)).toString('utf16le'), `\ufeff${log.replace('a,"', 'ä,"')}`);
  });
});

describe('a log in a text document', () => {
  afterEach(closeEditors);

  it('is changed cell by cell, and follows whoever changes the text', async () => {
    const document = await openLog('cells/flagged/logs.csv', log);
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
    const document = await openLog('rows/flagged/logs.csv', log);
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
    const document = await openLog('append/flagged/logs.csv', log);
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
    const media = new TableMedia(document.uri, panel.webview);
    const cellTexts = new CellTexts();
    const answers = new LogSession({ log, cellTexts }, shared, media, panel, () => undefined);
    const dispose = (): void => {
      vscode.Disposable.from(shared, panel, log, cellTexts).dispose();
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
    const document = await openLog('told/flagged/logs.csv', log);
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
    assert.deepEqual([view.total, view.readOnly], [3, null]);
    assert.deepEqual(await answers.options(), ['rude', 'wrong']);
    const sorted = await answers.rows({ ...whole, sort: { column: 0, descending: true } }, 1, 5);
    assert.deepEqual(
      [sorted.matched, ...sorted.rows.map(({ row: number, cells }) => [number, cells[0]])],
      [3, [1, 'b'], [0, 'a']],
    );
    const sample = await answers.sample(2);
    assert.deepEqual([sample.demo, sample.inputs.length, sample.outputs[0]?.value], ['Shout', 1, 'said "c"']);
    dispose();
  });

  it('are notes and marks, which stay with a row that is edited', async () => {
    const document = await openLog('noted/flagged/logs.csv', log.replace('000006', '000007'));
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
    const document = await openLog('moved/flagged/logs.csv', log);
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
