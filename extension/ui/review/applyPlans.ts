import * as path from 'node:path';
import * as vscode from 'vscode';
import { labelText, planMarkdown, planSummary } from '../../core/review/apply/describe';
import type { ApplyPlan } from '../../core/review/apply/types';
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
  async confirm(plan: ApplyPlan): Promise<boolean> {
    const apply = vscode.l10n.t('Apply');
    const show = vscode.l10n.t('Show Plan');
    const question = vscode.l10n.t('Apply corrections to {0}?', readablePath(plan.dataset));
    const answer = await vscode.window.showWarningMessage(
      question,
      { modal: true, detail: [`${planSummary(plan)}.`, ...pairLines(plan), '', ...plan.notes].join('\n') },
      apply,
      show,
    );
    if (answer !== show) return answer === apply;
    await this.show(plan);
    return this.confirmShown(plan);
  }

  async show(plan: ApplyPlan): Promise<void> {
    const name = vscode.l10n.t('Corrections of {0}.md', path.basename(plan.dataset));
    const uri = vscode.Uri.from({ scheme, path: `/${name}`, query: plan.dataset });
    this.texts.set(uri.toString(), planMarkdown(plan));
    this.changed.fire(uri);
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(await vscode.languages.setTextDocumentLanguage(document, 'markdown'));
  }

  /** A pick, not a message: it stays open while the person scrolls through the plan. */
  private async confirmShown(plan: ApplyPlan): Promise<boolean> {
    const apply = { label: vscode.l10n.t('$(check) Apply'), detail: planSummary(plan) };
    const chosen = await vscode.window.showQuickPick([apply, { label: vscode.l10n.t('$(close) Do Nothing') }], {
      placeHolder: vscode.l10n.t('Apply these corrections?'),
      ignoreFocusOut: true,
    });
    return chosen === apply;
  }
}

function pairLines({ pairs }: ApplyPlan): string[] {
  const shown = pairs.slice(0, mostPairs).map(({ given, label, count }) => {
    return `${labelText(given)} → ${labelText(label)}: ${count}`;
  });
  const more = pairs.length - mostPairs;
  return more > 0 ? [...shown, vscode.l10n.t('… and {0} more pairs', more)] : shown;
}
