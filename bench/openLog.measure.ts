/** How long the flag-log editor and the plain text editor take to show the same log, and what scrolling costs. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Frame, Locator } from 'playwright-core';
import { expect, it } from 'vitest';
import { launchChromium } from '../scripts/chromium.mjs';
import type { VscodeServer } from '../scripts/startServer.mjs';
import { startCodeServer } from '../test/e2e/harness/codeServer';
import { Workbench } from '../test/e2e/harness/workbench';
import { memoryOf, type Memory } from './extensionHost';

const rows = 100_000;
const rounds = 7;
/** Places at which the grid is drawn on its way from the first row to the last. */
const stops = 400;

it('measures the opening and scrolling of a log', async () => {
  const server = await startCodeServer();
  const browser = await launchChromium();
  try {
    const size = writeLogs(server);
    const workbench = await Workbench.open(browser, server);
    const grid = (): Locator => workbench.webview().getByRole('gridcell', { name: 'text 0', exact: true });
    const lines = (): Locator => workbench.page.locator('.view-line', { hasText: 'timestamp' });
    const before = memoryOf(server.output());
    const first = await timeToShow(workbench, 'logs.csv', grid);
    const opened = memoryOf(server.output());
    const { mostRows, scrolled } = await scroll(await workbench.webviewFrame(), () => memoryOf(server.output()));
    await closeAll(workbench, grid);
    const [ours, text]: [number[], number[]] = [[], []];
    for (let round = 0; round < rounds; round++) {
      ours.push(await timeToShow(workbench, 'logs.csv', grid));
      await closeAll(workbench, grid);
      text.push(await timeToShow(workbench, 'plain.csv', lines));
      await closeAll(workbench, lines);
    }
    const folder = process.env.FLAG_REVIEW_MEASURES;
    const measures = { rows, size, first, ours, text, mostRows, before, opened, scrolled };
    if (folder) writeFileSync(path.join(folder, 'openLog.json'), JSON.stringify(measures));
  } finally {
    await browser.close();
    await server.stop();
  }
}, 900_000);

/** The same log twice: in a flagging directory, where our editor opens it, and in another one. @returns its bytes */
function writeLogs({ workspace }: VscodeServer): number {
  const lines = Array.from({ length: rows }, (_, row) => {
    const time = `2026-11-21 10:00:00.${String(row).padStart(6, '0')}`;
    return `text ${row},"a reply, with a ""quote"" and some more words",${row % 9},${row % 3 ? 'wrong' : 'unsure'},${time}\r\n`;
  });
  const content = `text,reply,score,flag,timestamp\r\n${lines.join('')}`;
  mkdirSync(path.join(workspace, 'flagged'), { recursive: true });
  for (const file of ['flagged/logs.csv', 'plain.csv']) writeFileSync(path.join(workspace, file), content);
  return content.length;
}

/** Milliseconds from the key that opens a file to a frame in which its first row is drawn. */
async function timeToShow(workbench: Workbench, file: string, row: () => Locator): Promise<number> {
  const { page } = workbench;
  await page.keyboard.press('Control+P');
  await workbench.inputBox().fill(file);
  await page.locator(`.quick-input-list .monaco-list-row.focused[aria-label^="${file}"]`).waitFor();
  const start = performance.now();
  await page.keyboard.press('Enter');
  await row().waitFor();
  await row().evaluate(() => new Promise((drawn) => requestAnimationFrame(drawn)));
  return performance.now() - start;
}

async function closeAll(workbench: Workbench, row: () => Locator): Promise<void> {
  await workbench.command('View: Close All Editors');
  await row().waitFor({ state: 'detached' });
}

/** Scrolls the grid from the first row to the last. @returns the most rows that it had in the page at once */
async function scroll(page: Frame, memory: () => Memory): Promise<{ mostRows: number; scrolled: Memory }> {
  let mostRows = 0;
  let scrolled = memory();
  for (let stop = 1; stop <= stops; stop++) {
    const drawn = await page.evaluate(rowsAfterScroll, stop / stops);
    mostRows = Math.max(mostRows, drawn);
    const now = memory();
    if (now.rss > scrolled.rss) scrolled = now;
  }
  await page.getByRole('gridcell', { name: `text ${rows - 1}`, exact: true }).waitFor();
  expect(mostRows).toBeGreaterThan(0);
  return { mostRows, scrolled };
}

/** Runs in the page. */
async function rowsAfterScroll(part: number): Promise<number> {
  const grid = document.querySelector('[role="grid"]');
  if (!grid) throw new Error('There is no grid.');
  grid.scrollTop = part * (grid.scrollHeight - grid.clientHeight);
  await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
  return grid.querySelectorAll('.grid-body [role="row"]').length;
}
