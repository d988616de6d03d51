import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import { describe, expect } from 'vitest';
import { openVscode } from './harness/journey';
import { themes } from './harness/themes';
import type { Workbench } from './harness/workbench';

const time = (second: number): string => `2026-11-21 10:00:0${second}.123456`;
const header = 'image,caption,flag,timestamp\r\n';
const cat = `image/0.png,a cat,wrong,${time(1)}`;
const dog = `image/1.png,a dog,unsure,${time(2)}`;
const mended = `${header}${cat}\r\n${dog}\r\n`;

/** A log in which a row stands on the line of another one and the header stands again, with a file of no row. */
function writeLogs(workspace: string): void {
  const folder = path.join(workspace, 'flagged');
  mkdirSync(path.join(folder, 'image'), { recursive: true });
  for (const name of ['0', '1', '7']) {
    cpSync(path.join(workspace, 'images', 'checkers.png'), path.join(folder, 'image', `${name}.png`));
  }
  writeFileSync(path.join(folder, 'logs.csv'), `${header}${cat}${dog}\r\n${header}`);
  mkdirSync(path.join(workspace, 'older'));
  const old = `'text','flag','username','timestamp'\n'before that','wrong','ada','2021-01-01 00:00:00.000000'\n`;
  writeFileSync(path.join(workspace, 'older', 'log.csv'), old);
}

function pick(workbench: Workbench, text: string): Locator {
  return workbench.page.locator('.quick-input-widget:visible .monaco-list-row').filter({ hasText: text });
}

/** The comparison of a log with what the fixes make of it. */
function fixTab(workbench: Workbench): Locator {
  return workbench.page.locator('.tabs-container .tab').filter({ hasText: 'as it is ↔ mended' });
}

describe('the care of flag logs', () => {
  const journey = openVscode();

  journey('lists what is wrong with a log, and what can be mended', async ({ workbench, server }) => {
    writeLogs(server.workspace);
    await workbench.command('Flag & Review: Check Flag Log');
    await workbench.input('Flag log to check', 'flagged/logs.csv');
    await pick(workbench, 'Put the second row on a line of its own').waitFor();
    await pick(workbench, 'Remove the repeated header').waitFor();
    await pick(workbench, 'Put a file that no row names to the trash').waitFor();
  });

  for (const [theme, { workbench: kind }] of themes) {
    journey(`what was found looks right in ${theme}`, async ({ workbench }) => {
      await workbench.theme(theme);
      await workbench.screenshot(`log-doctor-${kind}`);
    });
  }

  journey('shows the fixes before it makes them', async ({ workbench, server }) => {
    await workbench.inputBox().press('Enter');
    await pick(workbench, 'Do Nothing').waitFor();
    await fixTab(workbench).waitFor();
    expect(readFileSync(path.join(server.workspace, 'flagged', 'logs.csv'), 'utf8')).not.toBe(mended);
  });

  for (const [theme, { workbench: kind }] of themes) {
    journey(`a fix looks right in ${theme}`, async ({ workbench }) => {
      await workbench.theme(theme);
      await workbench.screenshot(`log-doctor-fix-${kind}`);
    });
  }

  journey('makes them in the document, which is saved as any other', async ({ workbench, server }) => {
    await workbench.inputBox().press('Enter');
    await fixTab(workbench).waitFor({ state: 'detached' });
    await workbench.save();
    await expect.poll(() => readFileSync(path.join(server.workspace, 'flagged', 'logs.csv'), 'utf8')).toBe(mended);
    expect(existsSync(path.join(server.workspace, 'flagged', 'image', '7.png'))).toBe(true);
  });

  journey('merges logs of two eras into one, after showing what that will be', async ({ workbench }) => {
    await workbench.command('Flag & Review: Merge Flag Logs');
    await pick(workbench, 'older/log.csv').click();
    await pick(workbench, 'flagged/logs.csv').click();
    await workbench.inputBox().press('Enter');
    await workbench.input('Layout of the merged log', '');
    await workbench.input('Directory for the merged log', 'merged');
    await pick(workbench, 'Merge 3 Samples of 2 Logs').waitFor();
  });

  for (const [theme, { workbench: kind }] of themes) {
    journey(`what a merge will be looks right in ${theme}`, async ({ workbench }) => {
      await workbench.theme(theme);
      await workbench.screenshot(`merge-${kind}`);
    });
  }

  journey('opens the merged log, its files beside it', async ({ workbench, server }) => {
    await workbench.inputBox().press('Enter');
    const page = workbench.webview();
    await page.getByRole('gridcell', { name: 'before that', exact: true }).waitFor();
    await page.getByRole('gridcell', { name: 'a dog', exact: true }).waitFor();
    await workbench.screenshot('merged');
    expect(existsSync(path.join(server.workspace, 'older', 'log.csv'))).toBe(true);
  });
});
