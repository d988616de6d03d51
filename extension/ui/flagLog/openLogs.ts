import * as vscode from 'vscode';
import { QueryCache } from '../../core/flagging/log/view';
import type { Services } from '../services';
import { DiskMerge } from './diskMerge';
import { LogDocument } from './logDocument';
import { LogMarks } from './logMarks';
import { LogNotes } from './logNotes';
import { RowDeletion } from './rowDeletion';

/** What the editors of one log share. */
export class OpenLog implements vscode.Disposable {
  readonly log: LogDocument;
  readonly merge: DiskMerge | undefined;
  readonly notes: LogNotes;
  readonly marks: LogMarks;
  readonly queries = new QueryCache();
  readonly deletion = new RowDeletion();
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly saves: vscode.Disposable;
  /** The text, its notes or its marks changed. */
  readonly onDidChange = this.changed.event;

  constructor({ errors, log }: Pick<Services, 'errors' | 'log'>, document: vscode.TextDocument) {
    this.log = new LogDocument(document);
    this.merge =
      document.uri.scheme === 'file' ? new DiskMerge(this.log, errors, log, () => this.changed.fire()) : undefined;
    this.notes = new LogNotes(this.log, log, () => this.changed.fire());
    this.marks = new LogMarks(this.log, log, () => this.changed.fire());
    this.log.onDidChange(() => this.changed.fire());
    this.saves = vscode.workspace.onDidSaveTextDocument((saved) => {
      if (saved !== document) return;
      this.deletion.saved(this.log.log).catch((error: unknown) => errors.report(error));
    });
  }

  dispose(): void {
    this.saves.dispose();
    this.notes.dispose();
    this.marks.dispose();
    this.merge?.dispose();
    this.log.dispose();
    this.changed.dispose();
  }
}

/** The logs that editors of this window show, one for all editors of a document. */
export class OpenLogs {
  private readonly open = new Map<vscode.TextDocument, { readonly shared: OpenLog; editors: number }>();

  constructor(private readonly services: Services) {}

  /** The log of a document; it ends when `release` was called as often as this. */
  acquire(document: vscode.TextDocument): OpenLog {
    const known = this.open.get(document) ?? { shared: new OpenLog(this.services, document), editors: 0 };
    known.editors++;
    this.open.set(document, known);
    return known.shared;
  }

  release(document: vscode.TextDocument): void {
    const known = this.open.get(document);
    if (!known || --known.editors > 0) return;
    this.open.delete(document);
    known.shared.dispose();
  }
}
