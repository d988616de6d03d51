import * as path from 'node:path';
import * as vscode from 'vscode';
import { ExpectedError } from '../core/errors';
import { resolveMedia, type ResolvedMedia } from '../core/flagging/log/mediaPath';
import type { GridMedia } from '../protocol/log';

const kinds: readonly (readonly [GridMedia['kind'], RegExp])[] = [
  ['image', /\.(?:png|jpe?g|gif|webp|bmp|svg|avif|ico)$/i],
  ['audio', /\.(?:wav|mp3|flac|ogg|oga|opus|m4a|aac)$/i],
  ['video', /\.(?:mp4|webm|mov|m4v|mkv|avi|ogv)$/i],
];

/** The files that a log or a dataset names, as far as they may be shown: those beside it or in its workspace. */
export class TableMedia {
  private readonly found = new Map<string, ResolvedMedia>();

  constructor(
    private readonly table: vscode.Uri,
    private readonly webview: vscode.Webview,
  ) {}

  /** What a page of this table may load, the extension's own files aside. */
  static roots(table: vscode.Uri): vscode.Uri[] {
    const workspace = vscode.workspace.getWorkspaceFolder(table);
    return [vscode.Uri.joinPath(table, '..'), ...(workspace ? [workspace.uri] : [])];
  }

  /** Looks the files up that these texts name. @returns what the page may show for each */
  async prepare(texts: Iterable<string>): Promise<(text: string) => GridMedia> {
    const resolved = new Map<string, ResolvedMedia>();
    await Promise.all([...new Set(texts)].map(async (text) => resolved.set(text, await this.resolve(text))));
    return (text) => this.shown(text, resolved.get(text) ?? { problem: '' });
  }

  async resolve(text: string): Promise<ResolvedMedia> {
    const known = this.found.get(text);
    if (known) return known;
    const folders = TableMedia.roots(this.table).map(({ fsPath }) => fsPath);
    const resolved = await resolveMedia(text, { log: this.table.fsPath, folders });
    if ('file' in resolved) this.found.set(text, resolved);
    return resolved;
  }

  /** Shows a file in an editor of VS Code. */
  async open(text: string): Promise<void> {
    const resolved = await this.resolve(text);
    if (!('file' in resolved)) throw new ExpectedError(resolved.problem);
    await vscode.commands.executeCommand('vscode.open', vscode.Uri.file(resolved.file));
  }

  /** Whether a file lies in the table's folder, where a logger keeps its copies. */
  isBeside(file: string): boolean {
    const inside = path.relative(path.dirname(this.table.fsPath), file);
    return inside !== '' && !inside.startsWith('..') && !path.isAbsolute(inside);
  }

  private shown(text: string, resolved: ResolvedMedia): GridMedia {
    const name = path.posix.basename(text.replaceAll('\\', '/'));
    const kind = kinds.find(([, ending]) => ending.test(name))?.[0] ?? 'file';
    if (!('file' in resolved)) return { kind, name, url: null, problem: resolved.problem };
    const url = this.webview.asWebviewUri(vscode.Uri.file(resolved.file)).toString();
    return { kind, name, url, problem: null };
  }
}
