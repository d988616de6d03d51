import * as path from 'node:path';
import * as vscode from 'vscode';
import { ExpectedError } from '../../core/errors';
import type { FindSettings } from '../../core/review/engine/types';
import type { FoundSummary, Review } from '../../core/review/review';
import { commands, contextKeys, views } from '../../ids';
import { registerCommand, setContext } from '../commands';
import { chooseDataset } from '../datasetPick';
import { summaryText } from '../labelErrors/candidateItems';
import { numberText } from '../labelErrors/labelTexts';
import type { Services } from '../services';
import { describeSettings, isUsable, offerSame, SettingsMemory } from './settingsMemory';
import { pickSettings } from './settingsPick';
import { requireTrust } from './sourcePick';

/** *Find Label Errors*, and what stops it. */
export function registerFindLabelErrors(services: Services): vscode.Disposable {
  const { context, errors, reviews } = services;
  const searches = new Searches();
  const memory = new SettingsMemory(context.workspaceState);
  return vscode.Disposable.from(
    searches,
    registerCommand(commands.findLabelErrors, errors, async (clicked) => {
      const dataset = await chooseDataset(clicked, reviews, vscode.l10n.t('Dataset to find label errors in'));
      if (dataset) await findIn(services, dataset, searches, memory);
    }),
    registerCommand(commands.cancelFindLabelErrors, errors, () => searches.cancel()),
  );
}

/** The searches of this window. */
class Searches implements vscode.Disposable {
  private readonly running = new Set<AbortController>();

  begin(): AbortController {
    const controller = new AbortController();
    this.running.add(controller);
    setContext(contextKeys.findingLabelErrors, true);
    return controller;
  }

  end(controller: AbortController): void {
    this.running.delete(controller);
    setContext(contextKeys.findingLabelErrors, this.running.size > 0);
  }

  cancel(): void {
    for (const controller of this.running) controller.abort();
  }

  dispose(): void {
    this.cancel();
  }
}

async function findIn(
  services: Services,
  dataset: vscode.Uri,
  searches: Searches,
  memory: SettingsMemory,
): Promise<void> {
  const review = await services.reviews.of(dataset);
  if (review.finding)
    throw new ExpectedError(vscode.l10n.t('Label errors are being looked for in this dataset already.'));
  const settings = await settingsOf(review, dataset, memory);
  if (!settings) return;
  if (settings.source.kind === 'model') requireTrust();
  services.log.info(`Finding label errors in ${dataset.fsPath}: ${describeSettings(settings)}`);
  const isDone = await search(review, settings, searches);
  // Those of a search that failed are not offered again; one that was cancelled may be gone on with.
  await memory.remember(settings);
  if (!isDone) return;
  // The search has ended, whenever its message is answered.
  tellResult(services, dataset, review).catch((error: unknown) => services.errors.report(error));
}

/** Those of the last time when the person wants them again; they are also known where a colleague has searched. */
async function settingsOf(
  review: Review,
  dataset: vscode.Uri,
  memory: SettingsMemory,
): Promise<FindSettings | undefined> {
  const last = memory.of(dataset.fsPath) ?? review.found?.settings;
  const isSame = last && (await isUsable(last)) ? await offerSame(last) : false;
  if (isSame === undefined) return undefined;
  if (isSame) return last;
  const root = vscode.workspace.getWorkspaceFolder(dataset)?.uri.fsPath ?? path.dirname(dataset.fsPath);
  return pickSettings(dataset.fsPath, root);
}

/** @returns false when it was cancelled */
async function search(review: Review, settings: FindSettings, searches: Searches): Promise<boolean> {
  const controller = searches.begin();
  await vscode.commands.executeCommand(`${views.labelErrors}.focus`, { preserveFocus: true });
  try {
    await vscode.window.withProgress({ location: { viewId: views.labelErrors } }, () =>
      review.find(settings, { signal: controller.signal }),
    );
    return true;
  } catch (error) {
    if (controller.signal.aborted) return false;
    throw error;
  } finally {
    searches.end(controller);
  }
}

async function tellResult({ log }: Services, dataset: vscode.Uri, review: Review): Promise<void> {
  const { found } = review;
  if (!found) return;
  for (const warning of found.warnings) log.warn(warning);
  const show = vscode.l10n.t('Show in View');
  const open = vscode.l10n.t('Review');
  const count = review.candidates.rows.length;
  const choice = await (count === 0
    ? vscode.window.showInformationMessage(whyNothing(found), show)
    : vscode.window.showInformationMessage(summaryText(review), open, show));
  if (choice === open) await vscode.commands.executeCommand(commands.openReview, dataset);
  if (choice === show) await vscode.commands.executeCommand(`${views.labelErrors}.focus`);
}

/** What a search without candidates says of itself. */
function whyNothing({ records, warnings }: FoundSummary): string {
  const nothing = vscode.l10n.t('No label-error candidates in {0} records.', numberText(records));
  return [nothing, ...warnings.slice(-1)].join(' ');
}
