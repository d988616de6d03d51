import * as path from 'node:path';
import * as vscode from 'vscode';
import { encodeSpecialFloats } from '../../protocol/json';
import { ExpectedError } from '../../core/errors';
import { changeOption, forget, takeOut } from '../../core/flagging/log/rowChanges';
import { setReviewed, type RowIdentity } from '../../core/flagging/log/marks';
import type { Services } from '../services';
import { storagePath } from '../paths';
import { openSampleInLog } from '../replay/openSampleInLog';
import { editRow, unsavedDocument } from './openDocument';
import { mediaOf, ownMediaOf } from './sampleMedia';
import type { SampleNode } from './samplesTree';
import { rowOf } from './unflagging';
import type { WorkspaceLogs } from './workspaceLogs';

/** What can be done with samples of the view. */
export class SampleActions {
  constructor(
    private readonly services: Services,
    private readonly logs: WorkspaceLogs,
  ) {}

  /** Shows a sample in its log's editor, which counts rows as the view does. */
  async open({ log, read }: SampleNode): Promise<void> {
    if (log.index.layout.format === 'csv') await openSampleInLog(this.services, log.uri, read.sample.row);
    else await vscode.commands.executeCommand('vscode.open', log.uri);
  }

  async mark(nodes: readonly SampleNode[], reviewed: boolean): Promise<void> {
    for (const [folder, own] of byFolder(nodes)) {
      await setReviewed(folder, own.map(identityOf), reviewed, this.services.log);
    }
    await this.reload(nodes);
  }

  async changeOption(nodes: readonly SampleNode[]): Promise<void> {
    const option = await this.pickOption(nodes);
    if (option === undefined) return;
    for (const node of nodes) {
      const document = unsavedDocument(node);
      const column = node.log.index.layout.columns.find(({ role }) => role === 'flag')?.index;
      if (document && column !== undefined)
        await editRow(document, node, (text, row) => text.setCell(row, column, option));
      else await changeOption(rowOf(node, []), option, this.services.log);
    }
    await this.reload(nodes);
  }

  async copyAsJson(nodes: readonly SampleNode[]): Promise<void> {
    const samples = nodes.map(({ log, read: { sample } }) => ({
      log: vscode.workspace.asRelativePath(log.uri),
      components: Object.fromEntries(sample.values.map(({ column, value }) => [column.name, value])),
      option: sample.option,
      username: sample.username,
      timestamp: sample.timestamp,
      media: sample.values.flatMap(({ media }) => media),
    }));
    const [only] = samples;
    const value = encodeSpecialFloats(samples.length === 1 ? only : samples);
    await vscode.env.clipboard.writeText(JSON.stringify(value, null, 2));
  }

  async revealMedia(node: SampleNode): Promise<void> {
    const [file] = await mediaOf(node);
    if (file === undefined) {
      throw new ExpectedError(
        vscode.l10n.t('The file of this sample was not found in the workspace.'),
        vscode.l10n.t('“Check Flag Log” tells more.'),
      );
    }
    await vscode.commands.executeCommand('revealInExplorer', vscode.Uri.file(file));
  }

  /** Removes samples for good, after asking; their files go to the trash, where there is one. */
  async deleteWithMedia(nodes: readonly SampleNode[]): Promise<void> {
    const files = (await Promise.all(nodes.map(ownMediaOf))).flat();
    const confirm = vscode.l10n.t('Delete');
    const choice = await vscode.window.showWarningMessage(
      nodes.length === 1
        ? vscode.l10n.t('Delete this sample and its files?')
        : vscode.l10n.t('Delete {0} samples and their files?', nodes.length),
      { modal: true, detail: vscode.l10n.t('{0} files go to the trash.', files.length) },
      confirm,
    );
    if (choice !== confirm) return;
    const keepIn = path.join(storagePath(this.services.context), 'unflagged');
    for (const node of [...nodes].sort((a, b) => b.read.sample.row - a.read.sample.row)) {
      const document = unsavedDocument(node);
      if (document) await editRow(document, node, (text, row) => text.removeRows([row]));
      else await forget(await takeOut(rowOf(node, []), keepIn, this.services.log));
    }
    await this.reload(nodes);
    for (const file of files) await toTrash(file);
  }

  private async reload(nodes: readonly SampleNode[]): Promise<void> {
    for (const file of new Set(nodes.map(({ log }) => log.uri.fsPath))) await this.logs.reload(file);
  }

  private async pickOption(nodes: readonly SampleNode[]): Promise<string | undefined> {
    const options = new Set(nodes.flatMap(({ log }) => log.index.rows.flatMap(({ option }) => option ?? [])));
    const other = { label: vscode.l10n.t('$(edit) Another option…'), option: undefined };
    const items = [...[...options].map((option) => ({ label: option, option })), other];
    const chosen = await vscode.window.showQuickPick(items, { placeHolder: vscode.l10n.t('Flagging option') });
    if (chosen !== other) return chosen?.option;
    return vscode.window.showInputBox({ title: vscode.l10n.t('Flagging option') });
  }
}

async function toTrash(file: string): Promise<void> {
  try {
    await vscode.workspace.fs.delete(vscode.Uri.file(file), { useTrash: true });
  } catch (error) {
    throw new ExpectedError(
      vscode.l10n.t('The row is gone, but {0} could not be put to the trash.', path.basename(file)),
      vscode.l10n.t('Delete it yourself if you do not need it.'),
      String(error),
      { cause: error },
    );
  }
}

function identityOf({ log, read: { sample, text } }: SampleNode): RowIdentity {
  return { log: log.uri.fsPath, timestamp: sample.timestamp ?? '', row: text };
}

function byFolder(nodes: readonly SampleNode[]): Map<string, SampleNode[]> {
  const folders = new Map<string, SampleNode[]>();
  for (const node of nodes) {
    const folder = path.dirname(node.log.uri.fsPath);
    folders.set(folder, [...(folders.get(folder) ?? []), node]);
  }
  return folders;
}
