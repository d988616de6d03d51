import { rm } from 'node:fs/promises';
import * as path from 'node:path';
import * as vscode from 'vscode';
import type { Log } from '../core/log';
import { commands, contextKeys } from '../ids';
import { setContext } from './commands';

/** How many changes can be taken back. */
const mostSteps = 20;

/** The change of one log. */
export interface UndoPart {
  /** Absolute path of the log. */
  readonly log: string;
  readonly undo: () => Promise<void>;
  /** Lets go of what was kept for `undo`. */
  readonly forget?: () => Promise<void>;
}

/** What one command did with samples, in one log or several: one undo takes all of it back. */
export interface UndoStep {
  /** What was done, for people. */
  readonly text: string;
  readonly parts: readonly UndoPart[];
}

/** Takes changes of flagged samples back, the last one first; the status bar offers it. */
export class SampleUndo implements vscode.Disposable {
  private readonly steps: { readonly step: UndoStep; readonly left: UndoPart[] }[] = [];
  private readonly undone = new vscode.EventEmitter<UndoStep>();
  private readonly status = vscode.window.createStatusBarItem(
    'flagReview.samplesChanged',
    vscode.StatusBarAlignment.Left,
    0,
  );
  /** All of a step was taken back. */
  readonly onDidUndo = this.undone.event;

  /** @param folder of ours, for files that may come back */
  constructor(
    readonly folder: string,
    private readonly log: Log,
  ) {
    this.status.name = vscode.l10n.t('Change of flagged samples');
    this.status.command = commands.undoSampleChange;
  }

  async add(step: UndoStep): Promise<void> {
    if (step.parts.length === 0) return;
    this.steps.push({ step, left: [...step.parts] });
    const oldest = this.steps.length > mostSteps ? this.steps.shift() : undefined;
    this.update();
    for (const part of oldest?.left ?? []) await part.forget?.();
  }

  async undo(): Promise<void> {
    const last = this.steps.at(-1);
    if (!last) return;
    for (let part = last.left.at(-1); part; part = last.left.at(-1)) {
      await part.undo();
      last.left.pop();
    }
    this.steps.splice(this.steps.indexOf(last), 1);
    this.update();
    this.undone.fire(last.step);
  }

  dispose(): void {
    this.status.dispose();
    this.undone.dispose();
    rm(this.folder, { recursive: true, force: true }).catch((error: unknown) => this.log.warn(String(error)));
  }

  private update(): void {
    const last = this.steps.at(-1);
    setContext(contextKeys.canUndoSampleChange, last !== undefined);
    if (!last) {
      this.status.hide();
      return;
    }
    const { text } = last.step;
    this.status.text = vscode.l10n.t('$(discard) {0} · Undo', text);
    this.status.tooltip = last.step.parts.map(({ log }) => path.basename(log)).join(', ');
    this.status.accessibilityInformation = { label: vscode.l10n.t('{0}. Activate to undo.', text) };
    this.status.show();
  }
}
