import * as path from 'node:path';
import * as vscode from 'vscode';
import { applyEdits } from '../../core/csv/editCells';
import { ExpectedError } from '../../core/errors';
import type { FixPlan } from '../../core/flagging/doctor/plan';
import { readablePath } from '../paths';

const scheme = 'flag-review-fixed';

/** Shows what a fix makes of a log beside the log as it is, and makes it when a person says so. */
export class FixPreview implements vscode.TextDocumentContentProvider {
  private readonly texts = new Map<string, string>();
  private readonly registration = vscode.workspace.registerTextDocumentContentProvider(scheme, this);
  private shown = 0;

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.texts.get(uri.toString()) ?? '';
  }

  dispose(): void {
    this.registration.dispose();
  }

  /** @returns whether the fixes were made */
  async offer(document: vscode.TextDocument, plan: FixPlan): Promise<boolean> {
    const { version } = document;
    const preview = plan.edits.length > 0 ? await this.showDifference(document, plan) : undefined;
    try {
      if (!(await this.ask(plan))) return false;
      if (document.isClosed || document.version !== version) {
        throw new ExpectedError(
          vscode.l10n.t('{0} has changed since it was checked.', readablePath(document.uri.fsPath)),
          vscode.l10n.t('Check it again.'),
        );
      }
      await edit(document, plan);
      await trash(plan.trash);
      return true;
    } finally {
      if (preview) await this.close(preview);
    }
  }

  private async showDifference(document: vscode.TextDocument, { edits }: FixPlan): Promise<vscode.Uri> {
    const { uri } = document;
    const fixed = uri.with({ scheme, authority: '', query: String(this.shown++) });
    this.texts.set(fixed.toString(), applyEdits(document.getText(), edits));
    const title = vscode.l10n.t('{0}: as it is ↔ mended', path.basename(uri.fsPath));
    // In preview it would take the place of the log, which might be in preview, too.
    await vscode.commands.executeCommand('vscode.diff', uri, fixed, title, { preview: false });
    return fixed;
  }

  private async close(fixed: vscode.Uri): Promise<void> {
    this.texts.delete(fixed.toString());
    const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
    const ours = tabs.filter(
      ({ input }) => input instanceof vscode.TabInputTextDiff && input.modified.toString() === fixed.toString(),
    );
    await vscode.window.tabGroups.close(ours, true);
  }

  /** A pick, not a message: it stays open while the person scrolls through the difference. */
  private async ask({ fixed, trash: files }: FixPlan): Promise<boolean> {
    const apply = {
      label: vscode.l10n.t('$(check) Apply'),
      detail: [...new Set(fixed.flatMap(({ fix }) => fix?.title ?? []))].join(' · '),
    };
    const listed = files.map((file) => ({ label: `$(trash) ${readablePath(file)}` }));
    const chosen = await vscode.window.showQuickPick(
      [apply, { label: vscode.l10n.t('$(close) Do Nothing') }, ...listed],
      {
        placeHolder: vscode.l10n.t('Make these changes?'),
        ignoreFocusOut: true,
      },
    );
    return chosen === apply;
  }
}

async function edit(document: vscode.TextDocument, { edits }: FixPlan): Promise<void> {
  if (edits.length === 0) return;
  const change = new vscode.WorkspaceEdit();
  for (const { start, end, text } of edits) {
    change.replace(document.uri, new vscode.Range(document.positionAt(start), document.positionAt(end)), text);
  }
  if (await vscode.workspace.applyEdit(change)) return;
  throw new ExpectedError(vscode.l10n.t('VS Code refused to change the log.'), vscode.l10n.t('Check it again.'));
}

async function trash(files: readonly string[]): Promise<void> {
  for (const file of files) {
    try {
      await vscode.workspace.fs.delete(vscode.Uri.file(file), { useTrash: true });
    } catch (error) {
      throw new ExpectedError(
        vscode.l10n.t('{0} could not be put to the trash and stays where it is.', readablePath(file)),
        vscode.l10n.t('Delete it yourself if you do not need it.'),
        String(error),
        { cause: error },
      );
    }
  }
}
