import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { forget, putBack, takeOut, type LogRow, type TakenRow } from '../../core/flagging/log/rowChanges';
import type { Log } from '../../core/log';
import { commands, contextKeys } from '../../ids';
import { setContext } from '../commands';
import { editRow, unsavedDocument } from './openDocument';
import { ownMediaOf } from './sampleMedia';
import type { SampleNode } from './samplesTree';

/** How many times un-flagging can be taken back. */
const mostSteps = 20;

/** Takes samples out of their logs, and puts them back. */
export class Unflagging implements vscode.Disposable {
  private readonly steps: TakenRow[][] = [];
  private readonly status = vscode.window.createStatusBarItem(
    'flagReview.unflagged',
    vscode.StatusBarAlignment.Left,
    0,
  );

  /** @param folder of ours, for the files of rows that may come back */
  constructor(
    private readonly folder: string,
    private readonly log: Log,
  ) {
    this.status.name = vscode.l10n.t('Un-flagged samples');
    this.status.command = commands.undoUnflag;
  }

  /** @returns the logs that changed on disk */
  async unflag(nodes: readonly SampleNode[]): Promise<string[]> {
    const taken: TakenRow[] = [];
    try {
      for (const node of [...nodes].sort((a, b) => b.read.sample.row - a.read.sample.row)) {
        const row = await this.take(node);
        if (row) taken.push(row);
      }
    } finally {
      if (taken.length > 0) await this.remember(taken);
    }
    return logsOf(taken);
  }

  /** Puts back what the last un-flagging took out. @returns the logs that changed */
  async undo(): Promise<string[]> {
    const step = this.steps.at(-1) ?? [];
    const changed = logsOf(step);
    for (let row = step.at(-1); row; row = step.at(-1)) {
      await putBack(row, this.log);
      step.pop();
    }
    this.steps.pop();
    this.update();
    return changed;
  }

  dispose(): void {
    this.status.dispose();
    rm(this.folder, { recursive: true, force: true }).catch((error: unknown) => this.log.warn(String(error)));
  }

  /** A row of a document that is not saved goes by an edit, whose undo is the editor's; its files stay. */
  private async take(node: SampleNode): Promise<TakenRow | undefined> {
    const document = unsavedDocument(node);
    if (document) {
      await editRow(document, node, (text, row) => text.removeRows([row]));
      return undefined;
    }
    return takeOut(rowOf(node, await ownMediaOf(node)), path.join(this.folder, randomUUID()), this.log);
  }

  private async remember(taken: TakenRow[]): Promise<void> {
    this.steps.push(taken);
    if (this.steps.length > mostSteps) for (const row of this.steps.shift() ?? []) await forget(row);
    this.update();
  }

  private update(): void {
    const count = this.steps.at(-1)?.length ?? 0;
    setContext(contextKeys.canUndoUnflag, count > 0);
    if (count === 0) {
      this.status.hide();
      return;
    }
    const what = count === 1 ? vscode.l10n.t('Un-flagged 1 sample') : vscode.l10n.t('Un-flagged {0} samples', count);
    this.status.text = vscode.l10n.t('$(discard) {0} · Undo', what);
    this.status.accessibilityInformation = { label: vscode.l10n.t('{0}. Activate to undo.', what) };
    this.status.show();
  }
}

/** A sample as its log is changed. */
export function rowOf({ log, read }: SampleNode, media: readonly string[]): LogRow {
  const { sample, text } = read;
  return { log: log.uri.fsPath, layout: log.index.layout, text, timestamp: sample.timestamp, media };
}

function logsOf(rows: readonly TakenRow[]): string[] {
  return [...new Set(rows.map(({ row }) => row.log))];
}
