import { stat } from 'node:fs/promises';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { resolveMedia } from '../../core/flagging/log/mediaPath';
import type { LoggedSample } from '../../core/flagging/log/types';
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

/** Images that VS Code shows as they are; an SVG may hold more than an image. */
const thumbnailName = /\.(?:png|jpe?g|gif|webp)$/i;
/** An icon is drawn from the whole file. Bytes. */
const mostThumbnailBytes = 1 << 20;
/** Paths whose files are remembered. */
const mostKnown = 5000;

/** Small images that stand for their samples, looked for as samples come into view. */
export class Thumbnails {
  private readonly known = new Map<string, vscode.Uri>();

  /** The first image of a sample, when it lies in the workspace and is small enough. */
  async of(log: vscode.Uri, { values }: LoggedSample): Promise<vscode.Uri | undefined> {
    const text = values.find(({ kind, media }) => kind === 'image' && media.length > 0)?.media[0];
    if (text === undefined || !thumbnailName.test(text)) return undefined;
    const key = `${log.toString()} ${text}`;
    const found = this.known.get(key) ?? (await smallImage(log, text));
    if (this.known.size >= mostKnown) this.known.clear();
    if (found) this.known.set(key, found);
    return found;
  }
}

async function smallImage(log: vscode.Uri, text: string): Promise<vscode.Uri | undefined> {
  const found = await resolveMedia(text, { log: log.fsPath, folders: foldersOf(log) });
  if (!('file' in found) || !thumbnailName.test(found.file)) return undefined;
  return (await stat(found.file)).size <= mostThumbnailBytes ? vscode.Uri.file(found.file) : undefined;
}
