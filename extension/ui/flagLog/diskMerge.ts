import { realpath, stat } from 'node:fs/promises';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { hasMixedLineEnds, restoreLineEnds } from '../../core/flagging/log/lineEnds';
import type { Log } from '../../core/log';
import type { ErrorReporter } from '../errors';
import { fingerprint, hasGrown, isSame, readDisk, replaceContent, setTime, type Fingerprint } from './diskFile';
import { decodeFile, encodeFile } from './fileText';
import type { LogDocument } from './logDocument';
import { SaveLock } from './saveLock';

/** How often a save starts over because another program wrote meanwhile; then VS Code asks the person. */
const mostTries = 5;

/** Text of another program that was taken over into the unsaved document. */
interface Merged {
  readonly text: string;
  /** Whether an undo took it out again. */
  undone: boolean;
}

/**
 * Keeps together a log that is being edited and its file, to which a Gradio app appends meanwhile. VS Code does not
 * merge: it would ask whether to overwrite. Here what was appended becomes a part of the document at once, and the save
 * that follows may write it.
 *
 * Whether a file was written since it was read, VS Code tells by its time. Once the document holds all that the file
 * holds, the time is put back to the one VS Code knows; if the app appends again before the save, the time is new again,
 * and nothing is overwritten. A file that changed otherwise is left to VS Code's own question.
 *
 * VS Code looks at the time and then writes the file; what is appended in between it would overwrite. Our own loggers
 * wait meanwhile, since the lock of the folder is held from the last look before a save until the save is done.
 */
export class DiskMerge implements vscode.Disposable {
  /** The file's content that is a part of the document; unknown while a document restored unsaved is not saved yet. */
  private base: Fingerprint | undefined;
  /** The file's time as VS Code knows it. */
  private knownTime = 0;
  private merged: Merged[] = [];
  /** The file before a save, when it has line ends that VS Code does not keep. */
  private mixed: string | undefined;
  private turn: Promise<unknown> = Promise.resolve();
  private lossy = false;
  private missing = false;
  private readonly lock: SaveLock;
  private readonly subscriptions: vscode.Disposable[];
  /** Settles when the file was compared with the document for the first time. */
  readonly ready: Promise<void>;

  constructor(
    private readonly log: LogDocument,
    private readonly errors: ErrorReporter,
    channel: Log,
    /** Called when the file went, or came back. */
    private readonly onFound: () => void,
  ) {
    const { uri } = log.document;
    this.lock = new SaveLock(path.dirname(uri.fsPath), channel);
    const watcher = vscode.workspace.createFileSystemWatcher(
      new vscode.RelativePattern(vscode.Uri.joinPath(uri, '..'), path.posix.basename(uri.path)),
    );
    const look = (): void => void this.inTurn(() => this.look());
    const ours = (document: vscode.TextDocument): boolean => document === log.document;
    this.subscriptions = [
      watcher,
      watcher.onDidChange(look),
      watcher.onDidCreate(look),
      watcher.onDidDelete(look),
      log.onDidChange(({ reason }) => this.noteUndone(reason)),
      // Also told, without changes, when the document is no longer dirty.
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        if (ours(document) && !document.isDirty) look();
      }),
      vscode.workspace.onWillSaveTextDocument((event) => {
        if (ours(event.document)) event.waitUntil(this.inTurn(() => this.beforeSave()));
      }),
      vscode.workspace.onDidSaveTextDocument((document) => {
        const text = document.getText();
        if (ours(document)) void this.inTurn(() => this.afterSave(text)).finally(() => this.lock.release());
      }),
    ];
    this.ready = this.inTurn(() => this.look());
  }

  /** Whether the file's bytes cannot be told from its text: it is not in the encoding that it was opened in. */
  get isLossy(): boolean {
    return this.lossy;
  }

  /** Whether there is no file any more. */
  get isMissing(): boolean {
    return this.missing;
  }

  dispose(): void {
    this.lock.release();
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  private get file(): string {
    return this.log.document.uri.fsPath;
  }

  private inTurn(work: () => Promise<void>): Promise<void> {
    this.turn = this.turn.then(work).catch((error: unknown) => this.errors.report(error, this.file));
    return this.turn as Promise<void>;
  }

  private setMissing(missing: boolean): void {
    if (this.missing === missing) return;
    this.missing = missing;
    this.onFound();
  }

  /** A file that is gone stays as VS Code shows it; the text is still there. */
  private async look(): Promise<void> {
    const { document } = this.log;
    const disk = await readDisk(this.file);
    this.setMissing(!disk);
    if (!disk) return;
    if (document.isDirty) {
      await this.takeOver(disk.bytes);
      return;
    }
    if (await this.adopt(disk.bytes, disk.mtime, document.getText())) {
      if (this.lossy) await this.reopen();
      return;
    }
    // The person undid all changes, and with them the rows of others: VS Code reads the file anew when it is touched.
    if (this.merged.length > 0) await setTime(this.file, Date.now());
    this.merged = [];
  }

  /**
   * Gradio up to 3.1 wrote in the encoding of its machine, on western Windows that is windows-1252, in which any bytes
   * are valid. Read as UTF-8 such a log would lose characters when it is saved.
   */
  private async reopen(): Promise<void> {
    const { document } = this.log;
    if (document.encoding !== 'utf8') return;
    await vscode.workspace.openTextDocument(document.uri, { encoding: 'windows1252' });
    this.base = undefined;
    const disk = await readDisk(this.file);
    if (disk) await this.adopt(disk.bytes, disk.mtime, document.getText());
  }

  /** Takes the file for the document's base when its text is this one. */
  private async adopt(bytes: Uint8Array, mtime: number, text: string): Promise<boolean> {
    const { encoding } = this.log.document;
    const decoded = await decodeFile(bytes, encoding);
    if (decoded !== text && unified(decoded) !== unified(text)) return false;
    if (!this.base) this.lossy = !isEqual(await encodeFile(decoded, encoding), bytes);
    this.base = fingerprint(bytes);
    this.knownTime = mtime;
    this.merged = [];
    return true;
  }

  /** Adds to the document what was appended to the file. */
  private async takeOver(bytes: Uint8Array): Promise<void> {
    if (!this.base || !hasGrown(bytes, this.base)) return;
    const { encoding } = this.log.document;
    const before = await decodeFile(bytes.subarray(0, this.base.size), encoding);
    const now = await decodeFile(bytes, encoding);
    // A character of which only a part is written yet.
    if (!now.startsWith(before)) return;
    await this.append(now.slice(before.length), /(?:^|[\r\n])$/.test(before));
    this.base = fingerprint(bytes);
  }

  private async append(appended: string, beginsRecord: boolean): Promise<void> {
    const { text } = this.log.log;
    const lineEnd = this.log.document.eol === vscode.EndOfLine.CRLF ? '\r\n' : '\n';
    const glued = beginsRecord && text !== '' && !text.endsWith('\n');
    const added = appended.replace(/\r\n|\r|\n/g, lineEnd);
    // An undo may come before the edit is confirmed.
    this.merged.push({ text: added, undone: false });
    await this.log.append((glued ? lineEnd : '') + added);
  }

  /**
   * Their rows are one step of the undo history. Undone, they are missing from the document until it is saved, and then
   * come back: a person undoes what they did, not what others flagged.
   */
  private noteUndone(reason: vscode.TextDocumentChangeReason | undefined): void {
    if (reason === undefined) return;
    for (const merged of this.merged) merged.undone = !this.log.log.text.includes(merged.text);
  }

  private async beforeSave(): Promise<void> {
    await this.lock.take();
    for (let tries = 0; tries < mostTries; tries++) {
      const disk = await readDisk(this.file);
      if (!disk) return;
      const undone = this.merged.filter(({ undone }) => undone);
      this.merged = this.merged.filter(({ undone }) => !undone);
      for (const { text } of undone) await this.append(text, true);
      await this.takeOver(disk.bytes);
      const before = await decodeFile(disk.bytes, this.log.document.encoding);
      this.mixed = hasMixedLineEnds(before) ? before : undefined;
      if (!this.base || !isSame(disk.bytes, this.base) || disk.mtime <= this.knownTime) return;
      await setTime(this.file, this.knownTime);
      if ((await stat(this.file)).size === disk.bytes.length) return;
      await setTime(this.file, Date.now());
    }
  }

  private async afterSave(text: string): Promise<void> {
    const disk = await readDisk(this.file);
    this.setMissing(!disk);
    if (!disk) return;
    const { mixed } = this;
    this.mixed = undefined;
    const { encoding } = this.log.document;
    const saved = mixed === undefined ? '' : await decodeFile(disk.bytes, encoding);
    const restored = mixed === undefined ? '' : restoreLineEnds(mixed, saved);
    if (restored === saved) {
      await this.adopt(disk.bytes, disk.mtime, text);
      return;
    }
    const bytes = await encodeFile(restored, encoding);
    await replaceContent(await realpath(this.file), bytes);
    await this.adopt(bytes, disk.mtime, text);
  }
}

function unified(text: string): string {
  return text.replace(/\r\n|\r/g, '\n');
}

function isEqual(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}
