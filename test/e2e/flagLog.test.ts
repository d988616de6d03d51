import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { FrameLocator } from 'playwright-core';
import { describe, expect } from 'vitest';
import { accessibilityViolations } from './harness/accessibility';
import { changedLines } from './harness/changedLines';
import { openVscode, type Vscode } from './harness/journey';
import { themes } from './harness/themes';

const samples = 3_000;

/** A log as the image example writes it, with texts that are hard on a table. */
function writeLog(workspace: string): string {
  const folder = path.join(workspace, 'flagged');
  mkdirSync(path.join(folder, 'image'), { recursive: true });
  cpSync(path.join(workspace, 'images', 'checkers.png'), path.join(folder, 'image', '0.png'));
  const rows = Array.from({ length: samples }, (_, row) => {
    const text = row === 1 ? '"two\nlines, ""quoted"""' : row === 2 ? '<b>not bold</b>' : `text ${row}`;
    const label = `"{""label"": ""cat"", ""confidences"": [{""label"": ""cat"", ""confidence"": 0.${(row % 9) + 1}}]}"`;
    return `image/0.png,${text},${label},${row % 3 === 0 ? 'wrong' : 'unsure'},2026-11-21 10:00:00.${String(row).padStart(6, '0')}\r\n`;
  });
  const file = path.join(folder, 'logs.csv');
  writeFileSync(file, `image,caption,class,flag,timestamp\r\n${rows.join('')}`);
  return file;
}

async function openLog({ workbench, server }: Vscode): Promise<FrameLocator> {
  writeLog(server.workspace);
  await workbench.page.keyboard.press('Control+P');
  await workbench.inputBox().fill('flagged/logs.csv');
  await workbench.page.locator('.quick-input-list .monaco-list-row', { hasText: 'logs.csv' }).first().waitFor();
  await workbench.page.keyboard.press('Enter');
  const page = workbench.webview();
  await page.getByRole('gridcell', { name: 'text 0', exact: true }).waitFor();
  return page;
}

describe('the editor of a flag log', () => {
  const journey = openVscode();

  journey('shows a log of the flagging directory as a grid, windowed', async (vscode) => {
    const page = await openLog(vscode);
    const grid = page.getByRole('grid');
    expect(await grid.getAttribute('aria-rowcount')).toBe(String(samples + 1));
    expect(await page.getByRole('row').count()).toBeLessThan(80);
    await page.getByRole('gridcell', { name: '<b>not bold</b>' }).waitFor();
    await expect.poll(() => page.locator('.grid-thumbnail').first().evaluate(hasPixels)).toBe(true);
  });

  journey('shows the selected sample beside it', async ({ workbench }) => {
    const page = workbench.webview();
    await page.getByRole('gridcell', { name: 'text 0', exact: true }).click();
    await page.getByRole('heading', { name: 'Sample 1' }).waitFor();
    await expect.poll(() => page.locator('.side-image').evaluate(hasPixels)).toBe(true);
    await page.locator('.side').getByText('cat').first().waitFor();
  });

  for (const [theme, { workbench: kind }] of themes) {
    journey(`looks right and is accessible in ${theme}`, async ({ workbench }) => {
      await workbench.theme(theme);
      expect(await accessibilityViolations(await workbench.webviewFrame())).toEqual([]);
      await workbench.screenshot(`flag-log-${kind}`);
    });
  }

  journey('changes one line of the file for one edited cell', async ({ workbench, server }) => {
    const page = workbench.webview();
    const file = path.join(server.workspace, 'flagged', 'logs.csv');
    const before = path.join(server.workspace, '..', 'before.csv');
    cpSync(file, before);
    await page.getByRole('gridcell', { name: 'text 3', exact: true }).click();
    await workbench.page.keyboard.press('F2');
    await page.locator('.cell-editor').fill('a "better", caption');
    await workbench.page.keyboard.press('Control+S');
    await expect.poll(() => readFileSync(file, 'utf8')).toContain('"a ""better"", caption"');
    await expect.poll(() => changedLines(before, file)).toBe('1 1');
    await page.getByRole('gridcell', { name: 'a "better", caption' }).waitFor();
  });

  journey('takes the edit back by Ctrl+Z', async ({ workbench, server }) => {
    const page = workbench.webview();
    await page.getByRole('grid').focus();
    await workbench.page.keyboard.press('Control+Z');
    await page.getByRole('gridcell', { name: 'text 3', exact: true }).waitFor();
    await workbench.save();
    const file = path.join(server.workspace, 'flagged', 'logs.csv');
    const before = path.join(server.workspace, '..', 'before.csv');
    await expect.poll(() => readFileSync(file, 'utf8')).toBe(readFileSync(before, 'utf8'));
  });

  journey('keeps the rows that an app appends while a cell is being edited', async ({ workbench, server }) => {
    const page = workbench.webview();
    const file = path.join(server.workspace, 'flagged', 'logs.csv');
    await page.getByRole('gridcell', { name: 'text 4', exact: true }).click();
    await workbench.page.keyboard.press('Enter');
    await page.locator('.cell-editor').fill('mine');
    await workbench.page.keyboard.press('Enter');
    const theirs = 'image/0.png,theirs,"{""label"": ""dog""}",wrong,2026-11-21 11:00:00.000000\r\n';
    writeFileSync(file, theirs, { flag: 'a' });
    await expect.poll(() => page.getByRole('grid').getAttribute('aria-rowcount')).toBe(String(samples + 2));
    await workbench.save();
    await expect.poll(() => readFileSync(file, 'utf8')).toContain('image/0.png,mine,');
    expect(readFileSync(file, 'utf8').endsWith(theirs)).toBe(true);
    await expect.poll(() => readFileSync(file, 'utf8')).toContain('"two\nlines');
  });

  journey('filters, sorts and finds as a view', async ({ workbench, server }) => {
    const page = workbench.webview();
    const file = path.join(server.workspace, 'flagged', 'logs.csv');
    const before = readFileSync(file, 'utf8');
    await page.getByLabel('Search all columns').fill('text 299');
    await page
      .getByText(`11 of ${(samples + 1).toLocaleString()} samples`)
      .first()
      .waitFor();
    await page.getByRole('columnheader', { name: 'timestamp' }).click();
    await page.getByRole('columnheader', { name: 'timestamp' }).click();
    await page.getByRole('button', { name: 'Clear', exact: true }).click();
    await page.getByRole('grid').focus();
    await workbench.page.keyboard.press('Control+F');
    await page.getByLabel('Find in the log').fill('text 2500');
    await workbench.page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Sample 2501' }).waitFor();
    await workbench.screenshot('flag-log-found');
    expect(readFileSync(file, 'utf8')).toBe(before);
  });
});

function hasPixels(image: SVGElement | HTMLElement): boolean {
  return image instanceof HTMLImageElement && image.naturalWidth > 0;
}
