import { describe, expect } from 'vitest';
import type { VscodeServer } from '../../scripts/startServer.mjs';
import { accessibilityViolations } from './harness/accessibility';
import { openVscode } from './harness/journey';
import { changedMails, commitMails, givenLabel, ledgerOf, mailsFile, trueLabel } from './harness/mails';
import { themes } from './harness/themes';
import type { Workbench } from './harness/workbench';

const panel = `Review: ${mailsFile}`;

/** Looks for label errors with what is proposed, which is what was chosen the last time. */
async function findLabelErrors(workbench: Workbench, isFirst: boolean): Promise<void> {
  await workbench.openFile(mailsFile);
  await workbench.command('Flag & Review: Find Label Errors');
  const title = `Find Label Errors in ${mailsFile}`;
  const steps = isFirst ? [1, 2, 3, 4].map((step) => `${title} (${step}/4)`) : [title];
  for (const step of steps) await workbench.input(step, '');
}

/** Presses keys one after the other, each once the record after the one before is drawn. */
async function decide(workbench: Workbench, ...keys: readonly string[]): Promise<void> {
  const position = workbench.webview().locator('.record-place');
  for (const key of keys) {
    const before = await position.innerText();
    await workbench.page.keyboard.press(key);
    await expect.poll(() => position.innerText()).not.toBe(before);
    await workbench.page.waitForTimeout(100);
  }
}

/** The number of the record that is shown, from 0. */
async function shownRow(workbench: Workbench): Promise<number> {
  const heading = await workbench.webview().locator('#record-heading').innerText();
  return Number(/\d+/.exec(heading)?.[0]);
}

const decisions = ({ workspace }: VscodeServer) => ledgerOf(workspace).map(({ decision }) => decision);

describe('a review', () => {
  const journey = openVscode();

  journey('begins with a search whose steps have good guesses', async ({ workbench, server }) => {
    commitMails(server.workspace);
    await findLabelErrors(workbench, true);
    const result = workbench.notification(/24 candidates in 240 records/);
    await result.waitFor();
    await workbench.page.locator('.notification-toast').getByRole('button', { name: 'Review', exact: true }).click();
    await workbench.tab(panel).waitFor();
    const page = workbench.webview();
    await page.getByText('0 of 24 decided').waitFor();
    await page.locator('.record-place', { hasText: '1 of 24' }).waitFor();
    await workbench.screenshot('review-first');
  });

  journey('decides with one key each, on disk before the next', async ({ workbench, server }) => {
    const page = workbench.webview();
    await page.locator('#record-heading').click();
    const rows: number[] = [];
    for (const key of ['k', 'Enter', 'd', 's', 'a']) {
      rows.push(await shownRow(workbench));
      await decide(workbench, key);
    }
    await expect.poll(() => decisions(server)).toEqual(['keep', 'change', 'discard', 'skip', 'ambiguous']);
    expect(ledgerOf(server.workspace).map((entry) => ('row' in entry ? entry.row : -1))).toEqual(rows);
    const [, changed] = ledgerOf(server.workspace);
    expect(changed).toMatchObject({ given: givenLabel(rows[1] ?? 0), label: trueLabel(rows[1] ?? 0) });
    await page.getByText('4 of 24 decided').waitFor();
  });

  journey('changes a label by its number, and by typing', async ({ workbench, server }) => {
    const page = workbench.webview();
    await decide(workbench, '3');
    await expect.poll(() => ledgerOf(server.workspace).at(-1)).toMatchObject({ label: 'spam' });
    await workbench.page.keyboard.press('l');
    await page.getByRole('dialog').waitFor();
    await workbench.screenshot('review-labels');
    await workbench.page.keyboard.type('meet');
    await workbench.page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    await expect.poll(() => decisions(server).length).toBe(7);
    const last = ledgerOf(server.workspace).at(-1);
    expect(last && 'label' in last ? last.label : last?.decision).toMatch(/^(meeting|keep)$/);
  });

  journey('keeps what is typed in its fields and elsewhere from deciding', async ({ workbench, server }) => {
    const page = workbench.webview();
    const before = decisions(server).length;
    await workbench.page.keyboard.press('n');
    await page.getByRole('textbox', { name: /^Note/ }).waitFor();
    await workbench.page.keyboard.type('a kind sender 12');
    await workbench.screenshot('review-note');
    await workbench.page.keyboard.press('Enter');
    await expect.poll(() => decisions(server).length).toBe(before + 1);
    expect(ledgerOf(server.workspace).at(-1)).toMatchObject({ decision: 'skip', note: 'a kind sender 12' });
    await page.getByPlaceholder('Search texts').click();
    await workbench.page.keyboard.type('lucky');
    await page
      .getByText(/of 24 match|^1 of [1-9]$/)
      .first()
      .waitFor();
    await workbench.page.keyboard.press('Control+a');
    await workbench.page.keyboard.press('Delete');
    await workbench.page.keyboard.press('Control+Shift+F');
    await workbench.page.locator('.search-view .monaco-inputbox textarea').first().waitFor();
    await workbench.page.keyboard.type('kad1');
    await workbench.openView('Explorer');
    await workbench.page.keyboard.press('Control+PageUp');
    await workbench.tab(mailsFile).and(workbench.page.locator('.active')).waitFor();
    await workbench.tab(panel).click();
    await page.getByText('6 of 24 decided').waitFor();
    expect(decisions(server).length).toBe(before + 1);
  });

  journey('takes decisions back, after a reload of the window too', async ({ workbench, server }) => {
    const before = decisions(server).length;
    const page = workbench.webview();
    await page.locator('#record-heading').click();
    await workbench.page.keyboard.press('u');
    await expect.poll(() => decisions(server).length).toBe(before + 1);
    await workbench.stored('"restore"');
    await workbench.reload();
    await page.getByText('6 of 24 decided').waitFor();
    await page.locator('#record-heading').click();
    await workbench.page.keyboard.press('Control+z');
    await expect.poll(() => decisions(server).slice(before)).toEqual(['undo', 'undo']);
    await page.getByText('5 of 24 decided').waitFor();
    await workbench.page.keyboard.press('Control+Shift+Z');
    await page.getByText('6 of 24 decided').waitFor();
  });

  journey('hides the suggestion in blind mode, and holds the order when it is frozen', async ({ workbench }) => {
    const page = workbench.webview();
    await workbench.command('Flag & Review: Review: Next Pending Record');
    await workbench.command('Flag & Review: Review: Toggle Blind Mode');
    await page.getByText('hidden until you decide').waitFor();
    await workbench.screenshot('review-blind');
    await workbench.command('Flag & Review: Review: Toggle Blind Mode');
    await page.getByText('hidden until you decide').waitFor({ state: 'detached' });
    await workbench.command('Flag & Review: Review: Toggle Freezing the Order');
    await expect
      .poll(() => page.getByRole('button', { name: 'Live order' }).getAttribute('aria-pressed'))
      .toBe('false');
    await workbench.command('Flag & Review: Review: Toggle Freezing the Order');
    await expect.poll(() => page.getByRole('button', { name: 'Live order' }).getAttribute('aria-pressed')).toBe('true');
  });

  journey('decides many in the table, after a preview, as one step', async ({ workbench, server }) => {
    const page = workbench.webview();
    const before = decisions(server).length;
    await page.locator('#record-heading').click();
    await workbench.page.keyboard.press('b');
    await page.getByRole('grid').waitFor();
    await page.getByLabel('Status', { exact: true }).selectOption({ label: 'Pending' });
    await page.getByRole('button', { name: /^Select All 1\d$/ }).click();
    await page
      .getByText(/^All 1\d records that match are selected$/)
      .first()
      .waitFor();
    await page.getByRole('grid').focus();
    await workbench.screenshot('review-table');
    await workbench.page.keyboard.press('Enter');
    await page.getByRole('button', { name: /^Change \d+ Labels$/ }).waitFor();
    await workbench.screenshot('review-preview');
    await page.getByRole('button', { name: /^Change \d+ Labels$/ }).click();
    await expect.poll(() => decisions(server).length).toBeGreaterThan(before + 10);
    const batch = ledgerOf(server.workspace).slice(before);
    expect(new Set(batch.map((entry) => ('batch' in entry ? entry.batch : ''))).size).toBe(1);
    await workbench.command('Flag & Review: Review: Undo Last Decision');
    await expect.poll(() => decisions(server).at(-1)).toBe('undo');
    await workbench.command('Flag & Review: Review: Redo Last Decision');
    await expect.poll(() => decisions(server).slice(-2)).toEqual(['undo', 'undo']);
    await workbench.command('Flag & Review: Review: Toggle Table');
    await page.getByLabel('Status', { exact: true }).selectOption({ label: 'Any status' });
  });

  journey('has charts, and says which keys it knows', async ({ workbench }) => {
    const page = workbench.webview();
    await workbench.command('Flag & Review: Review: Toggle Charts');
    await page.getByRole('heading', { name: 'Given against suggested labels' }).waitFor();
    await workbench.command('Flag & Review: Review: Show Keys');
    await page.getByRole('dialog').waitFor();
    await workbench.screenshot('review-keys');
    await workbench.page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
  });

  for (const [theme, { workbench: kind }] of themes) {
    journey(`looks right and is accessible in ${theme}`, async ({ workbench }) => {
      await workbench.theme(theme);
      expect(await accessibilityViolations(await workbench.webviewFrame())).toEqual([]);
      await workbench.screenshot(`review-${kind}`);
      await workbench.command('Flag & Review: Review: Toggle Table');
      await workbench.webview().getByRole('grid').waitFor();
      expect(await accessibilityViolations(await workbench.webviewFrame())).toEqual([]);
      await workbench.screenshot(`review-${kind}-table`);
      await workbench.command('Flag & Review: Review: Toggle Table');
    });
  }

  journey('applies the corrections, and git sees the changed labels alone', async ({ workbench, server }) => {
    const page = workbench.webview();
    const discarded = ledgerOf(server.workspace).find(({ decision }) => decision === 'discard');
    await page.locator('h1').click();
    await workbench.page.keyboard.press('Control+s');
    const question = workbench.page.locator('.monaco-dialog-box');
    await question.getByText(`Apply corrections to ${mailsFile}?`).waitFor();
    await workbench.screenshot('review-apply');
    await question.getByRole('button', { name: 'Apply', exact: true }).click();
    await expect.poll(() => changedMails(server.workspace).length).toBeGreaterThan(10);
    const changed = changedMails(server.workspace);
    const withoutLabel = (line: string): string => line.slice(0, line.lastIndexOf(','));
    const gone = changed.filter(({ after }) => after === undefined).map(({ before }) => Number(before.split(',')[0]));
    expect(gone).toEqual([discarded && 'row' in discarded ? discarded.row + 1 : undefined]);
    for (const { before, after = before } of changed) expect(withoutLabel(after)).toBe(withoutLabel(before));
    await page.getByRole('button', { name: /^Apply \d+ Correction/ }).waitFor({ state: 'detached' });
    await page.locator('.record-place', { hasText: /of 2[0-4]$|^not in this list$/ }).waitFor();
    await workbench.screenshot('review-applied');
  });

  journey('finds fewer afterwards', async ({ workbench }) => {
    await findLabelErrors(workbench, false);
    await workbench.notification(/^\d candidates? in 239 records/).waitFor();
  });
});
