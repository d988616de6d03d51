import { appendFileSync, chmodSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import { describe, expect } from 'vitest';
import { openTable } from '../../extension/core/dataset/openTable';
import { LedgerFile } from '../../extension/core/review/ledger/ledgerFile';
import { hashOfRecord } from '../../extension/core/review/recordHash';
import { openVscode } from './harness/journey';
import { changedMails, commitMails, givenLabel, mailsFile, trueLabel } from './harness/mails';
import { themes } from './harness/themes';
import type { Workbench } from './harness/workbench';

/** Those of mails whose labels are wrong. */
const wrong = Array.from({ length: 24 }, (_, at) => 10 * at + 3);

/** Changes labels to the true ones, but keeps some of them. */
async function decideAs(dataset: string, reviewer: string, rows: readonly number[], kept: readonly number[]) {
  const table = await openTable(dataset);
  const texts = (await (await table.index()).read(0, 240)).map(([, text]) => text ?? '');
  const drafts = rows.map((row) => ({
    row,
    hash: hashOfRecord({ text: 'text', columns: ['text'] }, [texts[row] ?? '']),
    text: 'text',
    column: 'label',
    given: givenLabel(row),
    ...(kept.includes(row)
      ? ({ decision: 'keep' } as const)
      : ({ decision: 'change', label: trueLabel(row) } as const)),
  }));
  await new LedgerFile(dataset, reviewer).append(drafts);
}

/** Picks an entry of *Review Labels* in the context menu of the dataset. */
async function reviewLabels(workbench: Workbench, entry: string): Promise<void> {
  const submenu = await workbench.menu(workbench.treeRow(mailsFile), 'Review Labels');
  await submenu.hover();
  // The entry of the menu holds those of its submenu.
  const item = submenu.locator('.action-item').filter({ hasText: entry });
  await item.waitFor();
  await workbench.page.waitForTimeout(200);
  await workbench.screenshot('reviewers-menu');
  await item.click();
}

async function said(workbench: Workbench, text: string | RegExp): Promise<void> {
  await workbench.notification(text).waitFor();
  await workbench.command('Notifications: Clear All Notifications');
}

/** Asks for the plan of all reviewers. @returns the question */
async function applyOfAll(workbench: Workbench): Promise<Locator> {
  await workbench.tab(mailsFile).click();
  await workbench.command('Flag & Review: Apply Corrections');
  await workbench.input('Whose decisions shall be applied?', 'All Reviewers');
  const question = workbench.page.locator('.monaco-dialog-box');
  await question.getByText(`Apply corrections to ${mailsFile}?`).waitFor();
  return question;
}

async function apply(question: Locator): Promise<void> {
  await question.getByRole('button', { name: 'Apply', exact: true }).click();
}

describe('reviewers of a dataset', () => {
  const journey = openVscode();

  journey(
    'are told what is missing when nobody has decided yet',
    async ({ workbench, server }) => {
      commitMails(server.workspace);
      await reviewLabels(workbench, 'Apply Corrections');
      await said(workbench, `Nothing to apply: no decisions on ${mailsFile} are recorded.`);
      await reviewLabels(workbench, 'Undo Apply');
      await said(workbench, `There is nothing to undo in ${mailsFile}.`);
      await reviewLabels(workbench, 'Merge Reviewers');
      await said(workbench, /^Nobody has decided on records of mails\.csv\. Agreement needs two reviewers/);
    },
    /nothing to undo|Nobody has decided/,
  );

  journey('see how far they agree', async ({ workbench, server }) => {
    const dataset = path.join(server.workspace, mailsFile);
    await decideAs(dataset, 'ann', wrong.slice(0, 20), wrong.slice(0, 2));
    await decideAs(dataset, 'bob', wrong.slice(4, 24), wrong.slice(5, 8));
    await workbench.openFile(mailsFile);
    await workbench.command('Flag & Review: Find Label Errors');
    for (const step of [1, 2, 3, 4]) await workbench.input(`(${step}/4)`, '');
    await said(workbench, /24 candidates/);
    await workbench.command('Flag & Review: Merge Reviewers');
    await workbench.page.locator('.quick-input-title', { hasText: 'ann, bob: 81.3 % agreement, kappa 0.72' }).waitFor();
    for (const [theme, { workbench: kind }] of themes) {
      await workbench.theme(theme);
      await workbench.screenshot(`reviewers-agreement-${kind}`);
    }
  });

  journey('go through the records on which they differ', async ({ workbench }) => {
    await workbench.input('What to review', 'Review 3 Conflicts');
    const page = workbench.webview();
    await page.locator('.record-place', { hasText: '1 of 3' }).waitFor();
    await page.getByText('ann changed it to').waitFor();
    await page.getByText('bob kept the label').waitFor();
    // There is no language model here.
    expect(await page.getByRole('button', { name: 'Second Opinion…' }).count()).toBe(0);
    await workbench.screenshot('reviewers-conflicts');
  });

  journey('see how far every two of three agree, and on what', async ({ workbench, server }) => {
    const dataset = path.join(server.workspace, mailsFile);
    await decideAs(dataset, 'cleo', [...wrong.slice(16, 24), 0], [0, wrong[20] ?? 0]);
    await workbench.command('Flag & Review: Merge Reviewers');
    await workbench.page.locator('.quick-input-title', { hasText: 'Agreement of 3 reviewers' }).waitFor();
    for (const pair of ['ann, bob: 81.3 %', 'ann, cleo: 100.0 %', 'bob, cleo: 87.5 %'])
      await workbench.page.locator('.quick-input-list').getByText(pair).first().waitFor();
    for (const [theme, { workbench: kind }] of themes) {
      await workbench.theme(theme);
      await workbench.screenshot(`reviewers-three-${kind}`);
    }
    await workbench.input('What to review', 'bob, cleo');
    await workbench.webview().getByText('conflicts of bob and cleo').waitFor();
    await workbench.webview().locator('.record-place', { hasText: '1 of 1' }).waitFor();
    rmSync(path.join(server.workspace, '.flag-review', mailsFile, 'cleo.jsonl'));
  });

  journey('decide a sample again without seeing what was said', async ({ workbench }) => {
    await workbench.command('Flag & Review: Merge Reviewers');
    await workbench.input('What to review', 'Blind Second Pass');
    await workbench.input('Blind Second Pass', 'ann');
    await workbench.page
      .locator('input[placeholder="Share of the records of ann that you have not decided"]')
      .waitFor();
    await workbench.screenshot('reviewers-share');
    await workbench.input('Blind Second Pass', '20 %');
    const page = workbench.webview();
    await page.getByText('second pass of ann').waitFor();
    await page.locator('.record-place', { hasText: '1 of 4' }).waitFor();
    await page.getByText('hidden until you decide').waitFor();
    expect(await page.getByText('ann changed it to').count()).toBe(0);
    await workbench.screenshot('reviewers-blind');
    await workbench.page.keyboard.press('s');
    await page.locator('.record-place', { hasText: '2 of 4' }).waitFor();
  });

  journey('compare what they decided, label by label', async ({ workbench }) => {
    await workbench.openFile(mailsFile);
    await workbench.command('Flag & Review: Show Label Diff');
    await workbench.input(`Compare the labels of ${mailsFile} with`, 'Two Reviewers');
    await workbench.input('Two Reviewers (1/2)', 'ann');
    await workbench.input('Two Reviewers (2/2)', 'bob');
    const report = workbench.page.locator('.monaco-editor[data-uri^="flag-review-report"]');
    await report.getByText('9 labels changed').first().waitFor();
    await workbench.screenshot('reviewers-diff');
  });

  journey(
    'are told of a merge of their ledgers that is not finished, and lose nothing',
    async ({ workbench, server }) => {
      const ledger = path.join(server.workspace, '.flag-review', mailsFile, 'ann.jsonl');
      const [first = '', second = '', ...others] = readFileSync(ledger, 'utf8').split('\n');
      writeFileSync(ledger, ['<<<<<<< HEAD', first, '=======', second, '>>>>>>> bob', ...others].join('\n'));
      await workbench.notification(/^Ledger ann\.jsonl: Lines 1, 3 and 5 are markers of a merge/).waitFor();
      await workbench.screenshot('reviewers-markers');
      await workbench.page.locator('.notification-toast').getByRole('button', { name: 'Open Ledger' }).click();
      await workbench.tab('ann.jsonl').waitFor();
      const question = await applyOfAll(workbench);
      await question.getByText(/^19 labels change, 3 decisions left out/).waitFor();
      await question.getByRole('button', { name: 'Cancel' }).click();
    },
  );

  journey(
    'are asked again when the dataset changes under a plan, and see why it cannot be written',
    async ({ workbench, server }) => {
      const dataset = path.join(server.workspace, mailsFile);
      const question = await applyOfAll(workbench);
      appendFileSync(dataset, '241,"A new one",spam\r\n');
      await apply(question);
      await question.getByText(`${mailsFile} has changed since it was read. Nothing was written.`).waitFor();
      await workbench.screenshot('reviewers-match-again');
      await question.getByRole('button', { name: 'Match Again' }).click();
      await question.getByText(`Apply corrections to ${mailsFile}?`).waitFor();
      chmodSync(dataset, 0o444);
      await apply(question);
      await said(workbench, `${mailsFile} is read-only. Allow writing to it first. Nothing was changed.`);
      chmodSync(dataset, 0o644);
      expect(changedMails(server.workspace)).toEqual([]);
    },
    /is read-only/,
  );

  journey(
    'undo what was applied only while nobody has changed the dataset since',
    async ({ workbench, server }) => {
      const dataset = path.join(server.workspace, mailsFile);
      await apply(await applyOfAll(workbench));
      await said(workbench, /^Corrections applied to mails\.csv: 19 labels change/);
      expect(changedMails(server.workspace)).toHaveLength(19);
      appendFileSync(dataset, '242,"One more",spam\r\n');
      await workbench.command('Flag & Review: Undo Apply');
      await workbench
        .notification(/^mails\.csv was changed since corrections were applied at .*It stays as it is/)
        .waitFor();
      await workbench.screenshot('reviewers-undo-refused');
      await workbench.command('Notifications: Clear All Notifications');
      expect(changedMails(server.workspace)).toHaveLength(19);
    },
    /was changed since corrections/,
  );
});
