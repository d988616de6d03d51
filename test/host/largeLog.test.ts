import assert from 'node:assert/strict';
import { rm, writeFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import { customEditors } from '../../extension/ids';
import { CellTexts } from '../../extension/ui/flagLog/cellTexts';
import { LargeLog } from '../../extension/ui/flagLog/largeLog';
import { TableMedia } from '../../extension/ui/tableMedia';
import { log, row } from './logs';
import { closeEditors, until, writeWorkspaceFile } from './workspace';

describe('a log above 50 MB', () => {
  afterEach(closeEditors);
  const whole = { search: '', filters: [], sort: null };
  const size = 51 * 1024 * 1024;

  async function openLarge(name: string) {
    const content = Buffer.concat([Buffer.from(log), Buffer.alloc(size, row('x')), Buffer.from(`\r\n${row('last')}`)]);
    const uri = await writeWorkspaceFile(name, content);
    const panel = vscode.window.createWebviewPanel('test', 'test', vscode.ViewColumn.Active);
    const channel = vscode.window.createOutputChannel('test', { log: true });
    const progress: (number | null)[] = [];
    const cellTexts = new CellTexts();
    const services = { log: channel, cellTexts };
    const answers = new LargeLog(services, uri, new TableMedia(uri, panel.webview), (percent) =>
      progress.push(percent),
    );
    const dispose = (): void => {
      vscode.Disposable.from(answers, panel, channel, cellTexts).dispose();
    };
    return { uri, answers, progress, dispose };
  }

  it('is opened read-only by an editor that reads parts of the file', async () => {
    const uri = await writeWorkspaceFile('large/flagged/logs.csv', Buffer.alloc(size, row('x')));
    await vscode.commands.executeCommand('vscode.open', uri);
    await until(() => {
      const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
      return input instanceof vscode.TabInputCustom && input.viewType === customEditors.largeLog;
    });
  });

  it('is filtered and searched in one pass over the file, whose progress is told', async () => {
    const { answers, progress, dispose } = await openLarge('filtered/flagged/logs.csv');
    const { total, readOnly, byParts } = await answers.view();
    assert.match(readOnly ?? '', /51 MB.*finding, filtering and copying work/);
    assert.match(byParts ?? '', /its own order/);
    const filtered = await answers.rows({ ...whole, filters: [{ column: 0, contains: 'LAST' }] }, 0, 100);
    assert.deepEqual(
      filtered.rows.map(({ row: number, cells }) => [number, cells[1]]),
      [[total - 1, 'said "last"']],
    );
    assert.ok(progress.length > 10 && progress.at(-1) === null);
    const numbers = progress.slice(0, -1).map(Number);
    assert.deepEqual(
      numbers,
      [...numbers].sort((a, b) => a - b),
    );
    assert.deepEqual(await answers.find(whole, 'said "last', 5, 0, true), {
      position: total - 1,
      row: total - 1,
      column: 1,
    });
    await assert.rejects(answers.rows({ ...whole, sort: { column: 0, descending: false } }, 0, 1), /too large/);
    dispose();
  });

  it('stops a search when it is told to, or asked for something else', async () => {
    const { answers, progress, dispose } = await openLarge('stopped/flagged/logs.csv');
    await answers.view();
    const stopped = assert.rejects(answers.rows({ ...whole, search: 'nowhere' }, 0, 1), /was stopped/);
    await until(() => progress.length > 0);
    answers.stop();
    await stopped;
    const replaced = assert.rejects(answers.find(whole, 'nowhere', 0, 0, false), /was stopped/);
    assert.equal((await answers.rows({ ...whole, search: 'last' }, 0, 1)).matched, 1);
    await replaced;
    dispose();
  });

  it('says when it is gone, and shows what is left of it', async () => {
    const { uri, answers, dispose } = await openLarge('cut/flagged/logs.csv');
    const { version } = await answers.view();
    await writeFile(uri.fsPath, log);
    await assert.rejects(answers.rows(whole, 0, 1), /changed since it was read/);
    assert.ok(answers.reload() > version);
    assert.equal((await answers.view()).total, 3);
    await rm(uri.fsPath);
    answers.reload();
    await assert.rejects(answers.view(), /no file/);
    dispose();
  });
});
