import { createHash } from 'node:crypto';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { Marks, marksName, readMarks, setReviewed, type Mark } from '../../core/flagging/log/marks';
import type { Log } from '../../core/log';
import { watchFile } from '../watchFile';
import type { LogDocument } from './logDocument';

/** Which rows of a log were reviewed, as it stands in the file beside it. */
export class LogMarks implements vscode.Disposable {
  private marks: Promise<Marks>;
  private readonly watch: vscode.Disposable;

  constructor(
    private readonly log: LogDocument,
    private readonly channel: Log,
    changed: () => void,
  ) {
    this.marks = this.read();
    this.watch = watchFile(vscode.Uri.joinPath(log.document.uri, '..', marksName), () => {
      this.marks = this.read();
      changed();
    });
  }

  /** The marks of these rows, by their place in the list. */
  async of(rows: readonly number[]): Promise<ReadonlyMap<number, Mark>> {
    const marks = await this.marks;
    const name = path.basename(this.file);
    if (!marks.has(name)) return new Map();
    const { log } = this.log;
    const marked = rows.map((row) => ({
      timestamp: log.sample(row).timestamp,
      hash: createHash('sha256').update(log.recordText(row)).digest('hex'),
    }));
    return marks.match(name, marked);
  }

  async setReviewed(rows: readonly number[], reviewed: boolean): Promise<void> {
    const { log } = this.log;
    const identities = rows.map((row) => ({
      log: this.file,
      timestamp: log.sample(row).timestamp ?? '',
      row: log.recordText(row),
    }));
    await setReviewed(path.dirname(this.file), identities, reviewed, this.channel);
    this.marks = this.read();
    await this.marks;
  }

  dispose(): void {
    this.watch.dispose();
  }

  private get file(): string {
    return this.log.document.uri.fsPath;
  }

  private async read(): Promise<Marks> {
    return this.log.document.uri.scheme === 'file' ? readMarks(path.dirname(this.file)) : new Marks([]);
  }
}
