import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect } from 'vitest';
import { LedgerFile } from '../../extension/core/review/ledger/ledgerFile';
import { openTable } from '../../extension/core/dataset/openTable';
import { hashOfRecord } from '../../extension/core/review/recordHash';
import { openVscode } from './harness/journey';
import { changedMails, commitMails, givenLabel, mailsFile, trueLabel } from './harness/mails';
import { themes } from './harness/themes';

/** Corrects the first wrong labels and discards a record, as Ann. */
async function decideAsAnn(dataset: string): Promise<void> {
  const table = await openTable(dataset);
  const texts = (await (await table.index()).read(0, 60)).map(([, text]) => text ?? '');
  const rows = [3, 13, 23, 33, 43];
  const drafts = rows.map((row) => ({
    row,
    hash: hashOfRecord({ text: 'text', columns: ['text'] }, [texts[row] ?? '']),
    text: 'text',
    column: 'label',
    given: givenLabel(row),
    ...(row === 43 ? ({ decision: 'discard' } as const) : ({ decision: 'change', label: trueLabel(row) } as const)),
  }));
  await new LedgerFile(dataset, 'ann').append(drafts);
}

describe('Apply Corrections', () => {
  const journey = openVscode();

  journey('asks whose decisions are meant, and shows the plan', async ({ workbench, server }) => {
    commitMails(server.workspace);
    const dataset = path.join(server.workspace, mailsFile);
    await decideAsAnn(dataset);
    // The label of a record that was decided on is changed by somebody else meanwhile.
    writeFileSync(dataset, readFileSync(dataset, 'utf8').replace(/^(34,.*),\w+\r$/m, '$1,other\r'));
    await workbench.openFile(mailsFile);
    await workbench.command('Flag & Review: Apply Corrections');
    await workbench.input('Whose decisions shall be applied?', 'All Reviewers');
    const question = workbench.page.locator('.monaco-dialog-box');
    await question.getByText(`Apply corrections to ${mailsFile}?`).waitFor();
    await question.getByText('3 labels change, 1 record is removed, 1 decision left out.').waitFor();
    await workbench.screenshot('apply-question');
    await question.getByRole('button', { name: 'Show Plan' }).click();
    await workbench.tab(`Corrections of ${mailsFile}.md`).waitFor();
  });

  for (const [theme, { workbench: kind }] of themes) {
    journey(`shows the plan in ${theme}`, async ({ workbench }) => {
      await workbench.theme(theme);
      await workbench.screenshot(`apply-plan-${kind}`);
    });
  }

  journey('writes what the plan says, and restores every byte', async ({ workbench, server }) => {
    const before = readFileSync(path.join(server.workspace, mailsFile));
    await workbench.input('Apply these corrections?', 'Apply');
    await workbench.notification(/3 labels change, 1 record is removed, 1 decision left out/).waitFor();
    expect(changedMails(server.workspace)).toHaveLength(5);
    await workbench.page.locator('.notification-toast').getByRole('button', { name: 'Undo Apply' }).click();
    const question = workbench.page.locator('.monaco-dialog-box');
    await question.getByText(`Restore ${mailsFile} as it was before?`).waitFor();
    await workbench.screenshot('apply-undo');
    await question.getByRole('button', { name: 'Undo Apply' }).click();
    await expect.poll(() => readFileSync(path.join(server.workspace, mailsFile)).equals(before)).toBe(true);
  });
});
