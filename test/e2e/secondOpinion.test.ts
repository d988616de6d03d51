import path from 'node:path';
import { describe, expect } from 'vitest';
import { openVscode } from './harness/journey';
import { commitMails, ledgerOf, mailsFile } from './harness/mails';
import { themes } from './harness/themes';

const extension = path.join(import.meta.dirname, 'fixtures/languageModel');

// The oldest VS Code has no way to provide a model.
describe.runIf(process.env.FLAG_REVIEW_VSCODE !== 'oldest')('a second opinion', () => {
  const journey = openVscode(() => ({ extension, settings: { 'chat.disableAIFeatures': false } }));

  journey('is asked for only after all that leaves the machine was shown', async ({ workbench, server }) => {
    commitMails(server.workspace);
    await workbench.openFile(mailsFile);
    await workbench.command('Flag & Review: Find Label Errors');
    for (const step of [1, 2, 3, 4]) await workbench.input(`(${step}/4)`, '');
    await workbench.statusBarItem('24 pending').waitFor();
    await workbench.command('Flag & Review: Open Review');
    await workbench.webview().getByRole('button', { name: 'Second Opinion…' }).click();
    await workbench.input('Language model to ask for a label', 'Oracle');
    const question = workbench.page.locator('.monaco-dialog-box');
    await question.getByText(/^Send record \d+ of mails\.csv to Oracle \(test\)\?$/).waitFor();
    expect(await question.innerText()).toMatch(
      /The given label and the suggestion are not sent[^]*The classes are \["invoice","meeting","spam"\][^]*As JSON it is:/,
    );
    for (const [theme, { workbench: kind }] of themes) {
      await workbench.theme(theme);
      await workbench.screenshot(`second-opinion-${kind}`);
    }
    await question.getByRole('button', { name: 'Send', exact: true }).click();
  });

  journey('is a proposal that decides nothing', async ({ workbench, server }) => {
    const page = workbench.webview();
    await page.getByText('“Oracle: It says when to meet.”').waitFor();
    await page.getByText(/^A language model, asked by \w+, proposes to change it to meeting/).waitFor();
    await page.getByText('0 of 24 decided').waitFor();
    await workbench.screenshot('second-opinion');
    expect(ledgerOf(server.workspace)).toMatchObject([{ decision: 'change', label: 'meeting', source: 'model' }]);
  });
});
