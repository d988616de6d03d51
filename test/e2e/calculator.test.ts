import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect } from 'vitest';
import { accessibilityViolations } from './harness/accessibility';
import { openCalculator, subtract } from './harness/calculator';
import { openVscode } from './harness/journey';
import { themes } from './harness/themes';

const time = /\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{6}/g;

describe('the calculator', () => {
  const journey = openVscode();

  journey('is opened, run and flagged, and the row is in flagged/logs.csv', async ({ workbench, server }) => {
    const page = await openCalculator(workbench);
    await expect.poll(() => page.getByRole('button', { name: 'Flag as wrong sign' }).isDisabled()).toBe(true);
    await subtract(page, '5', '7.5');
    await page.getByText('-2.5', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Flag as wrong sign' }).dblclick();
    await page.getByText('Flagged as “wrong sign”').first().waitFor();
    const log = readFileSync(path.join(server.workspace, 'flagged', 'logs.csv'), 'utf8');
    expect(log.replace(time, 'TIME')).toBe(
      'num1,operation,num2,Output,flag,timestamp\r\n5,subtract,7.5,-2.5,wrong sign,TIME\r\n',
    );
    expect(await workbench.page.locator('.notification-toast').count()).toBe(0);
  });

  for (const [theme, { workbench: kind }] of themes) {
    journey(`looks right and is accessible in ${theme}`, async ({ workbench }) => {
      await workbench.theme(theme);
      expect(await accessibilityViolations(await workbench.webviewFrame())).toEqual([]);
      await workbench.screenshot(`calculator-${kind}`);
    });
  }

  journey('takes a flag back by Undo', async ({ workbench, server }) => {
    const page = workbench.webview();
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('The flag was taken back.').first().waitFor();
    expect(existsSync(path.join(server.workspace, 'flagged'))).toBe(true);
    expect(existsSync(path.join(server.workspace, 'flagged', 'logs.csv'))).toBe(false);
  });

  journey('is flagged from the command palette, by the keyboard alone', async ({ workbench, server }) => {
    const page = workbench.webview();
    await page.getByLabel('num1').focus();
    await workbench.page.keyboard.press('Control+A');
    await workbench.page.keyboard.type('8');
    await workbench.page.keyboard.press('Control+Enter');
    await page.getByText('0.5', { exact: true }).waitFor();
    await workbench.command('Flag & Review: Flag Sample');
    await workbench.input('Why is this sample flagged?', 'off by one');
    await page.getByText('Flagged as “off by one”').first().waitFor();
    const log = readFileSync(path.join(server.workspace, 'flagged', 'logs.csv'), 'utf8');
    expect(log).toContain('8,subtract,7.5,0.5,off by one,');
  });

  journey('keeps a note beside the log', async ({ workbench, server }) => {
    const page = workbench.webview();
    await page.getByText('Add a note or a correction').click();
    await page.getByLabel('Note').fill('sign of a difference');
    await page.getByRole('button', { name: 'Flag as other' }).click();
    await page.getByText('Flagged as “other”').first().waitFor();
    await workbench.screenshot('calculator-note');
    const notes = readFileSync(path.join(server.workspace, 'flagged', 'notes.jsonl'), 'utf8');
    expect(JSON.parse(notes)).toMatchObject({ log: 'logs.csv', option: 'other', note: 'sign of a difference' });
  });

  journey('shows a traceback, keeps what was typed, and runs again', async ({ workbench, server }) => {
    const page = workbench.webview();
    await page.getByRole('radio', { name: 'divide' }).check();
    await page.getByLabel('num2').fill('0');
    await page.getByRole('button', { name: 'Submit' }).click();
    await page.getByText('Cannot divide by zero.').first().waitFor();
    await page.getByText('Details').click();
    await page.getByText('calculator.py').first().waitFor();
    expect(await accessibilityViolations(await workbench.webviewFrame())).toEqual([]);
    await workbench.screenshot('calculator-failure');
    expect(await page.getByRole('button', { name: 'Flag as other' }).isDisabled()).toBe(true);
    expect(await page.getByLabel('num1').inputValue()).toBe('8');
    const file = path.join(server.workspace, 'calculator.py');
    writeFileSync(file, readFileSync(file, 'utf8').replace('raise ValueError("Cannot divide by zero.")', 'return 42'));
    await page.getByRole('button', { name: 'Submit' }).click();
    await page.getByText('42', { exact: true }).waitFor();
  });

  journey('comes back with its inputs after the window is reloaded', async ({ workbench }) => {
    await workbench.webview().getByLabel('num1').fill('31');
    await workbench.webview().getByLabel('num2').fill('41');
    await workbench.page.waitForTimeout(1_000);
    await workbench.stored('calculator.demo.json');
    await workbench.reload();
    const page = workbench.webview();
    await expect.poll(() => page.getByLabel('num1').inputValue()).toBe('31');
    expect(await page.getByLabel('num2').inputValue()).toBe('41');
    expect(await page.getByRole('radio', { name: 'divide' }).isChecked()).toBe(true);
  });

  journey('opens its log', async ({ workbench }) => {
    await subtract(workbench.webview(), '1', '2');
    await workbench.webview().getByRole('button', { name: 'Flag as correct' }).click();
    await workbench.webview().getByRole('button', { name: 'Open log' }).click();
    await workbench.tab('logs.csv').waitFor();
  });
});
