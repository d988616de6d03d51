import * as vscode from 'vscode';
import { ExpectedError } from '../../core/errors';
import { isRecord } from '../../core/json';
import { commands, viewTypes } from '../../ids';
import { registerCommand } from '../commands';
import type { Services } from '../services';
import { blockedByTrust } from '../trust';
import { chosenSamples } from '../chosenSamples';
import { demoOfLog } from './demoOfLog';
import { ReplayPanel } from './replayPanel';
import type { ReplayTarget } from './replayTarget';

/** *Replay Flagged Samples*: one panel a log. */
export function registerReplaySamples(services: Services): vscode.Disposable {
  const panels = new ReplayPanels();
  const serializer: vscode.WebviewPanelSerializer = {
    async deserializeWebviewPanel(panel, state: unknown) {
      const target = restoredTarget(state);
      if (target) panels.add(await ReplayPanel.adopt(services, target, panel));
      else panel.dispose();
    },
  };
  return vscode.Disposable.from(
    panels,
    vscode.window.registerWebviewPanelSerializer(viewTypes.replay, serializer),
    registerCommand(commands.replaySamples, services.errors, async (clicked, rows) => {
      const blocked = blockedByTrust();
      if (blocked) throw new ExpectedError(blocked.reason, vscode.l10n.t('Trust it to replay its flagged samples.'));
      const chosen = await chosenSamples(clicked, rows, vscode.l10n.t('Flag log to replay'));
      if (!chosen) return;
      const demo = await demoOfLog(chosen.log);
      if (!demo) return;
      const panel = await ReplayPanel.create(services, { ...chosen, demo });
      panels.add(panel);
      panel.controller.restart();
    }),
  );
}

/** The open replays: a log has one, and a new one takes the place of the one before. */
class ReplayPanels implements vscode.Disposable {
  private readonly open = new Map<string, ReplayPanel>();

  add(opened: ReplayPanel): void {
    const key = opened.controller.target.log.toString();
    this.open.get(key)?.panel.dispose();
    this.open.set(key, opened);
    opened.panel.onDidDispose(() => {
      if (this.open.get(key) === opened) this.open.delete(key);
      opened.dispose();
    });
  }

  dispose(): void {
    for (const opened of this.open.values()) opened.dispose();
    this.open.clear();
  }
}

/** What a page kept, which may be that of an older version. */
function restoredTarget(state: unknown): ReplayTarget | undefined {
  if (!isRecord(state) || !isRecord(state.restore)) return undefined;
  const { log, demo, rows } = state.restore;
  if (typeof log !== 'string' || typeof demo !== 'string' || !Array.isArray(rows)) return undefined;
  const [logUri, demoUri] = [vscode.Uri.parse(log), vscode.Uri.parse(demo)];
  if (logUri.scheme !== 'file' || demoUri.scheme !== 'file') return undefined;
  return { log: logUri, demo: demoUri, rows: rows.filter((row) => typeof row === 'number') };
}
