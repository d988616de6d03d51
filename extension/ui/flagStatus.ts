import * as vscode from 'vscode';
import { commands } from '../ids';

const shownFor = 20_000;

/** What a flag outside a demo panel did, in the status bar for a while, with *Undo*. */
export class FlagStatus implements vscode.Disposable {
  private readonly item = vscode.window.createStatusBarItem('flagReview.flagged', vscode.StatusBarAlignment.Left, 0);
  private hiding: NodeJS.Timeout | undefined;

  constructor() {
    this.item.name = vscode.l10n.t('Flagged samples');
  }

  /** @param log the log as a person reads it */
  showFlagged(count: number, option: string, log: string, rows: number): void {
    const what = count === 1 ? vscode.l10n.t('Flagged 1 sample') : vscode.l10n.t('Flagged {0} samples', count);
    const how = option ? vscode.l10n.t('{0} as “{1}”', what, option) : what;
    this.item.text = vscode.l10n.t('$(flag) {0} · Undo', how);
    this.item.command = commands.undoLastFlag;
    this.item.tooltip = new vscode.MarkdownString();
    this.item.tooltip.isTrusted = { enabledCommands: [commands.undoLastFlag, commands.openFlagLog] };
    this.item.tooltip.appendText(vscode.l10n.t('{0} in {1}, which has {2} rows now.', how, log, rows));
    this.item.tooltip.appendMarkdown(
      `\n\n[${vscode.l10n.t('Undo')}](command:${commands.undoLastFlag}) · [${vscode.l10n.t('Open Flag Log')}](command:${commands.openFlagLog})`,
    );
    this.item.accessibilityInformation = { label: vscode.l10n.t('{0} in {1}. Activate to undo.', how, log) };
    this.show();
  }

  showUndone(count: number): void {
    this.item.text =
      count === 1
        ? vscode.l10n.t('$(discard) Took back 1 flag')
        : vscode.l10n.t('$(discard) Took back {0} flags', count);
    this.item.command = undefined;
    this.item.tooltip = undefined;
    this.item.accessibilityInformation = undefined;
    this.show();
  }

  dispose(): void {
    clearTimeout(this.hiding);
    this.item.dispose();
  }

  private show(): void {
    this.item.show();
    clearTimeout(this.hiding);
    this.hiding = setTimeout(() => this.item.hide(), shownFor);
  }
}
