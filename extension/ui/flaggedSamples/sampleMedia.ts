import * as path from 'node:path';
import * as vscode from 'vscode';
import { resolveMedia } from '../../core/flagging/log/mediaPath';
import type { SampleNode } from './samplesTree';

/** The files that a sample names and that may be opened. */
export async function mediaOf({ log, read }: SampleNode): Promise<string[]> {
  const folder = vscode.workspace.getWorkspaceFolder(log.uri);
  const file = log.uri.fsPath;
  const folders = [path.dirname(file), ...(folder ? [folder.uri.fsPath] : [])];
  const texts = read.sample.values.flatMap(({ media }) => media);
  const found = await Promise.all(texts.map((text) => resolveMedia(text, { log: file, folders })));
  return [...new Set(found.flatMap((media) => ('file' in media ? [media.file] : [])))];
}

/** The files of a sample that no other row of its log names. */
export async function ownMediaOf(node: SampleNode): Promise<string[]> {
  const { row, values } = node.read.sample;
  const shared = new Set<string>();
  for (const text of values.flatMap(({ media }) => media)) {
    const rows = await node.log.index.search(text);
    if ([...rows].some((other) => other !== row)) shared.add(path.basename(text.replaceAll('\\', '/')));
  }
  return (await mediaOf(node)).filter((file) => !shared.has(path.basename(file)));
}
