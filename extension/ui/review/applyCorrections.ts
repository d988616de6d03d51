import * as vscode from 'vscode';
import type { ExpectedError } from '../../core/errors';
import { isRecord } from '../../core/json';
import type { TableOptions } from '../../core/dataset/table';
import { changesAnything, planSummary, undoSummary } from '../../core/review/apply/describe';
import type * as correctionsModule from '../../core/review/apply/corrections';
import type { ApplyRequest } from '../../core/review/apply/plan';
import { discardModes, type ApplyPlan, type PlanOutline } from '../../core/review/apply/types';
import type { DecisionEntry } from '../../core/review/types';
import { commands } from '../../ids';
import { registerCommand } from '../commands';
import { chooseDataset } from '../datasetPick';
import { readablePath } from '../paths';
import { withProgress } from '../progress';
import type { Services } from '../services';
import { configured } from '../settings';
import { refuseUnsaved } from '../unsaved';
import { ApplyPlans } from './applyPlans';
import { SavedRemovals, type NoteRemoval } from './savedRemovals';
import { editUnsaved, unsavedText } from './unsavedDataset';

type Core = typeof correctionsModule;

const loadCore = (): Promise<Core> => import('../../core/review/apply/corrections');

/** *Apply Corrections* and *Undo Apply*. */
export function registerApplyCorrections(services: Services): vscode.Disposable {
  const { context, errors, reviews } = services;
  const plans = new ApplyPlans();
  const note: NoteRemoval = async ({ dataset, ids }, isOut) => {
    const { noteRemoved, noteRestored } = await loadCore();
    const uri = vscode.Uri.parse(dataset);
    await (isOut ? noteRemoved : noteRestored)(uri.fsPath, ids);
    await reviews.ofOpen(uri)?.reload();
  };
  const removals = new SavedRemovals(context.workspaceState, note, errors);
  return vscode.Disposable.from(
    plans,
    removals,
    registerCommand(commands.applyCorrections, errors, async (given) => {
      const dataset = await chosen(services, given, vscode.l10n.t('Dataset to correct'));
      if (dataset) await new Corrections(await loadCore(), services, plans, removals, dataset).apply();
    }),
    registerCommand(commands.undoApply, errors, async (given) => {
      const dataset = await chosen(services, given, vscode.l10n.t('Dataset to restore'));
      if (dataset) await undoApply(services, dataset);
    }),
  );
}

/** The dataset of a menu, of a node of the view, in front, or one that is picked. */
function chosen({ reviews }: Services, given: unknown, placeHolder: string): Promise<vscode.Uri | undefined> {
  const review = isRecord(given) && given.kind === 'dataset' && isRecord(given.review) ? given.review : undefined;
  const named = typeof review?.dataset === 'string' ? vscode.Uri.file(review.dataset) : given;
  return chooseDataset(named, reviews, placeHolder);
}

/** Carries out the decisions on one dataset. */
class Corrections {
  constructor(
    private readonly core: Core,
    private readonly services: Services,
    private readonly plans: ApplyPlans,
    private readonly removals: SavedRemovals,
    private readonly dataset: vscode.Uri,
  ) {}

  async apply(): Promise<void> {
    const entries = await this.decisions();
    if (!entries) return;
    const discard = discardModes.find((mode) => mode === configured('reviewDiscard', this.dataset)) ?? 'remove';
    const request: ApplyRequest = { dataset: this.dataset.fsPath, entries, discard };
    for (;;) {
      try {
        const unsaved = unsavedText({ uri: this.dataset });
        await (unsaved ? this.applyToText(unsaved, request) : this.applyToFile(request));
        return;
      } catch (error) {
        if (!(error instanceof this.core.ChangedError) || !(await matchAgain(error))) throw error;
      }
    }
  }

  /** Whose decisions are meant, when others decided too. */
  private async decisions(): Promise<readonly DecisionEntry[] | undefined> {
    const review = await this.services.reviews.of(this.dataset);
    const all = review.standings().map(({ entry }) => entry);
    const own = all.filter(({ reviewer }) => reviewer === review.reviewer);
    const others = new Set(all.map(({ reviewer }) => reviewer).filter((reviewer) => reviewer !== review.reviewer));
    if (all.length === 0) {
      this.tellNothing();
      return undefined;
    }
    if (others.size === 0) return own;
    const items = [
      { label: vscode.l10n.t('$(person) My Decisions'), description: String(own.length), entries: own },
      {
        label: vscode.l10n.t('$(organization) Decisions of All Reviewers'),
        description: String(all.length),
        detail: vscode.l10n.t(
          'Also of {0}. Records on which they disagree are left out.',
          [...others].sort().join(', '),
        ),
        entries: all,
      },
    ];
    const placeHolder = vscode.l10n.t('Whose decisions shall be applied?');
    return (await vscode.window.showQuickPick(items, { placeHolder }))?.entries;
  }

  private tellNothing(): void {
    const open = vscode.l10n.t('Open Review');
    const message = vscode.l10n.t(
      'Nothing to apply: no decisions on {0} are recorded.',
      readablePath(this.dataset.fsPath),
    );
    void vscode.window.showInformationMessage(message, open).then((answer) => {
      return answer === open ? vscode.commands.executeCommand(commands.openReview, this.dataset) : undefined;
    });
  }

  private async applyToFile(request: ApplyRequest): Promise<void> {
    const plan = await this.reading((options) => this.core.planApply(request, options));
    if (!plan || !(await this.confirm(plan))) return;
    refuseUnsaved(this.dataset);
    const written = await withProgress(vscode.l10n.t('Applying corrections'), async (signal, _report, say) => {
      await this.core.runApply(plan, { signal, onProgress: percent(say) });
      return true;
    });
    if (!written) return;
    await this.services.reviews.ofOpen(this.dataset)?.reload();
    void this.tell(plan);
  }

  private async applyToText(document: vscode.TextDocument, request: ApplyRequest): Promise<void> {
    const { version } = document;
    const text = document.getText();
    const planned = await this.reading((options) => this.core.planTextApply(text, request, options));
    if (!planned || !(await this.confirm(planned.plan))) return;
    await editUnsaved(document, planned, version);
    const line = this.core.textRemoval(text, planned);
    if (line) await this.removals.follow({ dataset: document.uri.toString(), ids: planned.plan.removes, line });
  }

  private reading<T>(plan: (options: TableOptions) => Promise<T>): Promise<T | undefined> {
    const title = vscode.l10n.t('Reading {0}', readablePath(this.dataset.fsPath));
    return withProgress(title, (signal, _report, say) => plan({ signal, onProgress: percent(say) }));
  }

  private async confirm(plan: PlanOutline): Promise<boolean> {
    if (changesAnything(plan)) return this.plans.confirm(plan);
    const name = readablePath(this.dataset.fsPath);
    const show = vscode.l10n.t('Show Plan');
    const isDone = plan.applied > 0 && plan.leftOut.length === 0;
    const message = isDone
      ? vscode.l10n.t('{0} shows all decisions already.', name)
      : vscode.l10n.t('Nothing can be applied to {0}: {1}.', name, planSummary(plan));
    void vscode.window.showInformationMessage(message, ...(plan.leftOut.length > 0 ? [show] : [])).then((answer) => {
      return answer === show ? this.plans.show(plan) : undefined;
    });
    return false;
  }

  private async tell(plan: ApplyPlan): Promise<void> {
    const undo = vscode.l10n.t('Undo Apply');
    const open = vscode.l10n.t('Open');
    const isNew = plan.output !== plan.file;
    const message = vscode.l10n.t(
      'Corrections applied to {0}: {1}.',
      readablePath(isNew ? plan.output : plan.dataset),
      planSummary(plan),
    );
    const answer = await vscode.window.showInformationMessage(message, isNew ? open : undo);
    if (answer === undo) await vscode.commands.executeCommand(commands.undoApply, this.dataset);
    if (answer === open) await vscode.commands.executeCommand('vscode.open', vscode.Uri.file(plan.output));
  }
}

async function matchAgain(error: ExpectedError): Promise<boolean> {
  const again = vscode.l10n.t('Match Again');
  const answer = await vscode.window.showWarningMessage(error.what, { modal: true, detail: error.next }, again);
  return answer === again;
}

async function undoApply({ reviews }: Services, dataset: vscode.Uri): Promise<void> {
  refuseUnsaved(dataset);
  const { planUndo, runUndo } = await loadCore();
  const name = readablePath(dataset.fsPath);
  const plan = await withProgress(vscode.l10n.t('Reading {0}', name), () => planUndo(dataset.fsPath));
  if (!plan) return;
  const undo = vscode.l10n.t('Undo Apply');
  const time = new Date(plan.time).toLocaleString();
  const detail = vscode.l10n.t('Takes back {0}, applied at {1}. Decisions stay as they are.', undoSummary(plan), time);
  const question = vscode.l10n.t('Restore {0} as it was before?', name);
  if ((await vscode.window.showWarningMessage(question, { modal: true, detail }, undo)) !== undo) return;
  refuseUnsaved(dataset);
  await withProgress(vscode.l10n.t('Restoring {0}', name), (signal, _report, say) =>
    runUndo(plan, { signal, onProgress: percent(say) }),
  );
  await reviews.ofOpen(dataset)?.reload();
}

function percent(say: (message: string) => void): (done: number, size: number) => void {
  return (done, size) => say(`${Math.floor((100 * done) / Math.max(size, 1))} %`);
}
