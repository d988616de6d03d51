import * as path from 'node:path';
import * as vscode from 'vscode';
import { loggedComponents, type Demo } from '../../core/demo/definition';
import { ExpectedError } from '../../core/errors';
import { columnLabel } from '../../core/flagging/format/columns';
import { readLogFile } from '../../core/flagging/log/readLog';
import type { LogLayout } from '../../core/flagging/log/types';
import { positionOf } from '../../core/flagging/replay/payloads';
import { demosOfFolder } from '../demosOfFolder';
import { readablePath } from '../paths';

/**
 * The definition of the demo that flags into a log; the person chooses when there are several.
 *
 * @returns undefined when the person chose none
 * @throws ExpectedError when no demo of the workspace fits
 */
export async function demoOfLog(log: vscode.Uri): Promise<vscode.Uri | undefined> {
  const { layout } = await readLogFile(log.fsPath);
  const folder = path.dirname(log.fsPath);
  const found: { readonly label: string; readonly description: string; readonly uri: vscode.Uri }[] = [];
  for await (const { uri, demo } of demosOfFolder(folder)) {
    if (fits(demo, layout)) found.push({ label: demo.title, description: readablePath(uri.fsPath), uri });
  }
  if (found.length === 0) {
    throw new ExpectedError(
      vscode.l10n.t('No demo of this workspace flags into {0} with the columns of this log.', readablePath(folder)),
      vscode.l10n.t('Replay runs the function of a *.demo.json file: its "flagging_dir" names the folder of the log.'),
    );
  }
  if (found.length === 1) return found[0]?.uri;
  const chosen = await vscode.window.showQuickPick(
    found.sort((a, b) => a.label.localeCompare(b.label)),
    { placeHolder: vscode.l10n.t('Demo to run the samples with'), matchOnDescription: true },
  );
  return chosen?.uri;
}

/** Whether every component has its column; a log without a header has as many. */
function fits(demo: Demo, { columns, headerRecords }: LogLayout): boolean {
  const names = columns.map(({ name }) => name);
  const labels = loggedComponents(demo).map(columnLabel);
  return headerRecords === 0 ? columns.length >= labels.length : labels.every((label) => positionOf(label, names) >= 0);
}
