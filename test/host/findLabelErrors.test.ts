import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { reviewFolder } from '../../extension/core/review/folder';
import { commands } from '../../extension/ids';
import { builtInSearch } from '../builtInSearch';
import { findLabelErrors, messages, reviewBeside, writeMessages } from './reviews';
import { closeEditors, until, writeWorkspaceFile } from './workspace';

/** What a search leaves behind; undefined where there was none. */
async function summaryOf({ fsPath }: vscode.Uri): Promise<string | undefined> {
  const file = path.join(reviewFolder(fsPath), 'candidates.json');
  return existsSync(file) ? readFile(file, 'utf8') : undefined;
}

/** Accepts what each question proposes until the search has ended. */
async function findWithProposals(...clicked: readonly vscode.Uri[]): Promise<void> {
  let ended = false;
  const finding = vscode.commands.executeCommand(commands.findLabelErrors, ...clicked).then(() => (ended = true));
  await until(async () => {
    await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
    return ended;
  });
  await finding;
}

describe('Find Label Errors', () => {
  afterEach(closeEditors);

  it('proposes columns, classifier and filter, and finds the records whose labels were exchanged', async () => {
    const dataset = await writeMessages('find/proposed.csv');
    await findWithProposals(dataset);
    const review = await reviewBeside(dataset);
    assert.deepEqual([...review.candidates.rows].sort(), [0, 1, 2, 3, 4, 5]);
    const { text, label, source, filterBy } = review.found?.settings ?? {};
    assert.deepEqual(
      { text, label, source, filterBy },
      { text: 'text', label: 'label', source: { kind: 'built-in', folds: 5 }, filterBy: 'prune_by_noise_rate' },
    );
    await review.dispose();
  });

  it('takes the dataset in front, and proposes what somebody else has searched with', async () => {
    const dataset = await writeMessages('find/again.csv');
    await findLabelErrors(dataset);
    const before = await summaryOf(dataset);
    await vscode.window.showTextDocument(dataset);
    await findWithProposals();
    const review = await reviewBeside(dataset);
    assert.equal(review.found?.settings.label, 'label');
    assert.equal(review.candidates.rows.length, 6);
    assert.notEqual(await summaryOf(dataset), before);
    await review.dispose();
  });

  it('takes the columns of probabilities that a dataset has', async () => {
    const rows = Array.from({ length: 40 }, (_, at) => {
      const isA = at % 2 === 0;
      const a = isA === (at !== 7) ? 0.75 : 0.25;
      return `text ${at} of it,${isA ? 'a' : 'b'},${a},${1 - a}`;
    });
    const dataset = await writeWorkspaceFile('find/given.csv', ['text,label,prob_a,prob_b', ...rows, ''].join('\n'));
    await findWithProposals(dataset);
    const review = await reviewBeside(dataset);
    assert.deepEqual(review.found?.settings.source, { kind: 'columns', columns: ['prob_a', 'prob_b'] });
    assert.deepEqual([...review.candidates.rows], [7]);
    await review.dispose();
  });

  it('offers again only what a search has ended well with', async () => {
    const header = 'text,label,prob_spam,prob_scam';
    const withProbabilities = (probabilities: string): string =>
      [header, ...messages().map(({ text, label }) => `${text},${label},${probabilities}`), ''].join('\n');
    const dataset = await writeWorkspaceFile('find/failed.csv', withProbabilities('0.75,0.25'));
    const failing = builtInSearch(dataset.fsPath, { source: { kind: 'columns', columns: ['prob_spam', 'prob_scam'] } });
    const review = await reviewBeside(dataset);
    await assert.rejects(review.find(failing), /has no column for ham/);
    await findWithProposals(dataset);
    assert.equal(await summaryOf(dataset), undefined);
    await writeWorkspaceFile('find/failed.csv', withProbabilities('none,none'));
    await findWithProposals(dataset);
    await review.reload();
    assert.deepEqual(review.found?.settings.source, { kind: 'built-in', folds: 5 });
    await review.dispose();
  });

  it('searches nothing when a question is left', async () => {
    const dataset = await writeMessages('find/left.csv');
    let ended = false;
    const finding = vscode.commands.executeCommand(commands.findLabelErrors, dataset).then(() => (ended = true));
    await until(async () => {
      await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
      return ended;
    });
    await finding;
    assert.equal(await summaryOf(dataset), undefined);
  });
});
