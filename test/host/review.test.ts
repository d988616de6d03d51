import assert from 'node:assert/strict';
import { readdir, readFile, rm } from 'node:fs/promises';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { silentLog } from '../../extension/core/log';
import { openDatasetReview } from '../../extension/core/review/datasetReview';
import { LocalEngine } from '../../extension/core/review/engine/localEngine';
import type { LedgerEntry } from '../../extension/core/review/types';
import { commands, viewTypes } from '../../extension/ids';
import { builtInSearch, servicesIn } from '../builtInSearch';
import { closeEditors, workspaceFolder, writeWorkspaceFile } from './workspace';

const folder = (...parts: string[]): string => path.join(workspaceFolder(), 'panel-review', ...parts);

const reviewTabs = () =>
  vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .filter(({ input }) => input instanceof vscode.TabInputWebview && input.viewType.endsWith(viewTypes.review));

/** Messages of two kinds; the first three of each have the label of the other. */
async function writeDataset(name: string): Promise<vscode.Uri> {
  const rows = Array.from({ length: 60 }, (_, at) => {
    const isSpam = at % 2 === 0;
    const label = isSpam === at >= 6 ? 'spam' : 'ham';
    return `${isSpam ? `win a free prize now ${at}` : `lunch with the team at noon ${at}`},${label}`;
  });
  return writeWorkspaceFile(`panel-review/${name}`, ['text,label', ...rows, ''].join('\n'));
}

/** Leaves the candidates of a dataset where every window finds them. */
async function findLabelErrors(dataset: vscode.Uri): Promise<void> {
  const review = await openDatasetReview({
    dataset: dataset.fsPath,
    reviewer: 'somebody',
    log: silentLog,
    createEngine: () => new LocalEngine(servicesIn('')),
  });
  await review.find(builtInSearch(dataset.fsPath));
  assert.ok(review.counts.candidates >= 4);
  await review.dispose();
}

/** All lines of the ledgers of a dataset. */
async function ledger(name: string): Promise<LedgerEntry[]> {
  const files = await readdir(folder('.flag-review', name));
  const texts = await Promise.all(
    files.filter((file) => file.endsWith('.jsonl')).map((file) => readFile(folder('.flag-review', name, file), 'utf8')),
  );
  return texts
    .flatMap((text) => text.split('\n'))
    .filter(Boolean)
    .map((line) => JSON.parse(line) as LedgerEntry);
}

/** Does what a key does until it reaches the ledger: before its record is drawn, a page decides nothing. */
async function press(name: string, command: string): Promise<LedgerEntry> {
  const before = (await ledger(name)).length;
  for (;;) {
    await vscode.commands.executeCommand(command);
    for (let time = 0; time < 20; time++) {
      const entry = (await ledger(name))[before];
      if (entry) return entry;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

describe('the review panel', () => {
  afterEach(async () => {
    await closeEditors();
    await rm(folder(), { recursive: true, force: true });
  });

  it('opens once for a dataset that has candidates', async () => {
    const dataset = await writeDataset('once.csv');
    await findLabelErrors(dataset);
    await vscode.commands.executeCommand(commands.openReview, dataset);
    await vscode.commands.executeCommand(commands.openReview, dataset, 3);
    assert.deepEqual(
      reviewTabs().map(({ label }) => label),
      ['Review: once.csv'],
    );
  });

  it('decides by the commands that its keys are bound to', async () => {
    const dataset = await writeDataset('keys.csv');
    await findLabelErrors(dataset);
    await vscode.commands.executeCommand(commands.openReview, dataset);
    const kept = await press('keys.csv', commands.reviewKeep);
    const changed = await press('keys.csv', commands.reviewAccept);
    const undone = await press('keys.csv', commands.reviewUndo);
    const labelled = await press('keys.csv', commands.reviewAmbiguous);
    assert.deepEqual(
      [kept, changed, undone, labelled].map(({ decision }) => decision),
      ['keep', 'change', 'undo', 'ambiguous'],
    );
    assert.ok('row' in kept && 'row' in changed && kept.row !== changed.row);
    assert.ok('undoes' in undone && undone.undoes.includes(changed.id));
    assert.ok('row' in labelled && labelled.row === changed.row);
  });

  it('asks for label errors first where nothing was found', async () => {
    const asked: string[] = [];
    const before = vscode.window.showInformationMessage;
    Object.assign(vscode.window, {
      showInformationMessage: (question: string) => Promise.resolve(void asked.push(question)),
    });
    try {
      await vscode.commands.executeCommand(commands.openReview, await writeDataset('fresh.csv'));
    } finally {
      Object.assign(vscode.window, { showInformationMessage: before });
    }
    assert.deepEqual([asked.length, reviewTabs()], [1, []]);
  });
});
