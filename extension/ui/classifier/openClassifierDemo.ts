import * as vscode from 'vscode';
import { commands } from '../../ids';
import { registerCommand } from '../commands';
import { chooseDataset } from '../datasetPick';
import type { Services } from '../services';
import { pickTextAndLabel } from './columnPick';

/** *Open Classifier Demo*: the built-in classifier, trained on a dataset, in a demo panel. */
export function registerOpenClassifierDemo(services: Services): vscode.Disposable {
  const { context, errors, panels, reviews, sources } = services;
  return registerCommand(commands.openClassifierDemo, errors, async (clicked) => {
    const dataset = await chooseDataset(clicked, reviews, vscode.l10n.t('Dataset that the classifier learns from'));
    if (!dataset) return;
    const columns = await pickTextAndLabel(dataset, context.workspaceState);
    if (columns) await panels.open(services, sources.ofClassifier(dataset, columns), vscode.ViewColumn.Active);
  });
}
