import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect } from 'vitest';
import { changedLines } from './harness/changedLines';
import { flagWrongSign, openCalculator, subtract } from './harness/calculator';
import { openVscode } from './harness/journey';

const header = 'num1,operation,num2,Output,flag,timestamp';

describe('from a flag to the function that is mended', () => {
  const journey = openVscode();

  journey('two samples are flagged, and one of them is taken back in the view', async ({ workbench, server }) => {
    const page = await openCalculator(workbench);
    await subtract(page, '9', '4');
    await page.getByText('5', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Flag as wrong sign' }).click();
    await page.getByText('Flagged as “wrong sign”').first().waitFor();
    await flagWrongSign(page);
    const log = path.join(server.workspace, 'flagged', 'logs.csv');
    await expect.poll(() => readFileSync(log, 'utf8').split('\r\n').length).toBe(4);
    await workbench.openView('Flag & Review');
    await workbench.treeRow('5, subtract, 7.5 → -2.5').waitFor();
    await workbench.contextMenu('9, subtract, 4 → 5', 'Un-flag');
    await workbench.treeRow('9, subtract, 4 → 5').waitFor({ state: 'detached' });
    expect(readFileSync(log, 'utf8')).toMatch(
      new RegExp(`^${header}\r\n5,subtract,7\\.5,-2\\.5,wrong sign,[^\r\n]+\r\n$`),
    );
  });

  journey('the other one is edited, which changes one line of the log', async ({ workbench, server }) => {
    const log = path.join(server.workspace, 'flagged', 'logs.csv');
    const before = path.join(server.workspace, '..', 'before.csv');
    writeFileSync(before, readFileSync(log));
    await workbench.treeRow('5, subtract, 7.5 → -2.5').dblclick();
    const page = workbench.webview();
    await page.getByRole('gridcell', { name: '-2.5', exact: true }).dblclick();
    await page.locator('.cell-editor').fill('-2.50');
    await workbench.page.keyboard.press('Control+S');
    await expect.poll(() => readFileSync(log, 'utf8')).toContain(',-2.50,wrong sign,');
    expect(changedLines(before, log)).toBe('1 1');
    await workbench.screenshot('loop-edited');
  });

  journey('a replay finds it still wrong, then fixed, and un-flags it', async ({ workbench, server }) => {
    await workbench.command('Flag & Review: Replay Flagged Samples');
    const page = workbench.webview();
    await page.getByRole('button', { name: 'Still wrong 1' }).waitFor();
    const file = path.join(server.workspace, 'calculator.py');
    writeFileSync(file, readFileSync(file, 'utf8').replace('return num1 - num2', 'return abs(num1 - num2)'));
    await page.getByText('The function changed after this run.').waitFor();
    await page.getByRole('button', { name: 'Run Again' }).click();
    await page.getByRole('button', { name: 'Fixed 1' }).waitFor();
    await page.getByRole('button', { name: 'Un-flag the Fixed One' }).click();
    await workbench.page.locator('.monaco-dialog-box').getByRole('button', { name: 'Un-flag' }).click();
    await page.getByText('flag taken back', { exact: true }).waitFor();
    await workbench.screenshot('loop-fixed');
    expect(readFileSync(path.join(server.workspace, 'flagged', 'logs.csv'), 'utf8')).toBe(`${header}\r\n`);
  });
});
