import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { commands, viewTypes } from '../../extension/ids';
import { activateExtension, findLabelErrors, reviewBeside, writeMessages } from './reviews';
import { closeEditors, until, workspaceFolder } from './workspace';

const folder = 'reviewers';

describe('Merge Reviewers', () => {
  before(activateExtension);
  afterEach(closeEditors);
  after(() => rm(path.join(workspaceFolder(), folder), { recursive: true, force: true }));

  it('shows how far two agree, and opens the review on their conflicts', async () => {
    const uri = await writeMessages(`${folder}/mails.csv`);
    const [first = 0, second = 0] = await findLabelErrors(uri);
    for (const [reviewer, decision] of [
      ['ana', 'keep'],
      ['bo', 'change'],
    ] as const) {
      const review = await reviewBeside(uri, reviewer);
      await review.decide([{ row: first, decision }]);
      await review.decide([{ row: second, decision: 'keep' }]);
      await review.dispose();
    }
    const running = Promise.resolve(vscode.commands.executeCommand(commands.mergeReviewers, uri));
    const document = await until(() => {
      const shown = vscode.window.activeTextEditor?.document;
      return shown?.uri.scheme === 'flag-review-report' && shown;
    });
    assert.match(document.getText(), /\| `ana, bo` \| 2 \| 50\.0 % \|/);
    assert.match(document.getText(), /## Conflicts: 1/);
    const isOpen = (): boolean =>
      vscode.window.tabGroups.all.some(({ tabs }) =>
        tabs.some(({ input }) => input instanceof vscode.TabInputWebview && input.viewType.endsWith(viewTypes.review)),
      );
    await until(async () => {
      await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      return isOpen();
    });
    await running;
  });
});
