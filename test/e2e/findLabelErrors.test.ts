import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import { describe, expect } from 'vitest';
import { openVscode } from './harness/journey';
import { commitMails, mailClasses, mailsFile, trueLabel } from './harness/mails';
import { npyOf } from './harness/npy';
import type { Workbench } from './harness/workbench';

const title = `Find Label Errors in ${mailsFile}`;
const found = '24 candidates in 240 records (10.0 %), model accuracy 0.90, health 0.90';

/** Knows what mails are about, and takes a second for each batch of them. */
const slowModel = `
import time

WORDS = {"invoice": ("invoice", "bill", "receipt"), "meeting": ("meet", "call", "Agenda")}

def predict_proba(texts):
    time.sleep(1)
    return [scores(text) for text in texts]

def scores(text):
    said = [label for label, words in WORDS.items() if any(word in text for word in words)]
    best = said[0] if said else "spam"
    return {label: 0.8 if label == best else 0.1 for label in ("invoice", "meeting", "spam")}
`;

/** Answers the questions one after the other; their titles count them. */
async function answer(workbench: Workbench, count: number, ...answers: readonly string[]): Promise<void> {
  for (const [index, text] of answers.entries()) {
    // A question that is added by an answer counts from then on.
    const step = new RegExp(`\\(${index + 1}/(?:4|${count})\\)`);
    await workbench.page.locator('.quick-input-title', { hasText: step }).waitFor();
    await workbench.inputBox().fill(text);
    await workbench.page.keyboard.press('Enter');
  }
}

async function findWithOthers(workbench: Workbench): Promise<void> {
  await workbench.command('Flag & Review: Find Label Errors');
  await workbench.input(title, 'Choose other settings');
}

/** The line of the dataset in the view. */
function dataset(workbench: Workbench): Locator {
  return workbench.page.locator('.sidebar').getByRole('treeitem', { name: /^mails\.csv, / });
}

async function result(workbench: Workbench): Promise<void> {
  await workbench.notification(found).waitFor();
  await workbench.command('Notifications: Clear All Notifications');
  await workbench.page.locator('.pane-body').getByText(`${found}.`, { exact: true }).waitFor();
}

describe('Find Label Errors', () => {
  const journey = openVscode();

  journey('is in the menu of a dataset, and proposes all answers', async ({ workbench, server }) => {
    commitMails(server.workspace);
    writeFileSync(path.join(server.workspace, 'model.py'), slowModel);
    const rows = Array.from({ length: 240 }, (_, row) =>
      mailClasses.map((name) => (name === trueLabel(row) ? 1 : 0.125)),
    );
    writeFileSync(path.join(server.workspace, 'scores.npy'), npyOf(rows));
    await workbench.contextMenu(mailsFile, 'Find Label Errors');
    await workbench.page.getByText(/^Taken for the text: its name says so/).waitFor();
    await workbench.screenshot('find-columns');
    await answer(workbench, 4, '', '');
    await workbench.page.getByText('Built-in text classifier', { exact: true }).waitFor();
    await workbench.screenshot('find-sources');
    await workbench.input('(3/4)', '');
    await workbench.screenshot('find-filters');
    await workbench.input('(4/4)', '');
    await result(workbench);
    await workbench.screenshot('find-result');
  });

  journey('is in the title bar, and takes a file of probabilities, normalised', async ({ workbench }) => {
    await workbench.openFile(mailsFile);
    await (await workbench.menu(workbench.titleAction('More Actions'), 'Find Label Errors', 'left')).click();
    await workbench.input(title, 'Choose other settings');
    await answer(workbench, 5, '', '', 'scores.npy');
    await workbench.page.locator('input[placeholder="240 rows miss the sum 1, by up to 0.25"]').waitFor();
    await workbench.screenshot('find-normalise');
    await workbench.input('(4/5)', 'Normalise rows');
    await workbench.input('(5/5)', '');
    await result(workbench);
  });

  journey('says at once which folds and models cannot be', async ({ workbench }) => {
    await findWithOthers(workbench);
    await answer(workbench, 4, '', '', 'other folds');
    await workbench.page.locator('.quick-input-title', { hasText: '(4/5)' }).waitFor();
    await workbench.inputBox().fill('1');
    await workbench.inputMessage().getByText('A whole number from 2 on.').waitFor();
    await workbench.page.keyboard.press('Escape');
    await findWithOthers(workbench);
    await answer(workbench, 4, '', '', 'Own model');
    await workbench.page.locator('.quick-input-title', { hasText: '(4/5)' }).waitFor();
    await workbench.inputBox().fill('https://example.com');
    await workbench
      .inputMessage()
      .getByText(/^Give a function or a pipeline: model\.py:predict_proba/)
      .waitFor();
    await workbench.inputBox().fill('nodel.py:predict_proba');
    await workbench
      .inputMessage()
      .getByText(/^There is no file .*nodel\.py/)
      .waitFor();
    await workbench.screenshot('find-model');
    await workbench.page.keyboard.press('Escape');
    expect(await workbench.page.locator('.notification-toast').count()).toBe(0);
  });

  journey('shows how far it is, and keeps what was found when it is cancelled', async ({ workbench }) => {
    await findWithOthers(workbench);
    await answer(workbench, 5, '', '', 'Own model', 'model.py:predict_proba', 'both');
    await workbench.page.getByText(/^mails\.csv: Predicting, [1-9]\d %$/).waitFor();
    await dataset(workbench).hover();
    await workbench.screenshot('find-progress');
    await dataset(workbench).locator('.action-label[aria-label="Cancel Finding Label Errors"]').click();
    await workbench.page.locator('.pane-body').getByText(`${found}.`, { exact: true }).waitFor();
    await workbench.treeRow('invoice → spam').waitFor();
    expect(await workbench.page.locator('.notification-toast').count()).toBe(0);
  });

  journey('remembers the answers, and goes on where the model was stopped', async ({ workbench }) => {
    await workbench.command('Flag & Review: Find Label Errors');
    await workbench.page.getByText('text → label, model.py:predict_proba, both', { exact: true }).waitFor();
    await workbench.screenshot('find-again');
    await workbench.input(title, 'Find again');
    await result(workbench);
  });

  journey(
    'says what a model lacks, and keeps what was found',
    async ({ workbench }) => {
      await findWithOthers(workbench);
      await answer(workbench, 5, '', '', 'Own model', 'model.py:predict', '');
      await workbench.notification('model.py has no function predict. It has: predict_proba, scores.').waitFor();
      await workbench.screenshot('find-no-function');
      await dataset(workbench).getByText('24 candidates').waitFor();
    },
    /has no function predict/,
  );
});
