import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import { describe, expect, vi } from 'vitest';
import { openCalculator, subtract } from './harness/calculator';
import { openVscode } from './harness/journey';
import { themes } from './harness/themes';
import type { Workbench } from './harness/workbench';

const view = 'Flag & Review';
const line = '5, subtract, 7.5 → -2.5';

function badge(workbench: Workbench): Locator {
  return workbench.page.locator(`.activitybar .action-item:has([aria-label^="${view}"]) .badge-content`);
}

/** A button of a sample's row, which is there while the pointer is over it. */
async function rowAction(workbench: Workbench, label: string): Promise<Locator> {
  const row = workbench.treeRow(line);
  await row.hover();
  return row.locator(`.action-label[aria-label="${label}"]`);
}

describe('the flagged samples', () => {
  const journey = openVscode();

  journey('are none at first, and one action leads to a demo', async ({ workbench }) => {
    await workbench.openView(view);
    await workbench.page.getByText('Nothing was flagged in this workspace yet.').waitFor();
    await workbench.page.locator('.sidebar').getByRole('button', { name: 'Open Demo' }).waitFor();
    await workbench.screenshot('flagged-samples-welcome');
  });

  journey('show a sample as soon as it is flagged in a demo', async ({ workbench }) => {
    const page = await openCalculator(workbench);
    await subtract(page, '5', '7.5');
    await page.getByText('-2.5', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Flag as wrong sign' }).click();
    await page.getByText('Flagged as “wrong sign”').first().waitFor();
    await workbench.openView(view);
    await workbench.treeRow(line).waitFor();
    await workbench.treeRow('wrong sign').waitFor();
    await expect.poll(() => badge(workbench).textContent()).toBe('1');
  });

  for (const [theme, { workbench: kind }] of themes) {
    journey(`look right in ${theme}`, async ({ workbench }) => {
      await workbench.theme(theme);
      await workbench.treeRow(line).hover();
      await workbench.screenshot(`flagged-samples-${kind}`);
    });
  }

  journey('are marked as reviewed, which the badge counts', async ({ workbench, server }) => {
    await (await rowAction(workbench, 'Mark Reviewed')).click();
    await expect.poll(() => badge(workbench).isVisible()).toBe(false);
    const marks = readFileSync(path.join(server.workspace, 'flagged', 'marks.jsonl'), 'utf8');
    expect(marks).toContain('"mark":"reviewed"');
  });

  journey('are filtered by a text', async ({ workbench }) => {
    await workbench.command('Flag & Review: Filter Flagged Samples…');
    await workbench.input('Filter flagged samples', 'nowhere');
    await workbench.page.getByText('0 of 1 samples contain “nowhere”.').waitFor();
    await workbench.command('Flag & Review: Clear Filter of Flagged Samples');
    await workbench.treeRow(line).waitFor();
  });

  journey('are un-flagged, and come back by Undo', async ({ workbench, server }) => {
    const log = path.join(server.workspace, 'flagged', 'logs.csv');
    const before = readFileSync(log, 'utf8');
    await (await rowAction(workbench, 'Un-flag')).click();
    await workbench.treeRow(line).waitFor({ state: 'detached' });
    expect(readFileSync(log, 'utf8')).toBe('num1,operation,num2,Output,flag,timestamp\r\n');
    await workbench.statusBarItem(/Un-flagged 1 sample/).click();
    await workbench.treeRow(line).waitFor();
    expect(readFileSync(log, 'utf8')).toBe(before);
  });

  journey('get another option, in their own cell', async ({ workbench, server }) => {
    // The undo before it may still be reading the log anew, and then the menu's row is none any more.
    const asked = async (): Promise<void> => {
      await workbench.contextMenu(line, 'Change Option…');
      await workbench.inputBox().waitFor({ timeout: 2000 });
    };
    await vi.waitFor(asked, { timeout: 15_000 });
    await workbench.input('Flagging option', 'Another option');
    await workbench.input('Flagging option', 'off by one');
    await workbench.treeRow('off by one').waitFor();
    expect(readFileSync(path.join(server.workspace, 'flagged', 'logs.csv'), 'utf8')).toContain(',-2.5,off by one,');
  });

  journey('fill the inputs of their demo', async ({ workbench }) => {
    const page = workbench.webview();
    await page.getByLabel('num1').fill('1');
    // The change before it may still be reading the log anew, and then the menu's row is none any more.
    const filled = async (): Promise<void> => {
      await workbench.contextMenu(line, 'Open in Demo');
      await expect.poll(() => page.getByLabel('num1').inputValue(), { timeout: 2000 }).toBe('5');
    };
    await vi.waitFor(filled, { timeout: 15_000 });
    expect(await page.getByRole('radio', { name: 'subtract' }).isChecked()).toBe(true);
  });

  journey('are opened in the editor of their log', async ({ workbench }) => {
    await workbench.treeRow(line).click();
    await workbench.tab('logs.csv').waitFor();
  });
});
