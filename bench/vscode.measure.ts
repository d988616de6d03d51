/** The memory of the extension host, before and after many flags. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { launchChromium } from '../scripts/chromium.mjs';
import { startCodeServer } from '../test/e2e/harness/codeServer';
import { Workbench } from '../test/e2e/harness/workbench';
import { memoryOf } from './extensionHost';

const flagged = 1_000;

it('measures memory', async () => {
  const server = await startCodeServer();
  const browser = await launchChromium();
  try {
    const workbench = await Workbench.open(browser, server);
    await workbench.openFile('calculator.demo.json');
    await workbench.titleAction('Open Demo').click();
    const page = workbench.webview();
    await page.getByRole('button', { name: 'Use example 1' }).click();
    const submit = page.getByRole('button', { name: 'Submit' });
    const flag = page.getByRole('button', { name: 'Flag as correct' });
    const flagOnce = async (): Promise<void> => {
      await submit.click();
      await expect.poll(() => flag.isEnabled(), { interval: 5 }).toBe(true);
      await flag.click();
      await page.getByText('Flagged as “correct”').first().waitFor();
    };
    await flagOnce();
    const before = memoryOf(server.output());
    for (let count = 0; count < flagged; count++) await flagOnce();
    const after = memoryOf(server.output());
    const folder = process.env.FLAG_REVIEW_MEASURES;
    const measures = { flagged, before, after };
    if (folder) writeFileSync(path.join(folder, 'vscode.json'), JSON.stringify(measures));
  } finally {
    await browser.close();
    await server.stop();
  }
}, 900_000);
