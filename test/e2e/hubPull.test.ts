import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { testTokens } from '../hub/accounts';
import { startHub, type TestHub } from '../hub/hub';
import { answer, dialog, filesWith, line, pick, press, push } from './harness/hub';
import { loggedErrors, openVscode } from './harness/journey';
import { correctMails, writeMails, mailsFile } from './harness/mails';

const mails = ['id,text,label', '1,Lunch at noon?,ham', '2,Win a prize,spam', ''].join('\n');
const more = `${mails}3,The invoice is attached,ham\n`;

/** Records as Argilla keeps what a model said of them. */
const records = Array.from({ length: 40 }, (_, at) => {
  const isSpam = at % 2 === 0;
  const prediction = ['spam', 'ham'].map((label) => ({ label, score: (label === 'spam') === isSpam ? 0.9 : 0.1 }));
  const annotation = isSpam === at > 3 ? 'spam' : 'ham';
  return JSON.stringify({ text: `Message ${at}`, prediction, annotation, metadata: { at } });
});

describe('the datasets of the Hub', () => {
  let hub: TestHub;
  beforeAll(async () => {
    hub = await startHub();
    await hub.addRepository('bob/mails', 'public').commit({ 'data/train.csv': mails, 'data/test.csv': mails });
    await hub.addRepository('bob/records', 'public').commit({ 'records.jsonl': records.join('\n') });
  });
  afterAll(() => hub.stop());
  const journey = openVscode(() => ({ env: { HF_ENDPOINT: hub.url, HF_TOKEN: testTokens.write } }));

  journey('are open to the token of the environment', async ({ workbench }) => {
    await workbench.openView('Flag & Review');
    await workbench.treeRow('Token in HF_TOKEN').waitFor();
    expect(hub.log).toEqual([]);
  });

  journey('are open to the token of the command line, which stays where it is', async ({ workbench, server }) => {
    const folder = path.join(path.dirname(server.workspace), 'home/.cache/huggingface');
    const file = path.join(folder, 'token');
    mkdirSync(folder, { recursive: true });
    writeFileSync(file, testTokens.read);
    await workbench.command('Flag & Review: Sign In to the Hub…');
    await pick(workbench, 'Sign In to 127.0.0.1', 'The token of the Hugging Face command line', 'hub-sign-in-ways');
    await workbench.treeRow('Token of the Hugging Face command line').waitFor();
    await workbench.notification(/token that may only read/).waitFor();
    expect(filesWith(server, testTokens.read)).toEqual([file]);
    await workbench.command('Flag & Review: Sign In to the Hub…');
    await pick(workbench, 'Sign In to 127.0.0.1', 'The token in HF_TOKEN');
    await workbench.treeRow('Token in HF_TOKEN').waitFor();
    await workbench.command('Notifications: Clear All Notifications');
  });

  journey('open in the workspace, split by split', async ({ workbench, server }) => {
    await workbench.command('Flag & Review: Open Hub Dataset…');
    await workbench.input('Open Hub Dataset', 'bob/mails');
    const widget = workbench.page.locator('.quick-input-widget:visible');
    await widget.locator('.quick-input-title', { hasText: 'Open bob/mails' }).waitFor();
    await workbench.screenshot('hub-splits');
    await widget.getByRole('button', { name: 'OK' }).click();
    await workbench.notification(/^bob\/mails is in /).waitFor();
    await line(workbench, /^bob\/mails, mails/).waitFor();
    await workbench.screenshot('hub-pulled');
    for (const split of ['train', 'test']) {
      expect(readFileSync(path.join(server.workspace, `mails/data/${split}.csv`), 'utf8')).toBe(mails);
    }
    await press(workbench, /^bob\/mails is in/, 'Find Label Errors');
    await widget.locator('.quick-input-title', { hasText: 'Find Label Errors in train.csv' }).waitFor();
    await workbench.page.keyboard.press('Escape');
  });

  journey('take what changed there since', async ({ workbench, server }) => {
    await hub.repository('bob/mails').commit({ 'data/train.csv': more });
    await workbench.command('Flag & Review: Update Hub Dataset');
    const question = await dialog(workbench, /Update bob\/mails from the Hub/);
    await question.getByText('data/train.csv: changed on the Hub').waitFor();
    await workbench.screenshot('hub-update');
    await answer(workbench, /Update bob\/mails/, `Download ${more.length} bytes`);
    const file = path.join(server.workspace, 'mails/data/train.csv');
    await expect.poll(() => readFileSync(file, 'utf8')).toBe(more);
    await workbench.command('Flag & Review: Update Hub Dataset');
    await workbench.notification('bob/mails has nothing new.').waitFor();
    await workbench.command('Notifications: Clear All Notifications');
  });

  journey('open with the predictions of a model in them', async ({ workbench }) => {
    await workbench.command('Flag & Review: Open Hub Dataset…');
    await workbench.input('Open Hub Dataset', 'bob/records');
    await press(workbench, /^bob\/records is in/, 'Find Label Errors');
    const title = 'Find Label Errors in records.jsonl';
    await pick(workbench, title, 'text');
    await pick(workbench, title, 'annotation');
    await workbench.page.locator('.quick-input-title', { hasText: '(3/' }).waitFor();
    const first = workbench.page.locator('.quick-input-widget:visible .monaco-list-row').first();
    await expect.poll(() => first.getAttribute('aria-label')).toMatch(/proposed · prediction/);
    await workbench.screenshot('hub-predictions');
    await workbench.page.keyboard.press('Escape');
  });

  journey('are made of a folder, for everyone to see', async ({ workbench }) => {
    await workbench.openView('Explorer');
    const rows = workbench.page.locator('.explorer-folders-view .monaco-list-row');
    // Rows move while what was written before is listed and revealed.
    await rows.filter({ hasText: 'records' }).waitFor();
    await workbench.page.waitForTimeout(1000);
    await (await workbench.menu(rows.filter({ hasText: 'images' }), 'Push Dataset to the Hub')).click();
    const title = 'Push images to the Hub';
    await pick(workbench, title, 'ada/images');
    await pick(workbench, title, 'Public');
    await pick(workbench, title, 'Say nothing yet');
    await pick(workbench, title, 'As it is');
    await line(workbench, /^ada\/images, plan/).waitFor();
    await workbench.screenshot('hub-plan-folder');
    await workbench.command('Flag & Review: Push…');
    const question = await dialog(workbench, /to the public repository ada\/images\?/);
    await question.getByText('Everyone can see and download').waitFor();
    await workbench.screenshot('hub-confirm-public');
    await answer(workbench, /public repository/, 'Push');
    await workbench.notification('Pushed 3 files to ada/images.').waitFor();
    expect(hub.repository('ada/images').visibility).toBe('public');
  });

  journey('are made of flagged samples', async ({ workbench, server }) => {
    mkdirSync(path.join(server.workspace, 'flagged'));
    const log = ['num1,output,flag,username,timestamp', '1,2,wrong,ada@example.com,2026-01-01 10:00:00.000000', ''];
    writeFileSync(path.join(server.workspace, 'flagged/log.csv'), log.join('\n'));
    await workbench.openView('Flag & Review');
    await workbench.contextMenu('flagged/log.csv', 'Push Dataset to the Hub');
    const title = 'Push flagged to the Hub';
    await pick(workbench, title, 'ada/workspace-flagged');
    await pick(workbench, title, 'Private');
    await pick(workbench, title, 'Say nothing yet');
    await pick(workbench, title, 'Parquet');
    await line(workbench, /^ada\/workspace-flagged, plan/).waitFor();
    await workbench.screenshot('hub-plan-flagged');
    await push(workbench);
    await workbench.notification('Pushed 1 row to ada/workspace-flagged.').waitFor();
  });

  journey('tell of the corrections that a review made, and of those not yet applied', async ({ workbench, server }) => {
    writeMails(server.workspace);
    await correctMails(server.workspace);
    await workbench.openView('Flag & Review');
    await workbench.contextMenu(mailsFile, 'Push Dataset to the Hub');
    const title = `Push ${mailsFile} to the Hub`;
    await pick(workbench, title, 'ada/mails');
    await pick(workbench, title, 'Private');
    await pick(workbench, title, 'Say nothing yet');
    await pick(workbench, title, 'Parquet');
    await pick(workbench, title, 'label');
    await pick(workbench, title, 'Only the dataset', 'hub-question-review');
    await line(workbench, /correction.* not.* applied/i).waitFor();
    await workbench.screenshot('hub-plan-corrections');
    await push(workbench);
    await workbench.notification('Pushed 240 rows to ada/mails.').waitFor();
    expect((await hub.repository('ada/mails').read('README.md')).toString()).toMatch(/## Corrections[^]*spam/);
  });

  journey('write a token nowhere, and log no error', async ({ server }) => {
    expect(filesWith(server, testTokens.write)).toEqual([]);
    expect(loggedErrors(server)).toEqual([]);
    await Promise.resolve();
  });
});
