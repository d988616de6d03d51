import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect } from 'vitest';
import type { VscodeServer } from '../../scripts/startServer.mjs';
import { accessibilityViolations } from './harness/accessibility';
import { flagWrongSign, openCalculator } from './harness/calculator';
import { openVscode } from './harness/journey';
import { themes } from './harness/themes';

const time = '2026-01-02 03:04:05.678901';

/** Adds rows to the calculator's log, as a Gradio app that flags into it would. */
function flagMore(server: VscodeServer, rows: readonly string[]): void {
  const log = path.join(server.workspace, 'flagged', 'logs.csv');
  writeFileSync(log, readFileSync(log, 'utf8') + rows.map((row) => `${row},${time}\r\n`).join(''));
}

function changeFunction(server: VscodeServer, from: string, to: string): void {
  const file = path.join(server.workspace, 'calculator.py');
  const source = readFileSync(file, 'utf8');
  expect(source).toContain(from);
  writeFileSync(file, source.replace(from, to));
}

describe('a replay', () => {
  const journey = openVscode();

  journey('begins with a sample that is flagged with its right output', async ({ workbench, server }) => {
    const page = await openCalculator(workbench);
    await flagWrongSign(page);
    expect(readFileSync(path.join(server.workspace, 'flagged', 'notes.jsonl'), 'utf8')).toContain('{"Output":2.5}');
  });

  journey('finds it still wrong, and fixed once the function is mended', async ({ workbench, server }) => {
    flagMore(server, [
      '1,add,1,2,correct',
      '2,multiply,4,9,off by one',
      '1,divide,0,0,other',
      '10,subtract,4,6,correct',
    ]);
    await workbench.command('Flag & Review: Replay Flagged Samples');
    const page = workbench.webview();
    await page.getByText('5 samples were run.').first().waitFor();
    await page.getByRole('button', { name: 'Still wrong 1' }).waitFor();
    changeFunction(server, 'return num1 - num2', 'return abs(num1 - num2)');
    await page.getByText('The function changed after this run.').waitFor();
    await page.getByRole('button', { name: 'Run Again' }).click();
    await page.getByRole('button', { name: 'Fixed 1' }).waitFor();
    await page.getByRole('button', { name: 'Same 2' }).waitFor();
    await page.getByRole('button', { name: 'Newly different 1' }).waitFor();
    await page.getByRole('button', { name: 'Failed 1' }).waitFor();
  });

  journey('shows a sample side by side, by the keyboard', async ({ workbench }) => {
    const page = workbench.webview();
    await page.getByRole('grid').focus();
    await workbench.page.keyboard.press('ArrowDown');
    await page.getByRole('heading', { name: 'Row 1' }).waitFor();
    await page.getByText('The output is now the corrected one.').waitFor();
    await workbench.page.keyboard.press('End');
    await page.getByRole('heading', { name: 'Row 5' }).waitFor();
    await page.getByRole('button', { name: 'Failed 1' }).click();
    await page.getByRole('row').nth(1).click();
    await page.getByText('Cannot divide by zero.').first().waitFor();
    await workbench.screenshot('replay-failed');
    await page.getByRole('button', { name: /^All/ }).click();
    await page.getByRole('row').nth(1).click();
    await page.getByRole('heading', { name: 'Row 1' }).waitFor();
  });

  for (const [theme, { workbench: kind }] of themes) {
    journey(`looks right and is accessible in ${theme}`, async ({ workbench }) => {
      await workbench.theme(theme);
      expect(await accessibilityViolations(await workbench.webviewFrame())).toEqual([]);
      await workbench.screenshot(`replay-${kind}`);
    });
  }

  journey('gives a flag that was taken back again by Undo', async ({ workbench, server }) => {
    const page = workbench.webview();
    const log = path.join(server.workspace, 'flagged', 'logs.csv');
    const before = readFileSync(log, 'utf8');
    await page.getByRole('button', { name: 'Un-flag the Fixed One' }).click();
    await workbench.page.locator('.monaco-dialog-box').getByRole('button', { name: 'Un-flag' }).click();
    await page.getByText('flag taken back', { exact: true }).waitFor();
    expect(readFileSync(log, 'utf8')).not.toBe(before);
    await workbench.statusBarItem('Un-flagged 1 sample').click();
    await page.getByText('flag taken back', { exact: true }).waitFor({ state: 'detached' });
    expect(readFileSync(log, 'utf8')).toBe(before);
  });

  journey('takes the flag of the fixed back, after asking', async ({ workbench, server }) => {
    const page = workbench.webview();
    await page.getByRole('button', { name: 'Un-flag the Fixed One' }).click();
    await workbench.page.locator('.monaco-dialog-box').getByRole('button', { name: 'Un-flag' }).click();
    await page.getByText('flag taken back', { exact: true }).waitFor();
    const log = readFileSync(path.join(server.workspace, 'flagged', 'logs.csv'), 'utf8');
    expect(log).not.toContain('5,subtract,7.5');
    expect(log.split('\r\n')).toHaveLength(6);
    await page.getByRole('button', { name: 'Run Again' }).click();
    await page.getByText('4 samples were run.').first().waitFor();
  });

  journey('opens a sample in the editor of its log', async ({ workbench }) => {
    const page = workbench.webview();
    await page.getByRole('row').nth(2).click();
    await page.getByRole('button', { name: 'Open in Log' }).click();
    await workbench.tab('logs.csv').waitFor();
    await workbench.tab('Replay: Calculator').click();
  });

  journey('comes back after a reload of the window, and runs nothing before it is asked to', async ({ workbench }) => {
    await workbench.stored('calculator.demo.json","rows"');
    await workbench.reload();
    const page = workbench.webview();
    await page.getByText('The window was reloaded, and nothing was run since.').waitFor();
    await page.getByRole('button', { name: 'Run Again' }).click();
    await page.getByText('4 samples were run.').first().waitFor();
  });
});
