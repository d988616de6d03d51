import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { testTokens } from '../hub/accounts';
import { startHub, type TestHub } from '../hub/hub';
import { answer, dialog, filesWith, line, pick, press, push, signIn } from './harness/hub';
import { loggedErrors, openVscode } from './harness/journey';
import { themes } from './harness/themes';

const dataset = 'reviews.csv';
const repo = 'ada/reviews';

describe('the Hub', () => {
  let hub: TestHub;
  beforeAll(async () => {
    hub = await startHub();
  });
  afterAll(() => hub.stop());
  const journey = openVscode(() => ({ env: { HF_ENDPOINT: hub.url } }));

  /** Changes a text of the dataset where it comes first. */
  const replace = (workspace: string, from: string, to: string): void => {
    const file = path.join(workspace, dataset);
    writeFileSync(file, readFileSync(file, 'utf8').replace(from, to));
  };
  const commits = (): number => hub.repository(repo).history().length;

  journey('asks nobody before somebody pushes', async ({ workbench }) => {
    await workbench.openView('Flag & Review');
    await workbench.page.getByRole('button', { name: 'Push Dataset to the Hub' }).waitFor();
    await workbench.screenshot('hub-welcome');
    expect(hub.log).toEqual([]);
  });

  journey(
    'says that there is nothing to push again or to go on with',
    async ({ workbench }) => {
      await workbench.command('Flag & Review: Push Again');
      await workbench.notification(/Nothing of this workspace was pushed yet\. Choose “Push Dataset/).waitFor();
      await workbench.command('Flag & Review: Resume Push');
      await workbench.notification(/No push was interrupted/).waitFor();
      await workbench.command('Notifications: Clear All Notifications');
    },
    /pushed yet|was interrupted/,
  );

  journey('signs in with a pasted token', async ({ workbench }) => {
    await signIn(workbench, testTokens.write);
    await workbench.notification('Signed in as ada.').waitFor();
    await workbench.treeRow('ada').waitFor();
  });

  journey('shows what a push will do, and sends nothing', async ({ workbench }) => {
    await workbench.openFile(dataset);
    await workbench.command('Flag & Review: Push Dataset to the Hub…');
    const title = `Push ${dataset} to the Hub`;
    await pick(workbench, title, repo, 'hub-question-repository');
    await pick(workbench, title, 'Private', 'hub-question-visibility');
    await pick(workbench, title, 'cc-by-4.0', 'hub-question-license');
    await pick(workbench, title, 'Parquet', 'hub-question-format');
    await pick(workbench, title, 'label', 'hub-question-labels');
    await line(workbench, /^ada\/reviews, plan/).waitFor();
    await workbench.page
      .locator('.sidebar')
      .getByText(/^Nothing is sent yet/)
      .waitFor();
    expect(hub.repositories.size).toBe(0);
  });

  for (const [theme, { workbench: kind }] of themes) {
    journey(`looks right in ${theme}`, async ({ workbench }) => {
      await workbench.theme(theme);
      await workbench.screenshot(`hub-plan-${kind}`);
    });
  }

  journey('pushes the card as a person edited it', async ({ workbench }) => {
    await workbench.treeRow('Dataset card').click();
    await workbench.tab('README.md').waitFor();
    await workbench.page.keyboard.press('Control+End');
    await workbench.page.keyboard.type('Collected by hand.');
    await workbench.save();
    await line(workbench, /^Dataset card, edited by you/).waitFor();
    await workbench.screenshot('hub-card');
  });

  journey('pushes after one question, and tells how to load it', async ({ workbench }) => {
    await workbench.command('Flag & Review: Push…');
    await dialog(workbench, /to the private repository ada\/reviews\?/);
    await workbench.screenshot('hub-confirm');
    await answer(workbench, /private/, 'Push');
    await workbench.notification(/^Pushed [\d,]+ rows to ada\/reviews/).waitFor();
    await workbench.screenshot('hub-pushed');
    expect(hub.repository(repo).visibility).toBe('private');
    expect((await hub.repository(repo).read('README.md')).toString()).toContain('Collected by hand.');
    await press(workbench, /^Pushed/, 'Copy load_dataset Code');
    const copied = (): Promise<string> => workbench.page.evaluate(() => navigator.clipboard.readText());
    await expect.poll(copied).toContain('load_dataset("ada/reviews")');
  });

  journey('sends nothing when nothing changed', async ({ workbench }) => {
    const before = commits();
    await workbench.command('Flag & Review: Push Again');
    await workbench.notification(/is up to date: there is nothing to push/).waitFor();
    await workbench.screenshot('hub-up-to-date');
    await workbench.command('Notifications: Clear All Notifications');
    expect(commits()).toBe(before);
  });

  journey('pushes a corrected label as one small commit', async ({ workbench, server }) => {
    const before = commits();
    replace(server.workspace, 'positive', 'negative');
    await workbench.command('Flag & Review: Push Again');
    await line(workbench, /^Change 1 file/).waitFor();
    await push(workbench);
    await expect.poll(commits).toBe(before + 1);
    await workbench.notification(/^Pushed/).waitFor();
    await workbench.command('Notifications: Clear All Notifications');
  });

  journey('plans again where the repository moved', async ({ workbench, server }) => {
    replace(server.workspace, 'negative', 'positive');
    await workbench.command('Flag & Review: Push Again');
    await line(workbench, /^Change 1 file/).waitFor();
    await hub.repository(repo).commit({ 'notes.txt': 'again' }, { title: 'Change notes' });
    const before = commits();
    await push(workbench);
    await press(workbench, /has moved .*"Change notes"/, 'Plan Again');
    await line(workbench, /^Change 1 file/).waitFor();
    await push(workbench);
    await expect.poll(commits).toBe(before + 1);
    await workbench.notification(/^Pushed/).waitFor();
    await workbench.command('Notifications: Clear All Notifications');
  });

  journey('goes on with a push that was cancelled', async ({ workbench, server }) => {
    const before = commits();
    // What the storage had before is not uploaded again.
    replace(server.workspace, 'The hotel was', 'The inn was');
    await workbench.command('Flag & Review: Push Again');
    await line(workbench, /^Change 1 file/).waitFor();
    hub.fault({ method: 'PUT', path: /./, throttle: 200, times: 5 });
    await push(workbench);
    await workbench.notification(/^Pushing to ada\/reviews/).waitFor();
    await workbench.screenshot('hub-progress');
    await press(workbench, /^Pushing to ada\/reviews/, 'Cancel');
    const interrupted = line(workbench, /^ada\/reviews, interrupted at 0 of 1 file/);
    await interrupted.waitFor();
    await workbench.screenshot('hub-interrupted');
    expect(commits()).toBe(before);
    hub.clearFaults();
    await workbench.command('Flag & Review: Resume Push');
    await workbench.notification(/^Pushed/).waitFor();
    await interrupted.waitFor({ state: 'detached' });
    expect(commits()).toBe(before + 1);
    await line(workbench, /^Pushes/).waitFor();
    await workbench.screenshot('hub-history');
    await workbench.command('Notifications: Clear All Notifications');
  });

  journey('opens a pull request where the repository moved', async ({ workbench, server }) => {
    replace(server.workspace, 'negative', 'positive');
    await workbench.command('Flag & Review: Push Again');
    await line(workbench, /^Change 1 file/).waitFor();
    await hub.repository(repo).commit({ 'notes.txt': 'mine' }, { title: 'Add notes' });
    const before = commits();
    await push(workbench);
    const moved = /main of ada\/reviews has moved .* nothing was written.*"Add notes"/;
    await workbench.notification(moved).waitFor();
    await workbench.screenshot('hub-conflict');
    expect(commits()).toBe(before);
    await press(workbench, moved, 'As a Pull Request');
    await workbench.notification(/^Opened a pull request/).waitFor();
    expect(commits()).toBe(before);
    expect(hub.repository(repo).refs.has('refs/pr/1')).toBe(true);
    await workbench.command('Notifications: Clear All Notifications');
  });

  journey('pushes again to the branch, also after a pull request', async ({ workbench }) => {
    const record = line(workbench, /^ada\/reviews, pull request/);
    const told = workbench.page
      .locator('.monaco-hover:visible')
      .getByText('“Push Again” plans a push to main, as this was before it became a pull request.');
    const hover = async (): Promise<boolean> => {
      await record.hover();
      return told.isVisible();
    };
    await expect.poll(hover, { interval: 1000, timeout: 15_000 }).toBe(true);
    await workbench.screenshot('hub-push-again');
    await workbench.command('Flag & Review: Push Again');
    await line(workbench, /^main, after commit/).waitFor();
  });

  journey('tells of a token that may only read, and forgets it', async ({ workbench }) => {
    await signIn(workbench, testTokens.read);
    await workbench.notification(/with a token that may only read\. Pushing takes one that may write/).waitFor();
    await workbench.screenshot('hub-read-token');
    await workbench.command('Flag & Review: Sign Out of the Hub');
    await answer(workbench, /Sign ada out of 127\.0\.0\.1/, 'Sign Out');
    await workbench.treeRow('ada').waitFor({ state: 'detached' });
  });

  journey('never asks for xet, which is off unless it is turned on', async () => {
    expect(hub.offers).toContainEqual(['basic', 'multipart']);
    expect(hub.offers.flat()).not.toContain('xet');
    await Promise.resolve();
  });

  journey('writes a token nowhere, and logs no error', async ({ server }) => {
    for (const token of [testTokens.write, testTokens.read]) expect(filesWith(server, token)).toEqual([]);
    expect(loggedErrors(server)).toEqual([]);
    await Promise.resolve();
  });
});
