import * as path from 'node:path';
import * as vscode from 'vscode';
import { resolveMedia } from '../../core/flagging/log/mediaPath';
import type { SampleNode } from './samplesTree';

/** Where the files of a log may lie. Absolute. */
export function foldersOf(log: vscode.Uri): string[] {
  const workspace = vscode.workspace.getWorkspaceFolder(log);
  return [path.dirname(log.fsPath), ...(workspace ? [workspace.uri.fsPath] : [])];
}

/** The files that a sample names and that may be opened. */
export async function mediaOf({ log, read }: SampleNode): Promise<string[]> {
  const file = log.uri.fsPath;
  const folders = foldersOf(log.uri);
  const texts = read.sample.values.flatMap(({ media }) => media);
  const found = await Promise.all(texts.map((text) => resolveMedia(text, { log: file, folders })));
  return [...new Set(found.flatMap((media) => ('file' in media ? [media.file] : [])))];
}
