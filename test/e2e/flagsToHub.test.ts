import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { testTokens } from '../hub/accounts';
import { startHub, type TestHub } from '../hub/hub';
import { rowsOnHub } from '../unit/core/hub/saver/saving';
import { openVscode } from './harness/journey';
import { themes } from './harness/themes';

const repo = 'ada/flags';
const definition = {
  title: 'Shouting',
  fn: 'shout.mjs:shout',
  inputs: [
    { type: 'textbox', label: 'text' },
    { type: 'number', label: 'volume' },
  ],
  outputs: [{ type: 'textbox', label: 'shouted' }],
  flagging_options: ['wrong'],
  flagging_callback: { name: 'HuggingFaceDatasetSaver', dataset_name: repo },
};

describe('flags that go to the Hub', () => {
  let hub: TestHub;
  beforeAll(async () => {
    hub = await startHub();
    hub.fault({ path: /^\/api\//, status: 429, headers: { RateLimit: '"api";r=0;t=4000' }, times: 1 });
  });
  afterAll(() => hub.stop());
  const journey = openVscode(() => ({ env: { HF_ENDPOINT: hub.url, HF_TOKEN: testTokens.write } }));

  journey('are recorded here, and ask before the first one leaves', async ({ workbench, server }) => {
    writeFileSync(path.join(server.workspace, 'shout.demo.json'), JSON.stringify(definition));
    writeFileSync(path.join(server.workspace, 'shout.mjs'), 'export const shout = (text) => text.toUpperCase();\n');
    await workbench.openFile('shout.demo.json');
    await workbench.titleAction('Open Demo').click();
    const page = workbench.webview();
    await page.getByLabel('text').fill('hello');
    await page.getByLabel('volume').fill('2.5');
    await page.getByRole('button', { name: 'Submit' }).click();
    await page.getByRole('button', { name: 'Flag as wrong' }).click();
    const dialog = workbench.page.locator('.monaco-dialog-box');
    await dialog.getByText(`Send flags to the private repository ${repo}?`).waitFor();
    await workbench.screenshot('flags-consent');
    expect(hub.log).toEqual([]);
    await dialog.getByRole('button', { name: 'Send Flags' }).click();
    await page.getByText('Flagged as “wrong”').first().waitFor();
  });

  journey('wait in the view as long as the Hub wants', async ({ workbench }) => {
    await workbench.openView('Flag & Review');
    await workbench.treeRow(`1 flag waits for ${repo}`).filter({ hasText: 'next try at' }).waitFor();
    expect(hub.repositories.size).toBe(0);
  });

  for (const [theme, { workbench: kind }] of themes) {
    journey(`look right in ${theme}`, async ({ workbench }) => {
      await workbench.theme(theme);
      await workbench.screenshot(`flags-waiting-${kind}`);
    });
  }

  journey('are sent by one click', async ({ workbench }) => {
    await workbench.treeRow(`1 flag waits for ${repo}`).hover();
    await workbench.page.getByRole('button', { name: 'Send Waiting Flags to the Hub' }).first().click();
    await workbench.treeRow(`1 flag waits for ${repo}`).waitFor({ state: 'detached' });
    const repository = hub.repository(repo);
    expect(repository.visibility).toBe('private');
    const row = { text: 'hello', volume: 2.5, shouted: 'HELLO', flag: 'wrong' };
    expect(await rowsOnHub(hub)).toMatchObject([row]);
  });
});
