import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { testTokens } from '../hub/accounts';
import { startHub, type TestHub } from '../hub/hub';
import { answer, dialog, filesWith, line, pick, press, push, signIn } from './harness/hub';
import { loggedErrors, openVscode } from './harness/journey';
import type { Workbench } from './harness/workbench';

const dataset = 'reviews.csv';
const repo = 'lab/reviews';
const title = `Push ${dataset} to the Hub`;

describe('several accounts of the Hub', () => {
  let hub: TestHub;
  beforeAll(async () => {
    hub = await startHub();
  });
  afterAll(() => hub.stop());
  const journey = openVscode(() => ({ env: { HF_ENDPOINT: hub.url } }));

  /** Another text in the first record, so that there is something to push. */
  const change = (workspace: string, by: string): void => {
    const file = path.join(workspace, dataset);
    const [header = '', first = '', ...rest] = readFileSync(file, 'utf8').split('\n');
    writeFileSync(file, [header, first.replace('We ', `We ${by} `), ...rest].join('\n'));
  };

  /** Asks for other settings than those of the last push. */
  const pushElsewhere = async (workbench: Workbench): Promise<void> => {
    await workbench.command('Flag & Review: Push Dataset to the Hub…');
    await workbench.input('This was pushed to the Hub before', 'Choose other settings');
  };

  /** The last steps, and the push itself. */
  const pushAsParquet = async (workbench: Workbench, plan: RegExp): Promise<void> => {
    await pick(workbench, title, 'Parquet');
    await pick(workbench, title, 'label');
    await line(workbench, plan).waitFor();
    await push(workbench);
  };

  const pushAgain = async (workbench: Workbench): Promise<void> => {
    await workbench.command('Flag & Review: Push Again');
    await line(workbench, /^Change 1 file/).waitFor();
  };

  const pushed = async (workbench: Workbench, to: string): Promise<void> => {
    await workbench.notification(new RegExp(`^Pushed [\\d,]+ rows to ${to}`)).waitFor();
    await workbench.command('Notifications: Clear All Notifications');
  };

  journey('turn xet on in the settings of the machine', async ({ workbench, server }) => {
    const machine = path.join(server.data, 'data', 'Machine');
    mkdirSync(machine, { recursive: true });
    writeFileSync(path.join(machine, 'settings.json'), JSON.stringify({ 'flagReview.hub.xet': true }));
    await workbench.reload();
    await workbench.openView('Flag & Review');
    await workbench.page.getByRole('button', { name: 'Push Dataset to the Hub' }).waitFor();
  });

  journey('are offered the organisations that they may write to', async ({ workbench }) => {
    await signIn(workbench, testTokens.write);
    await workbench.treeRow('ada').waitFor();
    await workbench.openFile(dataset);
    await workbench.command('Flag & Review: Push Dataset to the Hub…');
    const offered = workbench.page.locator('.quick-input-widget:visible .quick-input-list .monaco-list-row');
    await offered.filter({ hasText: repo }).waitFor();
    await workbench.screenshot('hub-question-organization');
    expect(await offered.filter({ hasText: 'library/' }).count()).toBe(0);
    await pick(workbench, title, repo);
    await pick(workbench, title, 'Private');
    await pick(workbench, title, 'Say nothing yet');
    await pushAsParquet(workbench, /^lab\/reviews, plan/);
    await pushed(workbench, repo);
    expect(hub.repository(repo).at().author).toBe('ada');
  });

  journey('push to another branch, which is made', async ({ workbench, server }) => {
    const before = hub.repository(repo).at().oid;
    change(server.workspace, 'new');
    await pushElsewhere(workbench);
    await pick(workbench, title, repo);
    await pick(workbench, title, 'Commit to another branch', 'hub-question-branch');
    await workbench.inputMessage().filter({ hasText: 'Name of the branch' }).waitFor();
    await workbench.input(title, 'corrected');
    await pushAsParquet(workbench, /^corrected, new branch/);
    await pushed(workbench, repo);
    expect(hub.repository(repo).at().oid).toBe(before);
    expect(hub.repository(repo).history('corrected')[1]?.oid).toBe(before);
  });

  journey('take turns', async ({ workbench, server }) => {
    await signIn(workbench, testTokens.bob);
    await line(workbench, /^bob, 127\.0\.0\.1:\d+ · 2 accounts/).waitFor();
    change(server.workspace, 'newer');
    await pushAgain(workbench);
    await workbench.command('Flag & Review: Push…');
    await (await dialog(workbench, /to the private repository lab\/reviews/)).getByText('Account: bob').waitFor();
    await workbench.screenshot('hub-confirm-account');
    await answer(workbench, /lab\/reviews/, 'Push');
    await pushed(workbench, repo);
    expect(hub.repository(repo).at('corrected').author).toBe('bob');
    await workbench.command('Flag & Review: Sign In to the Hub…');
    await pick(workbench, 'Sign In to 127.0.0.1', 'ada', 'hub-accounts');
    await workbench.treeRow('ada').waitFor();
    change(server.workspace, 'newest');
    await pushAgain(workbench);
    await push(workbench);
    await pushed(workbench, repo);
    expect(hub.repository(repo).at('corrected').author).toBe('ada');
  });

  journey('sign out one by one', async ({ workbench }) => {
    await workbench.command('Flag & Review: Sign Out of the Hub');
    await pick(workbench, 'Sign Out of 127.0.0.1', 'ada', 'hub-sign-out');
    await answer(workbench, /Sign ada out of 127\.0\.0\.1/, 'Sign Out');
    await workbench.treeRow('bob').waitFor();
    await line(workbench, /^bob, 127\.0\.0\.1:\d+$/).waitFor();
  });

  journey(
    'are told when an organisation needs a plan, and nothing is made',
    async ({ workbench }) => {
      hub.withdrawLicense('lab');
      await pushElsewhere(workbench);
      await pick(workbench, title, 'Another repository');
      await workbench.inputMessage().filter({ hasText: 'Its owner and its name' }).waitFor();
      await workbench.input(title, 'lab/other');
      await pick(workbench, title, 'Private');
      await pick(workbench, title, 'Say nothing yet');
      await pushAsParquet(workbench, /^lab\/other, plan/);
      await workbench.notification(/"lab" has no license.* This is up to the plan of lab/).waitFor();
      await workbench.screenshot('hub-no-license');
      expect(hub.repositories.has('lab/other')).toBe(false);
      await workbench.command('Notifications: Clear All Notifications');
    },
    /has no license/,
  );

  journey(
    'are refused before anything is sent where the token may only read',
    async ({ workbench }) => {
      await signIn(workbench, testTokens.read);
      await workbench.treeRow('ada').waitFor();
      await workbench.command('Notifications: Clear All Notifications');
      hub.requests.length = 0;
      await pushElsewhere(workbench);
      const refusal = /The token “reader” of ada may only read\. Sign in with one that may write/;
      await workbench.notification(refusal).waitFor();
      await workbench.screenshot('hub-refused');
      expect(hub.requests.filter(({ path: asked }) => asked !== '/api/whoami-v2')).toEqual([]);
      await press(workbench, refusal, 'Sign In…');
      await pick(workbench, 'Sign In to 127.0.0.1', 'bob');
      await workbench.treeRow('bob').waitFor();
    },
    /may only read/,
  );

  journey('ask for xet each time, since it is turned on', async () => {
    expect(hub.offers.length).toBeGreaterThan(0);
    for (const offer of hub.offers) expect(offer).toContain('xet');
    await Promise.resolve();
  });

  journey('write no token anywhere, and log no error', async ({ server }) => {
    for (const token of [testTokens.write, testTokens.bob, testTokens.read]) {
      expect(filesWith(server, token)).toEqual([]);
    }
    expect(loggedErrors(server)).toEqual([]);
    await Promise.resolve();
  });
});
