import assert from 'node:assert/strict';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { ExpectedError } from '../../extension/core/errors';
import { readMarks } from '../../extension/core/flagging/log/marks';
import { revealMedia } from '../../extension/ui/flaggedSamples/sampleActions';
import { editRows, unsavedDocument } from '../../extension/ui/flaggedSamples/openDocument';
import { SampleChanges } from '../../extension/ui/flaggedSamples/sampleChanges';
import { pageSize, SamplesTree, type Node, type SampleNode } from '../../extension/ui/flaggedSamples/samplesTree';
import { SampleUndo } from '../../extension/ui/sampleUndo';
import { WorkspaceLogs } from '../../extension/ui/flaggedSamples/workspaceLogs';
import { commands } from '../../extension/ids';
import { answering, closeEditors, until, workspaceFolder, writeWorkspaceFile } from './workspace';

const header = 'text,Output,flag,timestamp\r\n';
const row = (text: string, option: string, second = 0): string =>
  `${text},out,${option},2026-01-02 03:04:${String(second).padStart(2, '0')}.000001\r\n`;

describe('the view of flagged samples', () => {
  const logChannel = vscode.window.createOutputChannel('Test of flagged samples', { log: true });
  after(() => logChannel.dispose());
  let logs: WorkspaceLogs;
  let tree: SamplesTree;
  const failures: unknown[] = [];
  /** A folder that is made anew right after it was removed may not be watched. */
  let folders = 0;

  beforeEach(() => {
    failures.length = 0;
    const report = (error: unknown): void => void failures.push(error);
    logs = new WorkspaceLogs({ report, describe: (error) => ({ what: String(error), next: '', details: '' }) });
    tree = new SamplesTree(logs);
  });
  afterEach(async () => {
    tree.dispose();
    logs.dispose();
    await closeEditors();
    assert.deepEqual(failures, []);
  });

  const write = (name: string, text: string) => writeWorkspaceFile(`samples/${++folders}/${name}`, text);

  function labelOf(node: Node): string {
    const { label } = tree.getTreeItem(node);
    return typeof label === 'string' ? label : '';
  }

  async function logNode(uri: vscode.Uri): Promise<Node> {
    return until(async () =>
      (await tree.getChildren()).find((node) => node.kind === 'log' && node.file === uri.fsPath),
    );
  }

  /** The samples of a log by option, as lines. */
  async function shown(uri: vscode.Uri): Promise<Record<string, string[]>> {
    const found: Record<string, string[]> = {};
    for (const option of await tree.getChildren(await logNode(uri))) {
      const lines = (await tree.getChildren(option)).map((node) => labelOf(node));
      found[labelOf(option)] = lines;
    }
    return found;
  }

  async function samples(uri: vscode.Uri): Promise<SampleNode[]> {
    const options = await tree.getChildren(await logNode(uri));
    const children = await Promise.all(options.map((option) => tree.getChildren(option)));
    return children.flat().filter((node) => node.kind === 'sample');
  }

  after(() => rm(path.join(workspaceFolder(), 'samples'), { recursive: true, force: true }));

  it('groups the samples of each log by option, the newest first', async () => {
    const uri = await write(
      'flagged/logs.csv',
      header + row('a', 'wrong', 1) + row('b', 'odd', 2) + row('c', 'wrong', 3),
    );
    assert.deepEqual(await shown(uri), { wrong: ['c → out', 'a → out'], odd: ['b → out'] });
    tree.order = 'source';
    assert.deepEqual((await shown(uri)).wrong, ['a → out', 'c → out']);
  });

  it('leaves out tables that are no logs, and folders that are excluded', async () => {
    await write('data.csv', 'id,price\n1,2\n3,4\n');
    await write('node_modules/flagged/logs.csv', header + row('a', 'x'));
    const uri = await write('flagged/logs.csv', header + row('a', 'x'));
    await logNode(uri);
    const files = (await tree.getChildren()).map((node) => (node.kind === 'log' ? node.file : ''));
    assert.deepEqual(
      files.filter((file) => /samples.\d+.(?:data|node_modules)/.test(file)),
      [],
    );
  });

  it('follows logs that change, come beside others and go', async () => {
    const uri = await write('flagged/logs.csv', header + row('a', 'x', 1));
    await logNode(uri);
    await writeFile(uri.fsPath, header + row('a', 'x', 1) + row('b', 'x', 2));
    await until(async () => (await shown(uri)).x?.length === 2);
    const second = uri.with({ path: uri.path.replace('logs.csv', 'logs-2.csv') });
    await writeFile(second.fsPath, header + row('c', 'y', 3));
    await logNode(second);
    await rm(uri.fsPath);
    await until(
      async () => !(await tree.getChildren()).some((node) => node.kind === 'log' && node.file === uri.fsPath),
    );
  });

  it('shows a page of samples, and more when asked', async () => {
    const many = Array.from({ length: pageSize + 10 }, (_, i) => row(`t${i}`, 'x')).join('');
    const uri = await write('flagged/logs.csv', header + many);
    const [option] = await tree.getChildren(await logNode(uri));
    const page = await tree.getChildren(option);
    const more = page.at(-1);
    assert.equal(page.length, pageSize + 1);
    assert.ok(more?.kind === 'more' && more.left === 10);
    tree.showMore(more);
    assert.equal((await tree.getChildren(option)).length, pageSize + 10);
  });

  it('filters by a text in any column', async () => {
    const uri = await write('flagged/logs.csv', header + row('Apple', 'x') + row('b', 'x'));
    await logNode(uri);
    await logs.setFilter('apple');
    assert.deepEqual(await shown(uri), { x: ['Apple → out'] });
    await logs.setFilter('');
    assert.equal((await shown(uri)).x?.length, 2);
  });

  it('keeps the ids of samples when others come, also of equal ones', async () => {
    const uri = await write('flagged/logs.csv', header + row('a', 'x') + row('a', 'x'));
    const before = (await samples(uri)).map(({ id }) => id);
    assert.equal(new Set(before).size, 2);
    await writeFile(uri.fsPath, header + row('a', 'x') + row('a', 'x') + row('b', 'x'));
    await logs.reload(uri.fsPath);
    const after = (await samples(uri)).map(({ id }) => id);
    assert.deepEqual(
      before.filter((id) => !after.includes(id)),
      [],
    );
  });

  it('tells everything in a tooltip, in which texts are no links', async () => {
    const uri = await write('flagged/logs.csv', header + row('[x](command:evil)<img src=x>', 'wrong'));
    const [sample] = await samples(uri);
    assert.ok(sample);
    const { tooltip } = tree.resolveTreeItem(tree.getTreeItem(sample), sample);
    assert.ok(tooltip instanceof vscode.MarkdownString);
    assert.equal(tooltip.isTrusted, false);
    assert.match(tooltip.value, /```text\n\[x\]\(command:evil\)<img src=x>\n```/);
    assert.match(tooltip.value, /wrong/);
  });

  it('marks samples as reviewed, and shows it', async () => {
    const uri = await write('flagged/logs.csv', header + row('a', 'x'));
    const [sample] = await samples(uri);
    await vscode.commands.executeCommand(commands.markReviewed, sample);
    const marks = await readMarks(path.dirname(uri.fsPath));
    assert.ok(marks.of({ log: uri.fsPath, timestamp: '', row: row('a', 'x') }).reviewed);
    await until(async () => {
      const [now] = await samples(uri);
      return now && tree.getTreeItem(now).contextValue?.includes('reviewed');
    });
  });

  it('un-flags a sample with its file, and puts both back', async () => {
    const picture = 'text/0123456789abcdef0123/p.png';
    const text = header + row(picture, 'x', 1) + row('b', 'x', 2);
    const uri = await write('flagged/logs.csv', text);
    const file = path.join(path.dirname(uri.fsPath), picture);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, 'pixels');
    const sample = (await samples(uri)).find(({ read }) => read.sample.row === 0);
    assert.ok(sample);
    await vscode.commands.executeCommand(commands.unflagSamples, sample);
    assert.equal(await readFile(uri.fsPath, 'utf8'), header + row('b', 'x', 2));
    await assert.rejects(readFile(file));
    await vscode.commands.executeCommand(commands.undoSampleChange);
    assert.equal(await readFile(uri.fsPath, 'utf8'), text);
    assert.equal(await readFile(file, 'utf8'), 'pixels');
  });

  it('changes a log with unsaved changes in its editor, not on disk', async () => {
    const text = header + row('a', 'x', 1) + row('b', 'x', 2);
    const uri = await write('flagged/logs.csv', text);
    const sample = (await samples(uri)).find(({ read }) => read.sample.row === 0);
    assert.ok(sample);
    const document = await vscode.workspace.openTextDocument(uri);
    const edit = new vscode.WorkspaceEdit();
    edit.insert(uri, new vscode.Position(2, 0), 'new');
    await vscode.workspace.applyEdit(edit);
    assert.equal(unsavedDocument(uri), document);
    await editRows(document, [sample], (log, rows) => log.removeRows(rows));
    assert.equal(document.getText(), `${header}new${row('b', 'x', 2)}`);
    assert.equal(await readFile(uri.fsPath, 'utf8'), text);
    await assert.rejects(
      editRows(document, [sample], () => []),
      ExpectedError,
    );
    await vscode.commands.executeCommand('workbench.action.files.revert');
  });

  describe('commands', () => {
    const picture = 'text/0123456789abcdef0123/p.png';
    async function writePicture(log: vscode.Uri): Promise<string> {
      const file = path.join(path.dirname(log.fsPath), picture);
      await mkdir(path.dirname(file), { recursive: true });
      await writeFile(file, 'pixels');
      return file;
    }

    const exists = (file: string): Promise<boolean> =>
      readFile(file).then(
        () => true,
        () => false,
      );

    it('delete samples with the files that only they name, after asking', async () => {
      const uri = await write('flagged/logs.csv', header + row(picture, 'x', 1) + row('b', 'x', 2) + row('c', 'x', 3));
      const file = await writePicture(uri);
      const chosen = (await samples(uri)).filter(({ read }) => read.sample.row < 2);
      const asked = await answering([], () =>
        vscode.commands.executeCommand(commands.deleteSamples, chosen[0], chosen),
      );
      assert.deepEqual(asked, ['Delete 2 samples and their files? 1 file goes to the trash.']);
      assert.ok(await exists(file));
      await answering(['Delete', 'Delete for Good'], () =>
        vscode.commands.executeCommand(commands.deleteSamples, chosen[0], chosen),
      );
      assert.equal(await readFile(uri.fsPath, 'utf8'), header + row('c', 'x', 3));
      assert.equal(await exists(file), false);
    });

    it('keep a file that another sample names', async () => {
      const uri = await write('flagged/logs.csv', header + row(picture, 'x', 1) + row(picture, 'x', 2));
      const file = await writePicture(uri);
      const [chosen] = await samples(uri);
      const asked = await answering(['Delete'], () =>
        vscode.commands.executeCommand(commands.deleteSamples, chosen, [chosen]),
      );
      assert.deepEqual(asked, ['Delete this sample and its files? No file belongs to them alone.']);
      assert.ok(await exists(file));
      assert.equal((await readFile(uri.fsPath, 'utf8')).split('\r\n').length, 3);
    });

    it('un-flag many samples of several logs at once, and one undo brings all back', async () => {
      const rows = Array.from({ length: 50 }, (_, at) => row(`t${at}`, 'x', at % 60));
      const first = await write('flagged/logs.csv', header + rows.join(''));
      const second = await write('flagged/logs.csv', header + row('other', 'y'));
      const chosen = [...(await samples(first)).filter((_, at) => at % 2 === 0), ...(await samples(second))];
      await vscode.commands.executeCommand(commands.unflagSamples, chosen[0], chosen);
      const left = rows.filter((_, at) => at % 2 === 0);
      assert.equal(await readFile(first.fsPath, 'utf8'), header + left.join(''));
      assert.equal(await readFile(second.fsPath, 'utf8'), header);
      await vscode.commands.executeCommand(commands.undoSampleChange);
      assert.equal(await readFile(first.fsPath, 'utf8'), header + rows.join(''));
      assert.equal(await readFile(second.fsPath, 'utf8'), header + row('other', 'y'));
    });

    it('mark many samples as reviewed by one change, and undo takes it back', async () => {
      const uri = await write('flagged/logs.csv', header + row('a', 'x', 1) + row('b', 'x', 2));
      const chosen = await samples(uri);
      await vscode.commands.executeCommand(commands.markReviewed, chosen[0], chosen);
      const reviewed = async (): Promise<number> => {
        await logs.reload(uri.fsPath);
        return [...(logs.get(uri.fsPath)?.marks.values() ?? [])].filter((mark) => mark.reviewed).length;
      };
      assert.equal(await reviewed(), 2);
      await vscode.commands.executeCommand(commands.undoSampleChange);
      assert.equal(await reviewed(), 0);
    });

    it('change the option of many samples at once, which stay reviewed, and undo takes it back', async () => {
      const before = header + row('a', 'x', 1) + row('b', 'x', 1) + row('c', 'y', 1);
      const uri = await write('flagged/logs.csv', before);
      const [second] = await samples(uri);
      await vscode.commands.executeCommand(commands.markReviewed, second);
      await logs.reload(uri.fsPath);
      const undo = new SampleUndo(path.join(workspaceFolder(), 'samples', 'kept'), logChannel);
      await new SampleChanges({ log: logChannel, sampleUndo: undo }).changeOption(await samples(uri), 'y');
      assert.equal(await readFile(uri.fsPath, 'utf8'), before.replaceAll(',x,', ',y,'));
      await logs.reload(uri.fsPath);
      const reviewed = [...(logs.get(uri.fsPath)?.marks ?? [])].filter(([, mark]) => mark.reviewed);
      assert.deepEqual(
        reviewed.map(([at]) => at),
        [1],
      );
      await undo.undo();
      assert.equal(await readFile(uri.fsPath, 'utf8'), before);
      undo.dispose();
    });

    it('reveal the file of a sample in the Explorer, or say that it is missing', async () => {
      const uri = await write('flagged/logs.csv', header + row(picture, 'x', 1) + row('text/gone/p.png', 'x', 2));
      await writePicture(uri);
      const [missing, there] = await samples(uri);
      const revealed = await revealedBy(() => vscode.commands.executeCommand(commands.revealSampleMedia, there));
      assert.ok(revealed.endsWith(picture));
      assert.ok(missing);
      await assert.rejects(revealMedia(missing), /was not found in the workspace/);
    });

    /** What the Explorer has selected after some work. */
    async function revealedBy(work: () => Thenable<unknown>): Promise<string> {
      await vscode.env.clipboard.writeText('');
      await work();
      return until(async () => {
        await vscode.commands.executeCommand('copyFilePath');
        return (await vscode.env.clipboard.readText()) || undefined;
      });
    }
  });

  it('shows small images of the workspace beside their samples, and in their tooltips', async () => {
    const [small, large, vector, outside] = ['text/a.png', 'text/b.png', 'text/c.svg', '../../../../../etc/d.png'];
    const names = [small, large, vector, outside, 'plain'];
    const uri = await write('flagged/logs.csv', header + names.map((name, at) => row(name, 'x', at)).join(''));
    const folder = path.dirname(uri.fsPath);
    await mkdir(path.join(folder, 'text'));
    await writeFile(path.join(folder, 'text', 'a.png'), 'pixels');
    await writeFile(path.join(folder, 'text', 'b.png'), Buffer.alloc((1 << 20) + 1));
    await writeFile(path.join(folder, 'text', 'c.svg'), '<svg/>');
    tree.order = 'source';
    const shownIcons = (await samples(uri)).map((node) => tree.getTreeItem(node).iconPath);
    const [icon] = shownIcons;
    assert.ok(icon instanceof vscode.Uri && icon.fsPath === path.join(folder, 'text', 'a.png'));
    assert.deepEqual(
      shownIcons.slice(1).map((icon) => icon instanceof vscode.ThemeIcon),
      [true, true, true, true],
    );
    const [sample] = await samples(uri);
    assert.ok(sample);
    const { tooltip } = tree.resolveTreeItem(tree.getTreeItem(sample), sample);
    assert.ok(tooltip instanceof vscode.MarkdownString);
    assert.match(tooltip.value, /^!\[\]\(file:[^)\s]+a\.png\|height=160\)/);
    assert.equal(tooltip.supportHtml, false);
  });

  it('shares a line out as the demo that flags into the folder does', async () => {
    const uri = await write(
      'flagged/logs.csv',
      `text,first,second,flag,timestamp\r\na,b,c,x,2026-01-02 03:04:05.000001\r\n`,
    );
    const definition = { fn: 'f.py:f', inputs: [{ type: 'textbox', label: 'text' }], outputs: ['first', 'second'] };
    const outputs = definition.outputs.map((label) => ({ type: 'textbox', label }));
    await writeFile(
      path.join(path.dirname(uri.fsPath), '../two.demo.json'),
      JSON.stringify({ ...definition, outputs }),
    );
    await until(async () => (await shown(uri)).x?.[0] === 'a → b, c');
  });

  it('orders by option and by time as it is asked to', async () => {
    const uri = await write('flagged/logs.csv', header + row('1', 'z', 1) + row('2', 'b', 2) + row('3', 'z', 3));
    const read = async (): Promise<string> => JSON.stringify(await shown(uri));
    tree.order = 'newest';
    assert.equal(await read(), '{"z":["3 → out","1 → out"],"b":["2 → out"]}');
    tree.order = 'option';
    assert.equal(await read(), '{"b":["2 → out"],"z":["3 → out","1 → out"]}');
    tree.order = 'source';
    assert.equal(await read(), '{"z":["1 → out","3 → out"],"b":["2 → out"]}');
  });

  it('reads no more than a page of 100,000 samples to show them', async () => {
    const many = Array.from({ length: 100_000 }, (_, at) => row(`t${at}`, 'x', at % 60)).join('');
    const uri = await write('flagged/logs.csv', header + many);
    const [option] = await tree.getChildren(await logNode(uri));
    const index = logs.get(uri.fsPath)?.index;
    assert.ok(index);
    const asked: number[] = [];
    const read = index.read.bind(index);
    index.read = (rows) => {
      asked.push(rows.length);
      return read(rows);
    };
    const page = await tree.getChildren(option);
    assert.deepEqual(asked, [pageSize]);
    assert.equal(page.length, pageSize + 1);
    assert.ok(page.at(-1)?.kind === 'more');
    await rm(uri.fsPath);
    await logs.reload(uri.fsPath);
  });

  it('copies samples as JSON', async () => {
    const uri = await write('flagged/logs.csv', header + row('a', 'x', 1));
    const [sample] = await samples(uri);
    await vscode.commands.executeCommand(commands.copySampleAsJson, sample);
    const copied = JSON.parse(await vscode.env.clipboard.readText()) as Record<string, unknown>;
    assert.deepEqual(copied.components, { text: 'a', Output: 'out' });
    assert.equal(copied.option, 'x');
  });
});
