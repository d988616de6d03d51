import { randomUUID } from 'node:crypto';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { forget, putBack, takeOut } from '../../core/flagging/log/rowChanges';
import { planUnflag, type SampleKey, type UnflagPlan } from '../../core/flagging/unflag';
import type { Services } from '../services';
import type { UndoPart } from '../sampleUndo';
import { foldersOf } from './sampleMedia';

/** Samples of one log as they are to be found again. */
export interface ChosenRows {
  readonly log: vscode.Uri;
  /** What `keyOf` gives for each. */
  readonly keys: readonly string[];
  readonly keyOf: SampleKey;
}

export interface Unflagged {
  /** How many samples were taken out. */
  readonly rows: number;
  readonly undo: readonly UndoPart[];
}

/** How far looking through the log is, in its rows. */
export type OnRows = (rows: number) => void;

export function planOf(
  { log, keys, keyOf }: ChosenRows,
  signal: AbortSignal,
  onProgress: OnRows = () => undefined,
): Promise<UnflagPlan> {
  return planUnflag(log.fsPath, keys, keyOf, { folders: foldersOf(log), signal, onProgress });
}

/** Takes samples out of their log with their notes and files, as one change; none when they are gone already. */
export async function unflagRows(
  { log, sampleUndo }: Pick<Services, 'log' | 'sampleUndo'>,
  chosen: ChosenRows,
  signal: AbortSignal,
  onProgress?: OnRows,
): Promise<Unflagged> {
  const plan = await planOf(chosen, signal, onProgress);
  if (plan.texts.length === 0) return { rows: 0, undo: [] };
  const keepIn = path.join(sampleUndo.folder, randomUUID());
  const taken = await takeOut(plan, plan.media, keepIn, { log, signal });
  const part = { log: plan.log, undo: () => putBack(taken, log), forget: () => forget(taken) };
  return { rows: taken.rows.length, undo: [part] };
}

/** What the status bar says of un-flagged samples. */
export function unflaggedText(rows: number): string {
  return rows === 1 ? vscode.l10n.t('Un-flagged 1 sample') : vscode.l10n.t('Un-flagged {0} samples', rows);
}
