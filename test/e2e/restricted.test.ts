import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect } from 'vitest';
import { openVscode } from './harness/journey';

describe('a workspace that is not trusted', () => {
  const journey = openVscode(() => ({ trust: false }));

  journey('runs nothing and says so; flagging text still works', async ({ workbench, server }) => {
    const restricted = workbench.statusBarItem('Restricted Mode');
    // The newest build starts in Restricted Mode with a banner; the oldest asks in a dialog.
    const no = workbench.page.locator('.monaco-dialog-box .monaco-button', { hasText: 'No, I don' });
    await restricted.or(no).first().waitFor();
    if ((await no.count()) > 0) await no.click();
    await restricted.waitFor();
    await workbench.openFile('calculator.demo.json');
    await workbench.titleAction('Open Demo').click();
    const page = workbench.webview();
    await page.getByText(/trust/i).first().waitFor();
    expect(await page.getByRole('button', { name: 'Submit' }).isDisabled()).toBe(true);
    await workbench.screenshot('restricted');
    await workbench.openFile('README.md');
    await workbench.command('Flag & Review: Flag Sample');
    await workbench.input('Flag 1 sample', 'unclear');
    const log = path.join(server.workspace, 'flagged', 'selections', 'logs.csv');
    await expect.poll(() => existsSync(log) && readFileSync(log, 'utf8')).toContain('README.md:1');
  });

  journey('shows and un-flags what was flagged, but opens no demo', async ({ workbench, server }) => {
    const log = path.join(server.workspace, 'flagged', 'selections', 'logs.csv');
    const before = readFileSync(log, 'utf8');
    await workbench.openView('Flag & Review');
    const sample = workbench.page.locator('.sidebar .monaco-list-row[aria-label*="not reviewed"]').first();
    await workbench.menu(sample, 'Un-flag');
    const menu = workbench.page.locator('.monaco-menu-container:visible .action-item');
    expect(await menu.filter({ hasText: 'Open in Demo' }).count()).toBe(0);
    await workbench.page.keyboard.press('Escape');
    await sample.hover();
    await sample.locator('.action-label[aria-label="Un-flag"]').click();
    await sample.waitFor({ state: 'detached' });
    await workbench.statusBarItem('Un-flagged 1 sample').click();
    await sample.waitFor();
    expect(readFileSync(log, 'utf8')).toBe(before);
  });

  journey('trains no classifier either', async ({ workbench }) => {
    await workbench.openView('Explorer');
    await workbench.contextMenu('reviews.csv', 'Open Classifier Demo');
    await workbench.input('Column of reviews.csv that holds the texts', '');
    await workbench.input('Column of reviews.csv that holds the labels', '');
    const page = workbench.webview();
    await page.getByText('This workspace is not trusted').waitFor();
    expect(await page.getByText('Problems of the definition').count()).toBe(0);
    await workbench.screenshot('restricted-classifier');
    await workbench.command('View: Close Editor');
  });

  journey('runs after it was trusted', async ({ workbench }) => {
    await workbench.statusBarItem('Restricted Mode').click();
    await workbench.page.locator('.workspace-trust-editor .monaco-button', { hasText: /^Trust$/ }).click();
    await workbench.statusBarItem('Restricted Mode').waitFor({ state: 'detached' });
    await workbench.tab('Calculator').click();
    const page = workbench.webview();
    await page.getByRole('button', { name: 'Use example 1' }).click();
    await page.getByRole('button', { name: 'Submit' }).click();
    await page.getByText('8', { exact: true }).first().waitFor();
  });
});
