import { stat } from 'node:fs/promises';
import * as path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import * as vscode from 'vscode';
import { isBesideLogName, isLogName, layoutOfLog, linesGlob, logGlob } from '../../core/flagging/log/findLogs';
import { LogIndex } from '../../core/flagging/log/logIndex';
import { readMarks, unmarked, type Mark } from '../../core/flagging/log/marks';
import { ExpectedError } from '../../core/errors';
import { isSameVersion, versionOf, type FileVersion } from '../../core/fileVersion';
import type { LogLayout } from '../../core/flagging/log/types';
import type { ErrorReporter } from '../errors';
import { findDemo, type DemoOfLog } from '../flagLog/logDemo';
import { FolderWatches } from '../folderWatches';

/** Files with the name of a log that are looked at. */
const mostFiles = 5000;
/** A file that is being written is read once it has been left alone for so long. Milliseconds. */
const settleTime = 300;
const mostAttempts = 5;
/** New folders that are looked through one by one. */
const mostNewFolders = 10;

/** A log of the workspace as it was read last. */
export interface WorkspaceLog {
  readonly uri: vscode.Uri;
  readonly index: LogIndex;
  readonly marks: ReadonlyMap<number, Mark>;
  /** The rows in which the filter's text occurs; undefined for all. */
  readonly matching: ReadonlySet<number> | undefined;
  /** The demo that it was flagged in; undefined for none, and until it is found. */
  readonly demo: DemoOfLog | undefined;
}

/** The mark of a row. */
export function markOf({ marks }: WorkspaceLog, row: number): Mark {
  return marks.get(row) ?? unmarked;
}

/** Every flag log of the workspace; follows the files on disk. */
export class WorkspaceLogs implements vscode.Disposable {
  private readonly known = new Map<string, WorkspaceLog>();
  /** What the files were when they were read last. */
  private readonly versions = new Map<string, FileVersion>();
  /** By log and columns. */
  private readonly demos = new Map<string, DemoOfLog | undefined>();
  private readonly pending = new Map<string, vscode.Uri>();
  private readonly newFolders = new Map<string, vscode.Uri>();
  private readonly changed = new vscode.EventEmitter<string | undefined>();
  private readonly watches: vscode.Disposable[] = [];
  private readonly folders = new FolderWatches((file) => this.later(vscode.Uri.file(file)));
  private readonly aborted = new AbortController();
  private timer: NodeJS.Timeout | undefined;
  private work: Promise<void> | undefined;
  private searched = '';
  /** The path of the log that changed; undefined when logs came, went, or all changed. */
  readonly onDidChange = this.changed.event;

  constructor(private readonly errors: ErrorReporter) {}

  get all(): readonly WorkspaceLog[] {
    return [...this.known.values()];
  }

  get(file: string): WorkspaceLog | undefined {
    return this.known.get(file);
  }

  /** The text that samples are filtered by; empty for no filter. */
  get filter(): string {
    return this.searched;
  }

  /** Finds the logs when it is called first; settles when all that is under way is done. */
  ready(): Promise<void> {
    this.work ??= this.begin();
    return this.work;
  }

  setFilter(text: string): Promise<void> {
    this.searched = text.trim();
    return this.then(async () => {
      for (const log of this.known.values()) this.known.set(log.uri.fsPath, await this.filtered(log));
      this.changed.fire(undefined);
    });
  }

  /** Reads a log again at once, after a change of ours. */
  reload(file: string): Promise<void> {
    return this.then(() => this.readLog(vscode.Uri.file(file)));
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.aborted.abort();
    for (const watch of this.watches) watch.dispose();
    this.folders.dispose();
    this.changed.dispose();
  }

  private then(work: () => Promise<void>): Promise<void> {
    this.work = this.ready()
      .then(work)
      .then(() => this.followFolders());
    this.work = this.work.catch((error: unknown) => {
      if (!this.aborted.signal.aborted) this.errors.report(error);
    });
    return this.work;
  }

  private async begin(): Promise<void> {
    const watcher = vscode.workspace.createFileSystemWatcher('**/*.{csv,jsonl}');
    // Of a folder that comes with files in it VS Code may tell the folder alone.
    const newFolders = vscode.workspace.createFileSystemWatcher('**/*', false, true, true);
    const definitions = vscode.workspace.createFileSystemWatcher('**/*.demo.json');
    const redefined = (): void => {
      this.demos.clear();
      this.showDemos();
    };
    const later = (uri: vscode.Uri): void => this.later(uri);
    this.watches.push(
      watcher,
      newFolders,
      definitions,
      definitions.onDidChange(redefined),
      definitions.onDidCreate(redefined),
      definitions.onDidDelete(redefined),
      newFolders.onDidCreate((uri) => this.laterIn(uri)),
      watcher.onDidChange(later),
      watcher.onDidCreate(later),
      watcher.onDidDelete(later),
      vscode.workspace.onDidChangeWorkspaceFolders(() => void this.then(() => this.find())),
    );
    await this.find().catch((error: unknown) => this.errors.report(error));
    this.followFolders();
  }

  private followFolders(): void {
    if (this.aborted.signal.aborted) return;
    this.folders.follow(new Set(Array.from(this.known.keys(), (file) => path.dirname(file))));
  }

  /** Brings what is known in line with the files there are. */
  private async find(): Promise<void> {
    const found = await findLogFiles();
    const files = new Set(found.map(({ fsPath }) => fsPath));
    for (const file of this.known.keys()) if (!files.has(file)) this.known.delete(file);
    for (const uri of found) if (!this.known.has(uri.fsPath)) await this.readLog(uri);
    this.changed.fire(undefined);
    this.showDemos();
  }

  private later(uri: vscode.Uri): void {
    const name = path.basename(uri.fsPath);
    if (!isLogName(name) && !isBesideLogName(name)) return;
    this.pending.set(uri.fsPath, uri);
    this.schedule();
  }

  /** @param uri of what may be a folder */
  private laterIn(uri: vscode.Uri): void {
    if (path.extname(uri.fsPath) !== '' || /[\\/](?:node_modules|\.git)[\\/]/.test(uri.fsPath)) return;
    this.newFolders.set(uri.fsPath, uri);
    this.schedule();
  }

  private schedule(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.then(() => this.takePending()), settleTime);
  }

  private async takePending(): Promise<void> {
    const uris = [...this.pending.values()];
    this.pending.clear();
    const newFolders = [...this.newFolders.values()];
    this.newFolders.clear();
    const logs = uris.filter(({ fsPath }) => isLogName(path.basename(fsPath)));
    const folders = new Set(uris.filter((uri) => !logs.includes(uri)).map(({ fsPath }) => path.dirname(fsPath)));
    for (const log of this.known.values()) {
      if (folders.has(path.dirname(log.uri.fsPath))) this.show({ ...log, marks: await marksOf(log.uri, log.index) });
    }
    for (const uri of logs) if (this.known.has(uri.fsPath) && !(await this.isRead(uri))) await this.readLog(uri);
    const isNew = logs.some(({ fsPath }) => !this.known.has(fsPath));
    if (isNew || (await holdLogs(newFolders))) await this.find();
  }

  /** Whether a log is as it was read: a change of ours is read at once, and told by the watcher later. */
  private async isRead({ fsPath }: vscode.Uri): Promise<boolean> {
    const [version, read] = [await versionAt(fsPath), this.versions.get(fsPath)];
    return version !== undefined && read !== undefined && isSameVersion(version, read);
  }

  private async readLog(uri: vscode.Uri): Promise<void> {
    const wasKnown = this.known.has(uri.fsPath);
    const version = await versionAt(uri.fsPath);
    if (version) this.versions.set(uri.fsPath, version);
    const layout = await layoutOfLog(uri.fsPath);
    const index = layout && (await this.indexOf(uri, layout));
    if (!index) {
      if (this.known.delete(uri.fsPath)) this.changed.fire(undefined);
      return;
    }
    const demo = this.demos.get(demoKey(uri, layout));
    const log = await this.filtered({ uri, index, marks: await marksOf(uri, index), matching: undefined, demo });
    this.known.set(uri.fsPath, log);
    this.changed.fire(wasKnown ? uri.fsPath : undefined);
  }

  /** An app may write into the log while it is read. @returns undefined when it is gone meanwhile */
  private async indexOf(uri: vscode.Uri, layout: LogLayout): Promise<LogIndex | undefined> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await LogIndex.read(uri.fsPath, layout, this.aborted.signal);
      } catch (error) {
        if (!(await layoutOfLog(uri.fsPath))) return undefined;
        if (!(error instanceof ExpectedError) || attempt === mostAttempts) throw error;
        await wait(attempt * settleTime);
      }
    }
  }

  /** Asks the demos of the workspace which columns are inputs; meanwhile the logs are shown without. */
  private showDemos(): void {
    this.findDemos().catch((error: unknown) => this.errors.report(error));
  }

  private async findDemos(): Promise<void> {
    for (const { uri, index } of [...this.known.values()]) {
      const key = demoKey(uri, index.layout);
      const demo = this.demos.has(key) ? this.demos.get(key) : await findDemo(uri, index.layout);
      this.demos.set(key, demo);
      const log = this.known.get(uri.fsPath);
      if (log && log.demo !== demo && demoKey(uri, log.index.layout) === key) this.show({ ...log, demo });
    }
  }

  private show(log: WorkspaceLog): void {
    this.known.set(log.uri.fsPath, log);
    this.changed.fire(log.uri.fsPath);
  }

  private async filtered(log: WorkspaceLog): Promise<WorkspaceLog> {
    const matching = this.searched === '' ? undefined : await log.index.search(this.searched, this.aborted.signal);
    return { ...log, matching };
  }
}

/** @returns undefined when there is no such file */
async function versionAt(file: string): Promise<FileVersion | undefined> {
  return stat(file).then(versionOf, () => undefined);
}

function demoKey({ fsPath }: vscode.Uri, { columns }: LogLayout): string {
  return JSON.stringify([fsPath, columns.map(({ name }) => name)]);
}

async function marksOf(uri: vscode.Uri, index: LogIndex): Promise<ReadonlyMap<number, Mark>> {
  const marks = await readMarks(path.dirname(uri.fsPath));
  return marks.match(path.basename(uri.fsPath), index.rows);
}

/**
 * Whether there may be a log in one of these folders, some of which are files without an ending; of many all of the
 * workspace is looked through instead.
 */
async function holdLogs(folders: readonly vscode.Uri[]): Promise<boolean> {
  if (folders.length > mostNewFolders) return true;
  for (const folder of folders) {
    const isFolder = await stat(folder.fsPath).then(
      (stats) => stats.isDirectory(),
      () => false,
    );
    if (!isFolder) continue;
    for (const glob of [logGlob, linesGlob]) {
      const [found] = await vscode.workspace.findFiles(new vscode.RelativePattern(folder, glob), undefined, 1);
      if (found) return true;
    }
  }
  return false;
}

async function findLogFiles(): Promise<vscode.Uri[]> {
  const excluded = vscode.workspace.getConfiguration('search').get<Record<string, unknown>>('exclude', {});
  const patterns = Object.keys(excluded).filter((pattern) => excluded[pattern] === true);
  const exclude = patterns.length > 0 ? `{${patterns.join(',')}}` : undefined;
  const globs = [logGlob, linesGlob].map((glob) => vscode.workspace.findFiles(glob, exclude, mostFiles));
  return (await Promise.all(globs)).flat().filter(({ scheme }) => scheme === 'file');
}
