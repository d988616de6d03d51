import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect } from 'vitest';
import { accessibilityViolations } from './harness/accessibility';
import { openVscode } from './harness/journey';

describe('the other examples', () => {
  const journey = openVscode();

  journey('an image is saved beside the log, and the cell holds its relative path', async ({ workbench, server }) => {
    await workbench.openFile('image.demo.json');
    await workbench.titleAction('Open Demo').click();
    const page = workbench.webview();
    await page.locator('input[type=file]').setInputFiles(path.join(server.workspace, 'images', 'sunset.png'));
    await page.getByRole('button', { name: 'Submit' }).click();
    await page
      .getByText(/pixels/)
      .first()
      .waitFor();
    await page.getByRole('button', { name: 'Flag', exact: true }).click();
    await page.getByText('Flagged').first().waitFor();
    await workbench.screenshot('image-flagged');
    expect(await accessibilityViolations(await workbench.webviewFrame())).toEqual([]);
    const flagged = (...names: string[]): string => path.join(server.workspace, 'flagged', ...names);
    expect(readFileSync(flagged('logs.csv'), 'utf8')).toMatch(
      /^image,inverted,size,timestamp\r\nimage\/0\.png,inverted\/0\.png,/,
    );
    expect(readFileSync(flagged('image', '0.png'))).toEqual(
      readFileSync(path.join(server.workspace, 'images', 'sunset.png')),
    );
    expect(existsSync(flagged('inverted', '0.png'))).toBe(true);
    await workbench.page.keyboard.press('Control+W');
  });

  journey('a label and highlighted words are shown with their numbers', async ({ workbench }) => {
    await workbench.openFile('sentiment.demo.json');
    await workbench.titleAction('Open Demo').click();
    const page = workbench.webview();
    await page.getByRole('button', { name: /Use example 1/ }).click();
    await page.getByRole('button', { name: 'Submit' }).click();
    await page.getByText('positive').first().waitFor();
    await page.getByText('%').first().waitFor();
    await workbench.screenshot('sentiment');
    expect(await accessibilityViolations(await workbench.webviewFrame())).toEqual([]);
  });

  journey('a generator streams, and Stop ends it', async ({ workbench }) => {
    await workbench.openFile('story.demo.json');
    await workbench.titleAction('Open Demo').click();
    const page = workbench.webview();
    await page.getByLabel('place').first().selectOption({ index: 1 });
    await page.getByRole('button', { name: 'Submit' }).click();
    await page.getByRole('button', { name: 'Stop' }).click();
    await page
      .getByText(/Stopped after/)
      .first()
      .waitFor();
    await workbench.screenshot('story-stopped');
  });

  journey('a JavaScript function runs while one types', async ({ workbench }) => {
    await workbench.openFile('word_count.demo.json');
    await workbench.titleAction('Open Demo').click();
    const page = workbench.webview();
    await page.getByLabel('text').fill('the cat and the dog');
    await page
      .getByText(/Finished/)
      .first()
      .waitFor();
    await page.getByText('5', { exact: true }).first().waitFor();
    await workbench.screenshot('word-count');
  });

  journey('a Python function with annotations needs no definition', async ({ workbench, server }) => {
    await workbench.openFile('annotated.py');
    await workbench.page.locator('.codelens-decoration a', { hasText: 'Open demo' }).first().click();
    const page = workbench.webview();
    await page.getByRole('radio', { name: 'KEBAB' }).check();
    await page.getByRole('button', { name: 'Submit' }).click();
    await page.getByText('number-of-words').first().waitFor();
    await workbench.screenshot('annotated');
    expect(existsSync(path.join(server.workspace, 'flagged', 'logs-2.csv'))).toBe(false);
  });

  journey(
    'auto mode says what it saves before the first run, and saves inputs and outputs',
    async ({ workbench, server }) => {
      const definition =
        '{"fn": "calculator.py:calculator", "inputs": ["number", "text", "number"], "outputs": "number", "allow_flagging": "auto", "flagging_dir": "auto/"}';
      writeFileSync(path.join(server.workspace, 'auto.demo.json'), definition);
      await workbench.openFile('auto.demo.json');
      await workbench.titleAction('Open Demo').click();
      const page = workbench.webview();
      await page.getByText(/Each successful run is recorded/).waitFor();
      await page.getByLabel('num1').fill('1');
      await page.getByLabel('operation').fill('add');
      await page.getByLabel('num2').fill('2');
      await page.getByRole('button', { name: 'Submit' }).click();
      await page.getByText('3', { exact: true }).first().waitFor();
      await expect.poll(() => existsSync(path.join(server.workspace, 'auto', 'logs.csv'))).toBe(true);
      await page.getByText('Open log').first().waitFor();
      expect(await page.locator('body').innerText()).not.toContain('//');
      await workbench.screenshot('auto');
      expect(readFileSync(path.join(server.workspace, 'auto', 'logs.csv'), 'utf8')).toMatch(/\r\n1,add,2,3,/);
    },
  );
});
