import * as vscode from 'vscode';
import { labelName } from '../../core/dataset/recordLabels';
import type { TableFormat } from '../../core/dataset/table';
import { DocumentRecords } from '../../core/review/document/documentRecords';
import type { Review } from '../../core/review/review';
import { editsOf, rangeOf } from './textEdits';

/** Which documents can be followed. */
export type TextFormat = Exclude<TableFormat, 'parquet'>;

/** A candidate where it stands in a document. */
export interface ShownCandidate {
  readonly row: number;
  /** The cell of its label. */
  readonly range: vscode.Range;
}

/** The pending candidates of one open document, the likeliest errors first of all. */
export class FollowedDocument {
  /** As they were published last. */
  shown: readonly ShownCandidate[] = [];
  private records: DocumentRecords | undefined;

  constructor(
    readonly document: vscode.TextDocument,
    readonly review: Review,
    private readonly format: TextFormat,
  ) {}

  /** Follows edits without looking at the text. */
  move({ contentChanges }: vscode.TextDocumentChangeEvent): void {
    this.records?.move(editsOf(contentChanges));
  }

  /**
   * Reads the document anew. Rows are numbered as in the file, so that one with unsaved edits is only followed on.
   *
   * @param most how many candidates are shown
   */
  read(most: number): void {
    const { found } = this.review;
    if (!found) this.records = undefined;
    else if (!this.document.isDirty) {
      const rows = new Set(this.pendingRows(most));
      this.records = new DocumentRecords(this.document.getText(), this.format, found.settings.label, rows);
    }
  }

  /** What is to be told of the document now. */
  diagnostics(): vscode.Diagnostic[] {
    const intact = this.records?.intact(this.document.getText()) ?? [];
    const told = Array.from(intact).flatMap(({ row, label }) => {
      if (!isPending(this.review, row)) return [];
      const candidate = { row, range: rangeOf(this.document, label) };
      const message = describe(this.review, row);
      return message === undefined ? [] : [{ candidate, diagnostic: toDiagnostic(candidate, message) }];
    });
    this.shown = told.map(({ candidate }) => candidate);
    return told.map(({ diagnostic }) => diagnostic);
  }

  private *pendingRows(most: number): Generator<number> {
    let left = most;
    for (const row of this.review.candidates.rows) {
      if (left <= 0) return;
      if (!isPending(this.review, row)) continue;
      left--;
      yield row;
    }
  }
}

function isPending(review: Review, row: number): boolean {
  return ['pending', 'skip'].includes(review.statusOf(row));
}

/** A label quality score below is not told with more digits. */
const smallest = 0.0001;

/** Undefined for a record that is another one than that which was found. */
function describe(review: Review, row: number): string | undefined {
  const detail = review.detail(row);
  if (!detail || detail.stale) return undefined;
  const { given, suggested, labelQuality, rank } = detail;
  return vscode.l10n.t(
    'The label “{0}” may be wrong: the model suggests “{1}” (label quality {2}, rank {3}).',
    labelName(given),
    labelName(suggested),
    labelQuality < smallest ? `< ${smallest}` : labelQuality.toFixed(4),
    rank + 1,
  );
}

function toDiagnostic({ range }: ShownCandidate, message: string): vscode.Diagnostic {
  const diagnostic = new vscode.Diagnostic(range, message, vscode.DiagnosticSeverity.Information);
  diagnostic.source = 'Flag & Review';
  diagnostic.code = 'label-error';
  return diagnostic;
}
