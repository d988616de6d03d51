import * as vscode from 'vscode';
import { ExpectedError } from '../core/errors';
import { isRecord } from '../core/json';
import { isCount } from './answers';
import type { Node } from './flaggedSamples/samplesTree';
import { pickLog } from './openFlagLog';

/** Samples that a command is to act on. */
export interface ChosenSamples {
  readonly log: vscode.Uri;
  /** Positions in the log; all when empty. */
  readonly rows: readonly number[];
}

/**
 * What a command was called with: the log and rows of an editor, or nodes of the view; else the log that is open, else one that the
 * person chooses.
 *
 * @returns undefined when the person chose none
 */
export async function chosenSamples(
  clicked: unknown,
  rows: unknown,
  placeHolder: string,
): Promise<ChosenSamples | undefined> {
  const inView = isNode(clicked) ? samplesOfNode(clicked, rows) : undefined;
  if (inView) return inView;
  const log = clicked instanceof vscode.Uri ? clicked : (activeLog() ?? (await pickedLog(placeHolder)));
  if (!log) return undefined;
  if (log.scheme !== 'file') throw new ExpectedError(vscode.l10n.t('{0} is not a file on this disk.', log.toString()));
  return { log, rows: Array.isArray(rows) ? rows.filter(isCount) : [] };
}

function isNode(value: unknown): value is Node {
  return isRecord(value) && typeof value.kind === 'string';
}

/** A log of the view stands for all its samples; chosen samples are those of the log of the clicked one. */
function samplesOfNode(clicked: Node, selected: unknown): ChosenSamples | undefined {
  if (clicked.kind === 'log') return { log: vscode.Uri.file(clicked.file), rows: [] };
  if (clicked.kind !== 'sample') return undefined;
  const nodes: readonly unknown[] = Array.isArray(selected) ? selected : [clicked];
  const rows = nodes
    .filter(isNode)
    .filter((node) => node.kind === 'sample')
    .filter(({ log }) => log.uri.toString() === clicked.log.uri.toString())
    .map(({ read }) => read.sample.row);
  return { log: clicked.log.uri, rows };
}

async function pickedLog(placeHolder: string): Promise<vscode.Uri | undefined> {
  const picked = await pickLog(placeHolder);
  return picked === undefined ? undefined : vscode.Uri.file(picked);
}

function activeLog(): vscode.Uri | undefined {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  const uri = input instanceof vscode.TabInputCustom || input instanceof vscode.TabInputText ? input.uri : undefined;
  return uri && /\.csv$|\/metadata\.jsonl$/i.test(uri.path) ? uri : undefined;
}
