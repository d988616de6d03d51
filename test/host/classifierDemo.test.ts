import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { commands, viewTypes } from '../../extension/ids';
import { closeEditors, until, writeWorkspaceFile } from './workspace';

const data = 'id,message,kind\n1,good fun,p\n2,bad film,n\n3,bad plot,n\n4,good day,p\n5,good film,p\n6,bad day,n\n';

const demoTabs = () =>
  vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .filter(({ input }) => input instanceof vscode.TabInputWebview && input.viewType.endsWith(viewTypes.demo));

describe('Open Classifier Demo', () => {
  afterEach(closeEditors);

  it('proposes the columns, and opens a demo that is called after the dataset, once', async () => {
    const uri = await writeWorkspaceFile('classifier/films.csv', data);
    await openWithProposals(uri);
    assert.deepEqual(
      demoTabs().map(({ label }) => label.toLowerCase()),
      ['films'],
    );
    await openWithProposals(uri);
    assert.equal(demoTabs().length, 1);
  });

  it('takes the dataset in front', async () => {
    const uri = await writeWorkspaceFile(
      'classifier/front.jsonl',
      '{"text": "good", "label": "p"}\n{"text": "bad", "label": "n"}\n',
    );
    await vscode.window.showTextDocument(uri);
    await openWithProposals();
    assert.equal(demoTabs()[0]?.label.toLowerCase(), 'front');
  });

  it('opens no demo when the columns are not chosen', async () => {
    const uri = await writeWorkspaceFile('classifier/none.csv', data);
    const opened = vscode.commands.executeCommand(commands.openClassifierDemo, uri);
    let ended = false;
    void opened.then(() => (ended = true));
    await until(async () => {
      await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
      return ended;
    });
    assert.equal(demoTabs().length, 0);
  });
});

/** Accepts what each question proposes until a demo is there. */
async function openWithProposals(...clicked: readonly vscode.Uri[]): Promise<void> {
  let ended = false;
  const opened = vscode.commands.executeCommand(commands.openClassifierDemo, ...clicked).then(() => (ended = true));
  await until(async () => {
    await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
    return ended;
  });
  await opened;
}
