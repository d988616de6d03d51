import path from 'node:path';
import { describe } from 'vitest';
import { openCalculator, subtract } from './harness/calculator';
import { openVscode } from './harness/journey';

const media = path.resolve(import.meta.dirname, '../../media');

describe('the pictures of the README', () => {
  const journey = openVscode(() => ({ settings: { 'editor.minimap.enabled': false } }));

  journey('shows a flagged calculation beside its definition', async ({ workbench }) => {
    const { page: window } = workbench;
    await window.setViewportSize({ width: 1400, height: 680 });
    const page = await openCalculator(workbench);
    await workbench.command('View: Toggle Primary Side Bar Visibility');
    await subtract(page, '5', '7.5');
    await page.getByText('-2.5', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Flag as wrong sign' }).click();
    await page.getByText('Flagged as “wrong sign”').first().waitFor();
    await window.mouse.move(0, 0);
    await window.screenshot({ path: path.join(media, 'screenshot.png') });
  });

  journey('shows a label-error candidate of the examples and why it is one', async ({ workbench }) => {
    const { page: window } = workbench;
    await window.setViewportSize({ width: 1400, height: 860 });
    await workbench.command('View: Close All Editors');
    await workbench.openFile('reviews.csv');
    await workbench.command('Flag & Review: Find Label Errors');
    for (const step of [1, 2, 3, 4]) await workbench.input(`Find Label Errors in reviews.csv (${step}/4)`, '');
    await window.locator('.notification-toast').getByRole('button', { name: 'Review', exact: true }).click();
    const page = workbench.webview();
    await page.locator('#record-heading').waitFor();
    await page.getByText('Similar records with another label').waitFor();
    await workbench.command('View: Close Primary Side Bar');
    await window.mouse.move(0, 0);
    await window.screenshot({ path: path.join(media, 'review.png') });
  });
});
