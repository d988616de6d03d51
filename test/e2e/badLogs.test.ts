import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { FrameLocator } from 'playwright-core';
import { describe, expect } from 'vitest';
import { memoryOf } from '../../bench/extensionHost';
import { accessibilityViolations } from './harness/accessibility';
import { openVscode, type Vscode } from './harness/journey';
import { darkTheme, themes } from './harness/themes';

const header = 'text,Output,flag,timestamp\r\n';
const row = (text: string) => `${text},out,wrong,2026-11-21 10:00:00.000000\r\n`;

/** Writes a file of the workspace and opens it by its name. */
async function open({ workbench, server }: Vscode, name: string, content: string | Buffer): Promise<FrameLocator> {
  const file = path.join(server.workspace, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, content);
  await workbench.page.keyboard.press('Control+P');
  await workbench.inputBox().fill(name);
  const label = path.basename(name);
  await workbench.page.locator(`.quick-input-list .monaco-list-row.focused[aria-label^="${label}"]`).waitFor();
  await workbench.page.keyboard.press('Enter');
  // A large log is shown twice until the editor of parts of files has taken its place.
  await workbench.tab(label).first().waitFor();
  return workbench.webview();
}

describe('logs that are hard on an editor', () => {
  const journey = openVscode();

  journey('10,000 columns scroll sideways, a screen of them in the page', async (vscode) => {
    const { workbench } = vscode;
    const columns = 10_000;
    const cells = (name: string): string => Array.from({ length: columns }, (_, column) => `${name}${column}`).join();
    const rows = Array.from({ length: 50 }, (_, number) => `${cells(`r${number}c`)}\r\n`);
    const page = await open(vscode, 'flagged/wide.csv', `${cells('c')}\r\n${rows.join('')}`);
    await page.getByRole('gridcell', { name: 'r0c0', exact: true }).waitFor({ timeout: 60_000 });
    expect(await page.getByRole('grid').getAttribute('aria-colcount')).toBe(String(columns + 1));
    const frame = await workbench.webviewFrame();
    for (const part of [0.25, 0.5, 0.75, 1]) {
      expect(await frame.evaluate(cellsAfterScroll, part)).toBeLessThan(1000);
    }
    await page.getByRole('gridcell', { name: `r0c${columns - 1}`, exact: true }).waitFor({ timeout: 60_000 });
    await page.getByText('no flag log of a known kind').waitFor();
    await workbench.screenshot('flag-log-wide');
  });

  journey('a cell of 5 MB is clipped with its length', async (vscode) => {
    const { workbench } = vscode;
    const text = 'It was a dark night. '.repeat(250_000);
    const page = await open(vscode, 'flagged/long.csv', header + row(text) + row('short'));
    await page.getByRole('gridcell', { name: /5\.3M characters$/ }).click();
    await page.getByText('The first 4,000 of 5,250,000 characters.').waitFor();
    await workbench.page.keyboard.press('F2');
    await page.getByText('too many to be edited here').waitFor();
  });

  for (const [theme, { workbench: kind }] of themes) {
    journey(`what is told of it looks right and is accessible in ${theme}`, async ({ workbench }) => {
      await workbench.theme(theme);
      expect(await accessibilityViolations(await workbench.webviewFrame())).toEqual([]);
      await workbench.screenshot(`flag-log-long-cell-${kind}`);
    });
  }

  journey('the whole cell opens beside it', async ({ workbench }) => {
    await workbench.theme(darkTheme);
    await workbench.webview().getByRole('button', { name: 'Open the Whole Cell' }).click();
    await workbench.tab('text of sample 1.txt').waitFor();
    await workbench.command('View: Close All Editors');
  });

  journey('200 MB open, are searched and copied, in little memory', async (vscode) => {
    const { workbench, server } = vscode;
    const chunk = Array.from({ length: 10_000 }, () => row('some words that fill a line of the log')).join('');
    const count = Math.ceil((200 * 2 ** 20) / chunk.length);
    const before = memoryOf(server.output());
    const page = await open(vscode, 'flagged/large.csv', header + chunk.repeat(count) + row('the last one'));
    await page.getByText('finding, filtering and copying work').waitFor({ timeout: 60_000 });
    const total = 10_000 * count + 1;
    await page.getByText(`${total.toLocaleString()} samples`).first().waitFor();
    await page.getByLabel('Search all columns').fill('THE LAST');
    await page.getByText('Searching the file').first().waitFor();
    await page.getByText(`1 of ${total.toLocaleString()} samples`).first().waitFor({ timeout: 60_000 });
    await page.getByRole('gridcell', { name: 'the last one' }).click();
    await workbench.page.keyboard.press('Control+C');
    await expect.poll(() => clipboard(vscode)).toBe('the last one');
    await page.getByRole('button', { name: 'Clear', exact: true }).click();
    await page.getByRole('columnheader', { name: 'Output' }).click();
    await page.getByText('stays in its own order').waitFor();
    await workbench.screenshot('flag-log-large');
    await workbench.page.keyboard.press('Escape');
    await page.getByRole('grid').focus();
    await workbench.page.keyboard.press('Control+Home');
    await workbench.page.keyboard.press('Shift+ArrowDown');
    await workbench.page.keyboard.press('Control+C');
    await expect.poll(() => clipboard(vscode)).toBe(row('some words that fill a line of the log').repeat(2));
    await page.getByLabel('Search all columns').fill('nowhere to be found');
    await page.getByRole('button', { name: 'Stop the search' }).click();
    await page.getByText(`${total.toLocaleString()} samples`).first().waitFor();
    expect(memoryOf(server.output()).pss - before.pss).toBeLessThan(150);
    truncateSync(
      path.join(server.workspace, 'flagged/large.csv'),
      header.length + 2 * row('some words that fill a line of the log').length,
    );
    await page.getByText('2 samples', { exact: true }).first().waitFor();
    rmSync(path.join(server.workspace, 'flagged/large.csv'));
    await page.getByRole('alert').getByText('There is no file').waitFor();
    await workbench.command('View: Close All Editors');
  });

  journey('a log that is deleted or renamed keeps what was typed, and is saved anew', async (vscode) => {
    const { workbench, server } = vscode;
    const page = await open(vscode, 'flagged/gone.csv', header + row('first') + row('second'));
    const file = path.join(server.workspace, 'flagged/gone.csv');
    await page.getByRole('gridcell', { name: 'first' }).dblclick();
    await page.locator('.cell-editor').fill('mine');
    await workbench.page.keyboard.press('Enter');
    await page.getByRole('gridcell', { name: 'mine' }).waitFor();
    renameSync(file, `${file}.old`);
    await page.getByText('The file is gone').waitFor();
    await workbench.screenshot('flag-log-gone');
    await page.getByRole('grid').focus();
    await workbench.page.keyboard.press('Control+S');
    await expect.poll(() => existsSync(file) && readFileSync(file, 'utf8')).toBe(header + row('mine') + row('second'));
    await page.getByText('The file is gone').waitFor({ state: 'detached' });
  });

  journey('deleted rows take their files with them only where a person says so', async (vscode) => {
    const { workbench, server } = vscode;
    const folder = path.join(server.workspace, 'flagged');
    mkdirSync(path.join(folder, 'image'), { recursive: true });
    const images = [0, 1, 2].map((number) => path.join(folder, 'image', `${number}.png`));
    for (const image of images) cpSync(path.join(server.workspace, 'images', 'checkers.png'), image);
    const rows = images.map((_, number) => row(`image/${number}.png`));
    const page = await open(vscode, 'flagged/logs.csv', `image,Output,flag,timestamp\r\n${rows.join('')}`);
    const answer = async (button: string): Promise<void> => {
      await page
        .getByRole('gridcell', { name: /^image\/\d\.png$/ })
        .first()
        .click();
      await workbench.page.keyboard.press('Delete');
      await workbench.page.locator('.monaco-dialog-box').getByRole('button', { name: button, exact: true }).click();
    };
    await answer('Cancel');
    expect(await page.getByRole('gridcell', { name: /^image\/\d\.png$/ }).count()).toBe(3);
    await answer('Delete Rows Only');
    await page.getByText('2 samples', { exact: true }).first().waitFor();
    await answer('Delete Rows and Files');
    await page.getByText('1 sample', { exact: true }).first().waitFor();
    expect(images.map((image) => existsSync(image))).toEqual([true, true, true]);
    await workbench.save();
    await expect.poll(() => images.map((image) => existsSync(image))).toEqual([true, false, true]);
    expect(readFileSync(path.join(folder, 'logs.csv'), 'utf8')).toBe(`image,Output,flag,timestamp\r\n${rows[2] ?? ''}`);
  });
});

function clipboard({ workbench }: Vscode): Promise<string> {
  return workbench.page.evaluate(() => navigator.clipboard.readText());
}

/** Runs in the page. @returns cells that are drawn at a part of the way to the last column */
async function cellsAfterScroll(part: number): Promise<number> {
  const grid = document.querySelector('[role="grid"]');
  if (!grid) throw new Error('There is no grid.');
  grid.scrollLeft = part * (grid.scrollWidth - grid.clientWidth);
  await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
  return grid.querySelectorAll('[role="gridcell"]').length;
}
