import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { startHub, type TestHub } from '../hub/hub';
import { testTokens } from '../hub/accounts';
import { loggedErrors, openVscode } from './harness/journey';
import { themes } from './harness/themes';
import type { Workbench } from './harness/workbench';

const dataset = 'reviews.csv';
const repo = 'ada/reviews';

/** Chooses an entry of the quick pick whose title begins so. */
async function pick(workbench: Workbench, title: string, text: string): Promise<void> {
  const rows = workbench.page.locator('.quick-input-widget:visible .quick-input-list .monaco-list-row');
  await workbench.page.locator('.quick-input-widget:visible .quick-input-title', { hasText: title }).waitFor();
  await rows.filter({ hasText: text }).first().click();
}

function dialogOf(workbench: Workbench) {
  return workbench.page.locator('.monaco-dialog-box');
}

describe('the Hub', () => {
  let hub: TestHub;
  beforeAll(async () => {
    hub = await startHub();
  });
  afterAll(() => hub.stop());
  const journey = openVscode(() => ({ env: { HF_ENDPOINT: hub.url } }));

  journey('asks nobody before somebody pushes', async ({ workbench }) => {
    await workbench.openView('Flag & Review');
    await workbench.page.getByRole('button', { name: 'Push Dataset to the Hub' }).waitFor();
    await workbench.screenshot('hub-welcome');
    expect(hub.log).toEqual([]);
  });

  journey('signs in with a pasted token, which it keeps secret', async ({ workbench, server }) => {
    await workbench.command('Flag & Review: Sign In to the Hub…');
    await workbench.screenshot('hub-sign-in');
    await pick(workbench, 'Sign In to 127.0.0.1', 'Paste a token');
    await workbench.input('Sign In to 127.0.0.1', testTokens.write);
    await workbench.notification('Signed in as ada.').waitFor();
    await workbench.treeRow('ada').waitFor();
    expect(JSON.stringify(server.logs())).not.toContain(testTokens.write);
  });

  journey('shows what a push will do, and sends nothing', async ({ workbench }) => {
    await workbench.openFile(dataset);
    await workbench.command('Flag & Review: Push Dataset to the Hub…');
    const title = `Push ${dataset} to the Hub`;
    await workbench.screenshot('hub-questions');
    await pick(workbench, title, repo);
    await pick(workbench, title, 'Private');
    await pick(workbench, title, 'cc-by-4.0');
    await pick(workbench, title, 'Parquet');
    await pick(workbench, title, 'label');
    await workbench.notification(/is planned, and nothing is sent yet/).waitFor();
    await workbench.treeRow(repo).waitFor();
    expect(hub.repositories.size).toBe(0);
  });

  for (const [theme, { workbench: kind }] of themes) {
    journey(`looks right in ${theme}`, async ({ workbench }) => {
      await workbench.theme(theme);
      await workbench.screenshot(`hub-plan-${kind}`);
    });
  }

  journey('pushes after one question, and tells how to load it', async ({ workbench }) => {
    await workbench.command('Flag & Review: Push…');
    await dialogOf(workbench).getByText(`to the private repository ${repo}?`).waitFor();
    await workbench.screenshot('hub-confirm');
    await dialogOf(workbench).getByRole('button', { name: 'Push', exact: true }).click();
    await workbench.notification(/^Pushed [\d,]+ rows to ada\/reviews/).waitFor();
    await workbench.screenshot('hub-pushed');
    expect(hub.repository(repo).visibility).toBe('private');
  });

  journey('pushes a corrected label as one small commit', async ({ workbench, server }) => {
    const before = hub.repository(repo).history().length;
    const file = path.join(server.workspace, dataset);
    writeFileSync(file, readFileSync(file, 'utf8').replace('positive', 'negative'));
    await workbench.command('Flag & Review: Push Again');
    await workbench.notification(/is planned/).waitFor();
    await workbench.command('Flag & Review: Push…');
    await dialogOf(workbench).getByRole('button', { name: 'Push', exact: true }).click();
    await expect.poll(() => hub.repository(repo).history().length).toBe(before + 1);
  });

  journey('logs no error', async ({ server }) => {
    expect(loggedErrors(server)).toEqual([]);
    await Promise.resolve();
  });
});
