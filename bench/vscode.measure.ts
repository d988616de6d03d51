/** What VS Code itself reports of the extension, and the memory of its extension host, printed as one JSON object. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it, vi } from 'vitest';
import { launchChromium } from '../scripts/chromium.mjs';
import { startCodeServer } from '../test/e2e/harness/codeServer';
import { Workbench } from '../test/e2e/harness/workbench';
import { memoryOf } from './extensionHost';

const flagged = 1_000;

it('measures activation and memory', async () => {
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
    const activation = await activationOf(workbench);
    const folder = process.env.FLAG_REVIEW_MEASURES;
    const measures = { activation, flagged, before, after };
    if (folder) writeFileSync(path.join(folder, 'vscode.json'), JSON.stringify(measures));
  } finally {
    await browser.close();
    await server.stop();
  }
}, 900_000);

/** What `Developer: Startup Performance` says, in milliseconds; its tables are filled in once they are ready. */
async function activationOf(workbench: Workbench): Promise<Record<string, number>> {
  await workbench.command('Developer: Startup Performance');
  const row = await vi.waitFor(() => activationRow(workbench), { timeout: 60_000, interval: 2_000 });
  return { load: Number(row[3]), call: Number(row[4]), finish: Number(row[5]) };
}

async function activationRow({ page }: Workbench): Promise<readonly string[]> {
  await page.locator('.view-line', { hasText: 'System Info' }).first().click();
  await page.keyboard.press('Control+A');
  await page.keyboard.press('Control+C');
  await page.waitForTimeout(300);
  const text = await page.evaluate(() => navigator.clipboard.readText());
  const row = text
    .split('\n')
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .find((cells) => cells[1] === 'flag-review.flag-review');
  if (!row) throw new Error('VS Code reports no activation.');
  return row;
}
