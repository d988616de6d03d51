import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect } from 'vitest';
import { accessibilityViolations } from './harness/accessibility';
import { openVscode } from './harness/journey';
import { themes } from './harness/themes';

const time = /\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{6}/g;
const complaint = 'It broke after a day and nobody answered.';

describe('the classifier demo', () => {
  const journey = openVscode();

  journey('opens on a dataset, whose columns it proposes, and says how often it is right', async ({ workbench }) => {
    await workbench.openView('Explorer');
    await workbench.contextMenu('reviews.csv', 'Open Classifier Demo');
    const row = workbench.page.locator('.quick-input-list .monaco-list-row');
    await row.filter({ hasText: 'text' }).filter({ hasText: 'proposed' }).waitFor();
    await workbench.screenshot('classifier-columns');
    await workbench.input('Column of reviews.csv that holds the texts', '');
    await row.filter({ hasText: 'label' }).filter({ hasText: 'proposed' }).waitFor();
    await workbench.input('Column of reviews.csv that holds the labels', '');
    const page = workbench.webview();
    await page.getByRole('heading', { name: 'Reviews' }).waitFor();
    await page.getByText('learned 2 classes from 200 records of reviews.csv').waitFor();
    await page.getByText(/By cross-validation with 5 folds it predicts 9\d\.\d %/).waitFor();
  });

  journey('predicts a text with confidences, and keeps its flag in the log', async ({ workbench, server }) => {
    const page = workbench.webview();
    await page.getByLabel('text').fill(complaint);
    await page.getByRole('button', { name: 'Submit' }).click();
    await page.getByText('negative').first().waitFor();
    await page
      .getByText(/^(100|9\d)%$/)
      .first()
      .waitFor();
    await page.getByRole('button', { name: 'Flag', exact: true }).click();
    await page.getByText('Flagged', { exact: true }).first().waitFor();
    const log = readFileSync(path.join(server.workspace, 'flagged', 'logs.csv'), 'utf8');
    const [header, sample] = log.replace(time, 'TIME').trim().split('\r\n');
    expect(header).toBe('text,label,timestamp');
    expect(sample).toMatch(/^It broke after a day and nobody answered\.,.*negative.*,TIME$/);
  });

  for (const [theme, { workbench: kind }] of themes) {
    journey(`looks right and is accessible in ${theme}`, async ({ workbench }) => {
      await workbench.theme(theme);
      expect(await accessibilityViolations(await workbench.webviewFrame())).toEqual([]);
      await workbench.screenshot(`classifier-${kind}`);
    });
  }

  journey('comes back after the window is reloaded', async ({ workbench }) => {
    await workbench.stored('reviews.csv');
    await workbench.reload();
    const page = workbench.webview();
    await expect.poll(() => page.getByLabel('text').inputValue()).toBe(complaint);
    await page.getByRole('button', { name: 'Submit' }).click();
    await page.getByText('negative').first().waitFor();
  });

  journey('is a definition, too, with flagging options', async ({ workbench, server }) => {
    await workbench.openFile('reviews.demo.json');
    await workbench.titleAction('Open Demo').click();
    const page = workbench.webview();
    await page.getByRole('heading', { name: 'What kind of review is it?' }).waitFor();
    await page.getByLabel('text').fill('What a lovely museum!');
    await page.getByRole('button', { name: 'Submit' }).click();
    await page.getByText('positive').first().waitFor();
    await page.getByRole('button', { name: 'Should be negative' }).click();
    await page.getByText('Flagged as “negative”').first().waitFor();
    expect(existsSync(path.join(server.workspace, 'flagged', 'logs-2.csv'))).toBe(true);
  });
});
