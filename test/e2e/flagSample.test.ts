import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect } from 'vitest';
import { openVscode } from './harness/journey';

describe('Flag Sample outside demos', () => {
  const journey = openVscode();

  journey('flags the record under the cursor of a CSV file', async ({ workbench, server }) => {
    writeFileSync(path.join(server.workspace, 'reviews.csv'), 'text,label\n"good, very\ngood",neg\n<b>bad</b>,pos\n');
    await workbench.openFile('reviews.csv');
    await workbench.page.locator('.monaco-editor[data-uri$="reviews.csv"] .view-line').first().click();
    await workbench.page.keyboard.press('Control+Home');
    await workbench.page.keyboard.press('ArrowDown');
    await workbench.page.keyboard.press('ArrowDown');
    await workbench.command('Flag & Review: Flag Sample');
    await workbench.page.getByText('Flag 1 sample').waitFor();
    await workbench.screenshot('flag-sample-options');
    await workbench.input('Flag 1 sample', 'wrong label');
    await workbench.statusBarItem(/Flagged/).waitFor();
    const log = readFileSync(path.join(server.workspace, 'flagged', 'reviews.csv', 'logs.csv'), 'utf8');
    expect(log).toMatch(/^text,label,flag,timestamp\r\n"good, very\ngood",neg,wrong label,/);
  });

  journey('flags the selection of any text with its place', async ({ workbench, server }) => {
    await workbench.openFile('README.md');
    await workbench.page.locator('.monaco-editor[data-uri$="README.md"] .view-line').first().click();
    await workbench.page.keyboard.press('Control+Home');
    await workbench.page.keyboard.press('Shift+End');
    await workbench.command('Flag & Review: Flag Sample');
    await workbench.input('Flag 1 sample', 'unclear');
    await expect
      .poll(() => readFileSync(path.join(server.workspace, 'flagged', 'selections', 'logs.csv'), 'utf8'))
      .toMatch(/^text,source,flag,timestamp\r\n.*,README\.md:1,unclear,/);
    await workbench.command('Flag & Review: Undo Last Flag');
    await workbench.statusBarItem(/Took back 1 flag/).waitFor();
  });
});
