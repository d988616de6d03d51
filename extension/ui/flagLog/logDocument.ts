import * as vscode from 'vscode';
import { ExpectedError } from '../../core/errors';
import type { TextEdit } from '../../core/csv/spans';
import { LogText } from '../../core/flagging/log/logText';
import { RowHistory } from '../../core/flagging/log/rowHistory';

/** A line that no document has; VS Code takes the end instead. */
const behindAllLines = 2 ** 30;

/**
 * A flag log in the text document that VS Code keeps of it. The document is the only truth: changes are small edits of
 * it, and what is known here follows its change events, whoever made them.
 */
export class LogDocument implements vscode.Disposable {
  private known: LogText;
  private readonly history: RowHistory;
  private pending: Promise<unknown> = Promise.resolve();
  private readonly changed = new vscode.EventEmitter<vscode.TextDocumentChangeEvent>();
  private readonly subscription: vscode.Disposable;
  /** After each change of the text. */
  readonly onDidChange = this.changed.event;

  constructor(readonly document: vscode.TextDocument) {
    this.known = this.read();
    this.history = new RowHistory(document.version);
    this.subscription = vscode.workspace.onDidChangeTextDocument((event) => {
      if (event.document === document && event.contentChanges.length > 0) this.follow(event);
    });
  }

  get log(): LogText {
    return this.known;
  }

  get version(): number {
    return this.document.version;
  }

  /** Runs changes one after the other: each is made on the text that the one before it left. */
  queue<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.pending.then(work);
    this.pending = turn.catch(() => undefined);
    return turn;
  }

  /** Changes rows that a page saw in a version; when they are other rows by now, nothing is changed. */
  edit(rows: readonly number[], version: number, make: (log: LogText) => readonly TextEdit[]): Promise<void> {
    return this.queue(async () => {
      this.checkSame(rows, version);
      await this.apply(make(this.known));
    });
  }

  /** @throws ExpectedError when rows that a page saw in a version are other rows by now */
  checkSame(rows: readonly number[], version: number): void {
    if (version <= this.version && rows.every((row) => this.history.isSame(row, version))) return;
    throw new ExpectedError(
      vscode.l10n.t('The log changed meanwhile, so nothing was changed by you.'),
      vscode.l10n.t('Look at the row again.'),
    );
  }

  /** Adds text at the end, wherever that is once changes under way are made. */
  async append(text: string): Promise<void> {
    const change = new vscode.WorkspaceEdit();
    change.insert(this.document.uri, new vscode.Position(behindAllLines, 0), text);
    await applied(change);
  }

  dispose(): void {
    this.subscription.dispose();
    this.changed.dispose();
  }

  private async apply(edits: readonly TextEdit[]): Promise<void> {
    if (edits.length === 0) return;
    const change = new vscode.WorkspaceEdit();
    for (const { start, end, text } of edits) {
      const range = new vscode.Range(this.document.positionAt(start), this.document.positionAt(end));
      change.replace(this.document.uri, range, text);
    }
    await applied(change);
  }

  private follow(event: vscode.TextDocumentChangeEvent): void {
    const edits = event.contentChanges.map(({ rangeOffset, rangeLength, text }) => ({
      start: rangeOffset,
      end: rangeOffset + rangeLength,
      text,
    }));
    const { count } = this.known;
    const touched = edits.map(({ start, end }) => this.known.rowsAt(start, end));
    this.known.update(edits.toSorted((a, b) => a.start - b.start));
    if (this.known.text.length !== lengthOf(this.document)) {
      this.known = this.read();
      this.history.reset(this.version);
    } else {
      this.history.add({
        version: this.version,
        first: Math.min(...touched.map(({ first }) => first)),
        last: Math.max(...touched.map(({ last }) => last)),
        shifts: this.known.count !== count,
      });
    }
    this.changed.fire(event);
  }

  private read(): LogText {
    return new LogText(
      this.document.uri.path.slice(this.document.uri.path.lastIndexOf('/') + 1),
      this.document.getText(),
    );
  }
}

async function applied(change: vscode.WorkspaceEdit): Promise<void> {
  if (await vscode.workspace.applyEdit(change)) return;
  throw new ExpectedError(vscode.l10n.t('VS Code refused the change.'), vscode.l10n.t('Try again.'));
}

function lengthOf(document: vscode.TextDocument): number {
  return document.offsetAt(document.lineAt(document.lineCount - 1).range.end);
}
