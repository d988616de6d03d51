import * as path from 'node:path';
import * as vscode from 'vscode';
import { withLock } from '../../core/flagging/lock';
import { matchNotes, type NotedSample } from '../../core/flagging/log/notesOf';
import { notesName, readNotes, replaceNote, rowHash, type NoteLine } from '../../core/flagging/notes';
import { recovery } from '../../core/flagging/recovery';
import type { LogText } from '../../core/flagging/log/logText';
import type { Log } from '../../core/log';
import { watchFile } from '../watchFile';
import type { LogDocument } from './logDocument';

/** The notes of each row that has some, oldest first. */
export type RowNotes = ReadonlyMap<number, readonly NoteLine[]>;

/** The notes and corrections of a log's rows, as they are in the file beside it. */
export class LogNotes implements vscode.Disposable {
  private notes: Promise<readonly NoteLine[]>;
  private matched:
    { readonly version: number; readonly notes: readonly NoteLine[]; readonly rows: RowNotes } | undefined;
  private readonly watch: vscode.Disposable;

  constructor(
    private readonly log: LogDocument,
    private readonly channel: Log,
    changed: () => void,
  ) {
    this.notes = this.read();
    this.watch = watchFile(vscode.Uri.joinPath(log.document.uri, '..', notesName), () => {
      this.notes = this.read();
      changed();
    });
  }

  async ofRows(): Promise<RowNotes> {
    const notes = await this.notes;
    const { log, version } = this.log;
    if (this.matched?.version !== version || this.matched.notes !== notes) {
      this.matched = { version, notes, rows: matchNotes(notes, path.basename(this.file), samplesOf(log)) };
    }
    return this.matched.rows;
  }

  /**
   * Gives a row a note in place of the one it has; an empty one removes it.
   *
   * @param version in which the row was seen
   * @throws ExpectedError when it is another row by now
   */
  async set(row: number, note: string, version: number): Promise<void> {
    const directory = path.dirname(this.file);
    const known = (await this.ofRows()).get(row) ?? [];
    this.log.checkSame([row], version);
    const { log } = this.log;
    const { option, timestamp } = log.sample(row);
    const noted = { log: this.file, timestamp: timestamp ?? '', row: log.recordText(row) };
    await withLock(directory, recovery(directory, this.channel), () =>
      replaceNote(directory, noted, option, note, known),
    );
    this.notes = this.read();
    await this.notes;
  }

  dispose(): void {
    this.watch.dispose();
  }

  private get file(): string {
    return this.log.document.uri.fsPath;
  }

  private async read(): Promise<readonly NoteLine[]> {
    return this.log.document.uri.scheme === 'file' ? readNotes(path.dirname(this.file)) : [];
  }
}

function* samplesOf(log: LogText): Iterable<NotedSample> {
  const column = log.layout.columns.find(({ role }) => role === 'timestamp')?.index ?? -1;
  for (let row = 0; row < log.count; row++) {
    yield { row, timestamp: log.cells(row)[column] ?? null, hash: () => rowHash(log.recordText(row)) };
  }
}
