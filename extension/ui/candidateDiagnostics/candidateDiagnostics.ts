import { existsSync } from 'node:fs';
import * as vscode from 'vscode';
import { labelName } from '../../core/dataset/recordLabels';
import { formatOfPath } from '../../core/dataset/openTable';
import { reviewFolder } from '../../core/review/folder';
import { commands, settings, settingsSection } from '../../ids';
import { isCount } from '../answers';
import { registerCommand } from '../commands';
import { readablePath } from '../paths';
import type { Services } from '../services';
import { configured } from '../settings';
import { FollowedDocument, type TextFormat } from './followedDocument';
import { TextCorrections } from './textCorrections';

/** VS Code colours no larger files either. Characters. */
const longest = 20 * 2 ** 20;
/** After the last change. Milliseconds. */
const settleTime = 300;

/** Pending candidates of open datasets in the editor and the Problems view, with Quick Fixes. */
export function registerCandidateDiagnostics(services: Services): vscode.Disposable {
  const { reviews, errors } = services;
  const diagnostics = new CandidateDiagnostics(services);
  const guarded = (work: () => Promise<unknown>): void => void work().catch((error: unknown) => errors.report(error));
  const begin = (document: vscode.TextDocument): void => guarded(() => diagnostics.begin(document));
  const beginAll = (): void => vscode.workspace.textDocuments.forEach(begin);
  const selector = { scheme: 'file', pattern: '**/*.{csv,tsv,tab,jsonl,ndjson,json-lines}' };
  beginAll();
  return vscode.Disposable.from(
    diagnostics,
    vscode.workspace.onDidOpenTextDocument(begin),
    vscode.workspace.onDidCloseTextDocument((document) => diagnostics.end(document)),
    vscode.workspace.onDidChangeTextDocument((event) => guarded(() => diagnostics.follow(event))),
    reviews.onDidChange(({ review, change }) => {
      if (change === 'opened') beginAll();
      else if (change === 'closed' || change.kind !== 'progress')
        diagnostics.changed(review.dataset, change === 'closed');
    }),
    vscode.workspace.onDidChangeConfiguration((event) => {
      const ours = [settings.reviewDiagnostics, settings.reviewMaxDiagnostics];
      if (!ours.some((name) => event.affectsConfiguration(`${settingsSection}.${name}`))) return;
      vscode.workspace.textDocuments.forEach((document) => diagnostics.end(document));
      beginAll();
    }),
    vscode.languages.registerCodeActionsProvider(selector, diagnostics, {
      providedCodeActionKinds: [vscode.CodeActionKind.QuickFix],
    }),
    registerCommand(commands.changeLabelInText, errors, (uri, row) => diagnostics.change(uri, row)),
    registerCommand(commands.keepLabelInText, errors, (uri, row) => diagnostics.keep(uri, row)),
  );
}

class CandidateDiagnostics implements vscode.CodeActionProvider, vscode.Disposable {
  private readonly collection = vscode.languages.createDiagnosticCollection('flagReview.candidates');
  private readonly followed = new Map<string, FollowedDocument>();
  private readonly timers = new Map<string, NodeJS.Timeout>();
  /** Documents that are to be read anew. */
  private readonly outdated = new Set<string>();
  private readonly corrections = new TextCorrections();

  constructor(private readonly services: Pick<Services, 'reviews' | 'errors' | 'log'>) {}

  /** Follows a document from now on, if it is a dataset that is reviewed. */
  async begin(document: vscode.TextDocument): Promise<void> {
    const { uri } = document;
    const { reviews, log } = this.services;
    if (!textFormatOf(document) || !configured('reviewDiagnostics', uri) || this.followed.has(uri.toString())) return;
    if (!reviews.ofOpen(uri) && !existsSync(reviewFolder(uri.fsPath))) return;
    const { size } = await vscode.workspace.fs.stat(uri);
    if (size > longest) {
      log.info(`${readablePath(uri.fsPath)} is above 20 MB: its candidates are not shown in the text editor.`);
      return;
    }
    const review = await reviews.of(uri);
    const format = textFormatOf(document);
    if (document.isClosed || !format || this.followed.has(uri.toString())) return;
    this.followed.set(uri.toString(), new FollowedDocument(document, review, format));
    this.later(uri, true);
  }

  end({ uri }: vscode.TextDocument): void {
    const key = uri.toString();
    clearTimeout(this.timers.get(key));
    this.timers.delete(key);
    this.followed.delete(key);
    this.collection.delete(uri);
  }

  async follow(event: vscode.TextDocumentChangeEvent): Promise<void> {
    const { document, contentChanges } = event;
    const followed = this.followed.get(document.uri.toString());
    followed?.move(event);
    if (followed) this.later(document.uri, !document.isDirty);
    if (contentChanges.length > 0) await this.corrections.follow(event);
  }

  /** A review has other candidates or decisions. @param isClosed or it is there no longer */
  changed(dataset: string, isClosed: boolean): void {
    const followed = this.followed.get(vscode.Uri.file(dataset).toString());
    if (followed && isClosed) this.end(followed.document);
    else if (followed) this.later(followed.document.uri, true);
  }

  provideCodeActions({ uri }: vscode.TextDocument, range: vscode.Range): vscode.CodeAction[] {
    const followed = this.followed.get(uri.toString());
    const at = followed?.shown.find((candidate) => candidate.range.intersection(range) !== undefined);
    const suggested = at && followed?.review.detail(at.row)?.suggested;
    if (!at || !suggested) return [];
    const diagnostics = (this.collection.get(uri) ?? []).filter((one) => one.range.isEqual(at.range));
    const fix = (title: string, command: string): vscode.CodeAction => {
      const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
      action.diagnostics = diagnostics;
      action.command = { command, title, arguments: [uri, at.row] };
      return action;
    };
    return [
      fix(vscode.l10n.t('Change label to {0}', labelName(suggested)), commands.changeLabelInText),
      fix(vscode.l10n.t('Keep and mark checked'), commands.keepLabelInText),
      fix(vscode.l10n.t('Review this candidate'), commands.openReview),
    ];
  }

  async change(uri: unknown, row: unknown): Promise<void> {
    const followed = this.followedAt(uri);
    const format = followed && textFormatOf(followed.document);
    if (format && isCount(row)) await this.corrections.change(followed, format, row);
  }

  async keep(uri: unknown, row: unknown): Promise<void> {
    const followed = this.followedAt(uri);
    if (followed && isCount(row)) await followed.review.decide([{ row, decision: 'keep' }]);
  }

  dispose(): void {
    for (const timer of this.timers.values()) clearTimeout(timer);
    this.collection.dispose();
  }

  private followedAt(uri: unknown): FollowedDocument | undefined {
    return uri instanceof vscode.Uri ? this.followed.get(uri.toString()) : undefined;
  }

  /** @param anew reads the document instead of following its edits alone */
  private later(uri: vscode.Uri, anew: boolean): void {
    const key = uri.toString();
    if (anew) this.outdated.add(key);
    clearTimeout(this.timers.get(key));
    const publish = (): void => {
      const followed = this.followed.get(key);
      if (!followed) return;
      if (this.outdated.delete(key)) followed.read(configured('reviewMaxDiagnostics', uri));
      this.collection.set(uri, followed.diagnostics());
    };
    this.timers.set(key, setTimeout(publish, settleTime));
  }
}

/** Undefined for what is no dataset in a text file. */
function textFormatOf({ uri }: vscode.TextDocument): TextFormat | undefined {
  const format = uri.scheme === 'file' ? formatOfPath(uri.fsPath) : undefined;
  return format === 'parquet' ? undefined : format;
}
