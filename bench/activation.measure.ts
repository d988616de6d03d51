/** What VS Code itself reports of the extension's activation, in one window after the other. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { it, vi } from 'vitest';
import { launchChromium } from '../scripts/chromium.mjs';
import { startCodeServer } from '../test/e2e/harness/codeServer';
import { Workbench } from '../test/e2e/harness/workbench';

/** Each has an extension host of its own. */
const windows = 7;

it('measures activation', async () => {
  const server = await startCodeServer();
  const browser = await launchChromium();
  try {
    const activations: Activation[] = [];
    for (let count = 0; count < windows; count++) {
      const workbench = await Workbench.open(browser, server);
      await workbench.openFile('calculator.demo.json');
      activations.push(await activationOf(workbench));
      await workbench.close();
    }
    const folder = process.env.FLAG_REVIEW_MEASURES;
    if (folder) writeFileSync(path.join(folder, 'activation.json'), JSON.stringify(activations));
  } finally {
    await browser.close();
    await server.stop();
  }
}, 900_000);

/** Milliseconds. */
interface Activation {
  /** Of `require`. */
  readonly load: number;
  /** Of `activate`. */
  readonly call: number;
}

/** What `Developer: Startup Performance` says; its tables are filled in once they are ready. */
async function activationOf(workbench: Workbench): Promise<Activation> {
  await workbench.command('Developer: Startup Performance');
  const row = await vi.waitFor(() => activationRow(workbench), { timeout: 60_000, interval: 2_000 });
  return { load: Number(row[3]), call: Number(row[4]) };
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
