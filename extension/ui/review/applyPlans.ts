import * as path from 'node:path';
import * as vscode from 'vscode';
import { labelText, leftOutLines, planMarkdown, planSummary } from '../../core/review/apply/describe';
import type { PlanOutline } from '../../core/review/apply/types';
import { readablePath } from '../paths';

const scheme = 'flag-review-plan';
/** Pairs of labels that fit into a question. */
const mostPairs = 8;

/** Shows plans: in a question, and all of them in a read-only document. */
export class ApplyPlans implements vscode.TextDocumentContentProvider {
  private readonly texts = new Map<string, string>();
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.changed.event;
  private readonly subscriptions = vscode.Disposable.from(
    this.changed,
    vscode.workspace.registerTextDocumentContentProvider(scheme, this),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => this.texts.delete(uri.toString())),
  );

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.texts.get(uri.toString()) ?? '';
  }

  dispose(): void {
    this.subscriptions.dispose();
  }

  /** @returns whether a person wants the plan to be carried out */
  async confirm(plan: PlanOutline): Promise<boolean> {
    const apply = vscode.l10n.t('Apply');
    const show = vscode.l10n.t('Show Plan');
    const question = vscode.l10n.t('Apply corrections to {0}?', readablePath(plan.dataset));
    const answer = await vscode.window.showWarningMessage(
      question,
      { modal: true, detail: detailOf(plan) },
      apply,
      show,
    );
    if (answer !== show) return answer === apply;
    const shown = await this.show(plan);
    try {
      return await this.confirmShown(plan);
    } finally {
      await close(shown);
    }
  }

  /** @returns the document that shows it */
  async show(plan: PlanOutline): Promise<vscode.Uri> {
    const name = vscode.l10n.t('Corrections of {0}.md', path.basename(plan.dataset));
    const uri = vscode.Uri.from({ scheme, path: `/${name}`, query: plan.dataset });
    this.texts.set(uri.toString(), planMarkdown(plan));
    this.changed.fire(uri);
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(await vscode.languages.setTextDocumentLanguage(document, 'markdown'));
    return uri;
  }

  /** A pick, not a message: it stays open while the person scrolls through the plan. */
  private async confirmShown(plan: PlanOutline): Promise<boolean> {
    const apply = { label: vscode.l10n.t('$(check) Apply'), detail: planSummary(plan) };
    const chosen = await vscode.window.showQuickPick([apply, { label: vscode.l10n.t('$(close) Do Nothing') }], {
      placeHolder: vscode.l10n.t('Apply these corrections?'),
      ignoreFocusOut: true,
    });
    return chosen === apply;
  }
}

/** A plan that was answered says nothing that is so any more. */
async function close(uri: vscode.Uri): Promise<void> {
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  const ours = tabs.filter(
    ({ input }) => input instanceof vscode.TabInputText && input.uri.toString() === uri.toString(),
  );
  await vscode.window.tabGroups.close(ours, true);
}

function detailOf(plan: PlanOutline): string {
  const leftOut = leftOutLines(plan.leftOut);
  const parts = [
    [`${planSummary(plan)}.`, ...pairLines(plan)],
    leftOut.length > 0 ? [vscode.l10n.t('Left out'), ...leftOut] : [],
    plan.notes,
  ];
  return parts
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
}

function pairLines({ pairs }: PlanOutline): string[] {
  const shown = pairs.slice(0, mostPairs).map(({ given, label, count }) => {
    return `${labelText(given)} → ${labelText(label)}: ${count}`;
  });
  const more = pairs.length - mostPairs;
  return more > 0 ? [...shown, vscode.l10n.t('… and {0} more pairs', more)] : shown;
}
