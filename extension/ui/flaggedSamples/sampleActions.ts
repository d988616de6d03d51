import * as vscode from 'vscode';
import { encodeSpecialFloats } from '../../protocol/json';
import { ExpectedError } from '../../core/errors';
import { openSampleInLog } from '../replay/openSampleInLog';
import type { Services } from '../services';
import { mediaOf } from './sampleMedia';
import type { SampleNode } from './samplesTree';

/** Shows a sample in its log's editor, which counts rows as the view does. */
export async function openSample(services: Services, { log, read }: SampleNode): Promise<void> {
  if (log.index.layout.format === 'csv') await openSampleInLog(services, log.uri, read.sample.row);
  else await vscode.commands.executeCommand('vscode.open', log.uri);
}

export async function copyAsJson(nodes: readonly SampleNode[]): Promise<void> {
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

export async function revealMedia(node: SampleNode): Promise<void> {
  const [file] = await mediaOf(node);
  if (file === undefined) {
    throw new ExpectedError(
      vscode.l10n.t('The file of this sample was not found in the workspace.'),
      vscode.l10n.t('“Check Flag Log” tells more.'),
    );
  }
  await vscode.commands.executeCommand('revealInExplorer', vscode.Uri.file(file));
}

/** An option of the logs of these samples or of their demo, or another one; undefined when the person chose none. */
export async function pickOption(nodes: readonly SampleNode[]): Promise<string | undefined> {
  const options = new Set<string>();
  for (const log of new Set(nodes.map((node) => node.log))) {
    for (const { option } of log.index.rows) if (option !== null) options.add(option);
    for (const option of log.demo?.options ?? []) options.add(option);
  }
  const other = { label: vscode.l10n.t('$(edit) Another option…'), option: undefined };
  const items = [...[...options].map((option) => ({ label: option, option })), other];
  const chosen = await vscode.window.showQuickPick(items, { placeHolder: vscode.l10n.t('Flagging option') });
  if (chosen !== other) return chosen?.option;
  return vscode.window.showInputBox({ title: vscode.l10n.t('Flagging option') });
}
