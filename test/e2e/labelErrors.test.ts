import type { Locator } from 'playwright-core';
import { describe, expect } from 'vitest';
import type { VscodeServer } from '../../scripts/startServer.mjs';
import { openVscode } from './harness/journey';
import { commitMails, ledgerOf, mailsFile } from './harness/mails';
import { themes } from './harness/themes';
import type { Workbench } from './harness/workbench';

const view = 'Flag & Review';
const pair = 'meeting → invoice';

/** A line of the view by its accessible name: a narrow view cuts off what is drawn. */
function line(workbench: Workbench, name: RegExp): Locator {
  return workbench.page.locator('.sidebar').getByRole('treeitem', { name });
}

/** The candidates of the pair that is open. */
function candidates(workbench: Workbench): Locator {
  return line(workbench, /, meeting → invoice, \d\.\d{4}/);
}

/** Presses a button of a line, which is there while the pointer is over it. */
async function press(row: Locator, label: string): Promise<void> {
  await row.hover();
  await row.locator(`.action-label[aria-label="${label}"]`).click();
}

/** Puts the keyboard into the view. */
async function focusView(workbench: Workbench): Promise<void> {
  const pane = workbench.page.locator('.sidebar .pane').filter({ hasText: 'Label Errors' });
  await pane.locator('.monaco-list[tabindex="0"]').focus();
}

/** Picks a part of the filter, and answers what is asked for it. */
async function filterBy(workbench: Workbench, part: string, prompt: string, answer: string): Promise<void> {
  await workbench.input('Filter Label Errors', part);
  await workbench.input(prompt, answer);
  await workbench.page.locator('.quick-input-title', { hasText: 'Filter Label Errors' }).waitFor();
}

const decisions = ({ workspace }: VscodeServer) => ledgerOf(workspace).map(({ decision }) => decision);

describe('the label errors', () => {
  const journey = openVscode();

  journey('are none at first, and one action leads to a search', async ({ workbench }) => {
    await workbench.openView(view);
    await workbench.page.locator('.sidebar').getByRole('button', { name: 'Find Label Errors' }).waitFor();
    for (const other of ['Flagged Samples', 'Hub']) {
      await workbench.page.locator('.pane-header', { hasText: other }).click();
    }
    await workbench.screenshot('label-errors-welcome');
  });

  journey('are listed by pair of labels once they are found', async ({ workbench, server }) => {
    await workbench.openView('Explorer');
    commitMails(server.workspace);
    await workbench.openFile(mailsFile);
    await workbench.command('Flag & Review: Find Label Errors');
    const title = `Find Label Errors in ${mailsFile}`;
    for (const step of [1, 2, 3, 4]) await workbench.input(`${title} (${step}/4)`, '');
    await line(workbench, /^mails\.csv, 24 candidates in 240 records \(10\.0 %\), model accuracy 0\.\d\d/).waitFor();
    await workbench.statusBarItem('24 pending').waitFor();
    await workbench.notification(/24 candidates/).hover();
    await workbench.page.keyboard.press('Escape');
    await workbench.treeRow(pair).click();
    await expect.poll(() => candidates(workbench).count()).toBe(8);
    await workbench.screenshot('label-errors-found');
  });

  journey('say everything about a candidate to a pointer that rests on it', async ({ workbench }) => {
    await candidates(workbench).first().hover();
    const hover = workbench.page.locator('.monaco-hover:visible');
    await hover
      .getByText(/^\d+\.\d\s%$/)
      .first()
      .waitFor();
    expect(await hover.innerText()).toMatch(/meeting\s→\sinvoice[^]*given[^]*label\squality[^]*label_error_candidate/);
    await workbench.screenshot('label-errors-hover');
  });

  journey('are decided one at a time, on disk at once', async ({ workbench, server }) => {
    await press(candidates(workbench).first(), 'Change to Suggestion');
    await line(workbench, /, changed to invoice/).waitFor();
    await line(workbench, /8 candidates, 7 pending/).waitFor();
    await workbench.statusBarItem('23 pending · 1 unapplied').waitFor();
    expect(ledgerOf(server.workspace).at(-1)).toMatchObject({ given: 'meeting', decision: 'change', label: 'invoice' });
  });

  journey('are decided by a label that is chosen, and by a menu', async ({ workbench, server }) => {
    await press(candidates(workbench).nth(1), 'Change Label…');
    await workbench.input('Label to change to; type a new one if it is missing', 'spam');
    await line(workbench, /, changed to spam/).waitFor();
    const entry = await workbench.menu(candidates(workbench).nth(2), 'Mark Ambiguous');
    await workbench.screenshot('label-errors-menu');
    await entry.click();
    await line(workbench, /, ambiguous/).waitFor();
    expect(decisions(server)).toEqual(['change', 'change', 'ambiguous']);
  });

  journey('are taken back and decided again by the usual keys', async ({ workbench, server }) => {
    await focusView(workbench);
    await workbench.page.keyboard.press('Control+z');
    await line(workbench, /, ambiguous/).waitFor({ state: 'detached' });
    await workbench.page.keyboard.press('Control+Shift+z');
    await line(workbench, /, ambiguous/).waitFor();
    await workbench.page.keyboard.press('Control+z');
    await line(workbench, /, ambiguous/).waitFor({ state: 'detached' });
    expect(decisions(server).slice(3)).toEqual(['undo', 'undo', 'undo']);
  });

  journey('are decided together after a preview, which one undo takes back', async ({ workbench, server }) => {
    for (const at of [3, 4, 5]) await candidates(workbench).nth(at).locator('.monaco-checkbox').click();
    await workbench.command('Flag & Review: Decide Checked Candidates…');
    await workbench.input('Decision on the checked candidates; it is shown before it is made', 'Discard');
    const dialog = workbench.page.locator('.monaco-dialog-box');
    await dialog.getByText('Discard 3 records?').waitFor();
    expect(await dialog.innerText()).toMatch(/meeting: 3[^]*“.+”/);
    await workbench.screenshot('label-errors-preview');
    await dialog.getByRole('button', { name: 'Discard' }).click();
    await expect.poll(() => line(workbench, /, discarded/).count()).toBe(3);
    await workbench.screenshot('label-errors-decided');
    await focusView(workbench);
    await workbench.page.keyboard.press('Control+z');
    await expect.poll(() => line(workbench, /, discarded/).count()).toBe(0);
    expect(decisions(server).at(-1)).toBe('undo');
  });

  journey('are filtered part by part, and what that hides is said', async ({ workbench }) => {
    await workbench.command('Flag & Review: Filter Label Errors…');
    await filterBy(workbench, 'Status', 'Status of candidates', 'pending');
    await filterBy(workbench, 'Label quality score', 'Label quality score', '0–0.9');
    await workbench.screenshot('label-errors-filter');
    await workbench.page.keyboard.press('Escape');
    await workbench.page.getByText(/^22 of 24 candidates: pending, score 0–0\.9\.$/).waitFor();
    await line(workbench, /6 candidates, 6 pending/).waitFor();
    await workbench.command('Flag & Review: Clear Filter of Label Errors');
    await line(workbench, /8 candidates, 6 pending/).waitFor();
  });

  for (const [theme, { workbench: kind }] of themes) {
    journey(`look right in ${theme}`, async ({ workbench }) => {
      await workbench.theme(theme);
      await candidates(workbench).nth(2).hover();
      await workbench.screenshot(`label-errors-${kind}`);
    });
  }

  journey('are opened at their line in the file', async ({ workbench }) => {
    await (await workbench.menu(candidates(workbench).first(), 'Open Record in File')).click();
    await expect.poll(() => workbench.statusBarItem(/^Ln \d+, Col 1$/).innerText()).not.toBe('Ln 1, Col 1');
  });

  journey('are opened in the review', async ({ workbench }) => {
    await candidates(workbench).first().click();
    await workbench.tab(`Review: ${mailsFile}`).waitFor();
    await workbench.webview().locator('#record-heading').waitFor();
    await workbench.statusBarItem('22 pending · 2 unapplied').waitFor();
  });
});
