import { existsSync } from 'node:fs';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { ExpectedError } from '../../core/errors';
import { setPromoted } from '../../core/flagging/log/marks';
import { datasetLayout } from '../../core/flagging/promote/layout';
import { guessMapping, planPromotion } from '../../core/flagging/promote/plan';
import { readPromotable } from '../../core/flagging/promote/samples';
import type { ColumnMapping } from '../../core/flagging/promote/types';
import { isRecord } from '../../core/json';
import { commands } from '../../ids';
import { chosenSamples } from '../chosenSamples';
import { registerCommand } from '../commands';
import { readablePath } from '../paths';
import type { Services } from '../services';
import { headOfDataset, pickDataset } from './datasetPick';
import { confirmPlan } from './mappingPick';
import { Promotions } from './promotions';

/** *Promote to Dataset…* and its undo. */
export function registerPromoteSamples(services: Services): vscode.Disposable {
  const { errors } = services;
  const promotions = new Promotions();
  return vscode.Disposable.from(
    promotions,
    registerCommand(commands.promoteSamples, errors, (clicked, rows) =>
      promoteSamples(services, promotions, clicked, rows),
    ),
    registerCommand(commands.undoPromotion, errors, () => promotions.undo()),
  );
}

async function promoteSamples(
  { context, log }: Services,
  promotions: Promotions,
  clicked: unknown,
  chosenRows: unknown,
): Promise<void> {
  const chosen = await chosenSamples(clicked, chosenRows, vscode.l10n.t('Flag log to promote samples of'));
  if (!chosen) return;
  const folders = (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri.fsPath);
  const { samples, rows, components, left } = await readPromotable(chosen.log.fsPath, chosen.rows, folders);
  if (samples.length === 0) {
    throw new ExpectedError(
      vscode.l10n.t('There is no sample to promote in {0}.', readablePath(chosen.log.fsPath)),
      left[0] ?? vscode.l10n.t('Flag one first.'),
    );
  }
  const dataset = await pickDataset(context.workspaceState);
  if (!dataset) return;
  const head = await headOfDataset(dataset);
  const layout = datasetLayout(path.basename(dataset.fsPath), head, components);
  const { columns } = layout;
  const folder = path.dirname(dataset.fsPath);
  const confirmed = await confirmPlan({
    dataset: readablePath(dataset.fsPath),
    columns,
    components,
    mapping: rememberedMapping(context.workspaceState, dataset, columns) ?? guessMapping(columns, components),
    left,
    plan: (mapping) =>
      planPromotion({
        dataset: dataset.fsPath,
        begins: head === '',
        layout,
        mapping,
        samples,
        isTaken: (name) => existsSync(path.join(folder, name)),
      }),
  });
  if (!confirmed) return;
  await context.workspaceState.update(mappingKey(dataset), { columns, mapping: confirmed.mapping });
  const name = readablePath(dataset.fsPath);
  await promotions.run(confirmed.plan, (promoted) =>
    setPromoted(path.dirname(chosen.log.fsPath), rows, name, promoted, log),
  );
}

function mappingKey(dataset: vscode.Uri): string {
  return `promote.mapping ${dataset.toString()}`;
}

/** The mapping of the last time, unless the dataset has other columns by now. */
function rememberedMapping(
  memory: vscode.Memento,
  dataset: vscode.Uri,
  columns: readonly string[],
): ColumnMapping | undefined {
  const kept: unknown = memory.get(mappingKey(dataset));
  if (!isRecord(kept) || JSON.stringify(kept.columns) !== JSON.stringify(columns)) return undefined;
  return isRecord(kept.mapping) ? (kept.mapping as ColumnMapping) : undefined;
}
