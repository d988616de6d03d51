import { describe, expect } from 'vitest';
import { openVscode } from './harness/journey';
import { changedMails, commitMails, ledgerOf, mailsFile } from './harness/mails';
import { themes } from './harness/themes';

describe('labels in the text editor', () => {
  const journey = openVscode();

  journey('are marked, corrected by a Quick Fix, and compared with the last commit', async ({ workbench, server }) => {
    const { page } = workbench;
    commitMails(server.workspace);
    await workbench.openFile(mailsFile);
    await workbench.command('Flag & Review: Find Label Errors');
    const title = `Find Label Errors in ${mailsFile}`;
    for (const step of [1, 2, 3, 4]) await workbench.input(`${title} (${step}/4)`, '');
    await workbench.notification(/24 candidates in 240 records/).waitFor();
    await workbench.command('Notifications: Clear All Notifications');
    const editor = page.locator(`.monaco-editor[data-uri$="${mailsFile}"]`);
    await editor.locator('.squiggly-info').first().waitFor();

    await editor.locator('.view-line').first().click();
    await page.keyboard.press('Control+Home');
    await workbench.command('Go to Next Problem in Files (Error, Warning, Info)');
    await page
      .getByText(/may be wrong: the model suggests/)
      .first()
      .waitFor();
    for (const name of [...themes.keys()].slice(0, 3)) {
      await workbench.theme(name);
      await workbench.screenshot(`label-diagnostics-${name.replaceAll(' ', '-')}`);
    }
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+.');
    await page
      .getByText(/^Change label to /)
      .first()
      .waitFor();
    for (const name of [...themes.keys()].slice(0, 3)) {
      await workbench.theme(name);
      await workbench.screenshot(`label-quick-fix-${name.replaceAll(' ', '-')}`);
    }
    await page.keyboard.press('Enter');
    await expect.poll(() => ledgerOf(server.workspace).map(({ decision }) => decision)).toEqual(['change']);
    await workbench.save();

    await workbench.command('Flag & Review: Show Label Diff');
    await workbench.input(`Compare the labels of ${mailsFile} with`, 'Since the Last');
    const report = page.locator('.monaco-editor[data-uri^="flag-review-report"]');
    await report.getByText('1 label changed').first().waitFor();
    for (const name of [...themes.keys()].slice(0, 3)) {
      await workbench.theme(name);
      await workbench.screenshot(`label-diff-${name.replaceAll(' ', '-')}`);
    }
    await workbench.titleAction('Copy as Markdown').click();
    await workbench.statusBarItem(/Copied as Markdown/).waitFor();
    const [change, ...others] = changedMails(server.workspace);
    expect(others).toEqual([]);
    expect(change?.after?.replace(/,\w+\r?$/, '')).toBe(change?.before.replace(/,\w+\r?$/, ''));
    expect(change?.after).not.toBe(change?.before);
  });
});
