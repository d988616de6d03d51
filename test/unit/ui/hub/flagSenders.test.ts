import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { messageOf } from '../../../../extension/core/errors';
import { createHubClient } from '../../../../extension/core/hub/client/hubClient';
import type { SaverTarget } from '../../../../extension/core/hub/saver/types';
import { silentLog } from '../../../../extension/core/log';
import { commands } from '../../../../extension/ids';
import { FlagSenders } from '../../../../extension/ui/hub/flagSenders';
import { registerFlagQueues } from '../../../../extension/ui/hub/queueSection';
import { testTokens } from '../../../hub/accounts';
import { start } from '../../../hub/harness';
import type { TestHub } from '../../../hub/hub';
import { machine, newFolder, repo, rowsOnHub, type Machine, type MachineOptions } from '../../core/hub/saver/saving';
import { FakeMemento, person } from '../fakeVscode';

vi.mock('vscode', async () => (await import('../fakeVscode')).person.vscode);
afterEach(() => person.reset());

const question = `Send flags to the private repository ${repo}?`;

/** A workspace of somebody who is signed in, with one window after the other. */
class Workspace {
  readonly problems: string[] = [];
  readonly folder = newFolder();
  private readonly state = new FakeMemento();
  private readonly loginChanged = new person.vscode.EventEmitter<void>();
  private token: string | undefined = testTokens.write;

  constructor(readonly hub: TestHub) {}

  signIn(token: string | undefined): void {
    this.token = token;
    this.loginChanged.fire();
  }

  /** Opens a window with a demo that sends its flags. */
  open(target: Partial<SaverTarget> = {}, endpoint = this.hub.url): Machine & { readonly senders: FlagSenders } {
    const senders = new FlagSenders({
      context: { workspaceState: this.state },
      accounts: {
        endpoint,
        onDidChange: this.loginChanged.event,
        current: () => Promise.resolve(this.token === undefined ? undefined : { source: 'file', token: this.token }),
        client: (login) => {
          const settings = { log: silentLog, userAgent: 'test/1', wait: () => Promise.resolve() };
          return Promise.resolve(createHubClient({ endpoint, token: login?.token, ...settings }));
        },
      },
      log: silentLog,
      errors: { report: (error) => void this.problems.push(messageOf(error)) },
      pace: { gather: 0, spacing: 0, backoff: 1 },
    });
    onTestFinished(() => senders.dispose());
    const options: MachineOptions = { folder: this.folder, target, onQueued: senders.queued };
    return { ...machine(this.hub, options), senders };
  }
}

const textsOnHub = async (hub: TestHub): Promise<unknown[]> => (await rowsOnHub(hub)).map(({ text }) => text);
const stateOf = async (senders: FlagSenders): Promise<unknown> => (await senders.waiting())[0]?.state;
const stoppedFor = (reason: string): unknown => ({
  kind: 'stopped',
  reason: expect.stringContaining(reason) as string,
});
const nothingWaits = (senders: FlagSenders): Promise<void> => expect.poll(() => senders.waiting()).toEqual([]);

describe('the question before the first flag leaves', () => {
  it('is asked once in a workspace, by name, and sends what was agreed to', async () => {
    const workspace = new Workspace(await start());
    person.answers.push('Send Flags');
    const first = workspace.open();
    await first.flag('one');
    await first.flag('two');
    await nothingWaits(first.senders);
    const second = workspace.open();
    await second.flag('three');
    await nothingWaits(second.senders);
    expect((await textsOnHub(workspace.hub)).sort()).toEqual(['one', 'three', 'two']);
    expect(person.asked).toEqual([expect.stringContaining(`${question} Every sample`)]);
    expect(person.asked[0]).toContain(new URL(workspace.hub.url).host);
  });

  it('keeps flags here where it is declined, and asks again only where somebody wants to send', async () => {
    const workspace = new Workspace(await start());
    const ada = workspace.open();
    const { log } = await ada.flag('one');
    await expect.poll(() => stateOf(ada.senders)).toEqual(stoppedFor('You did not agree'));
    await ada.flag('two');
    workspace.signIn(testTokens.write);
    expect(readFileSync(log, 'utf8')).toMatch(/one[^]*two/);
    expect((await ada.queue.read()).waiting).toHaveLength(2);
    const reopened = workspace.open();
    await reopened.senders.resume(reopened.queue);
    expect(person.asked).toHaveLength(1);
    expect(await reopened.senders.waiting()).toMatchObject([{ count: 2, state: { kind: 'idle' } }]);
    expect(workspace.hub.log).toEqual([]);

    person.answers.push('Send Flags');
    await reopened.senders.sendNow(reopened.queue);
    await nothingWaits(reopened.senders);
    expect(await textsOnHub(workspace.hub)).toEqual(['one', 'two']);
    expect(person.asked).toHaveLength(2);
  });

  it.each([
    ['another repository', { repo: 'ada/other' }, undefined, 'the private repository ada/other?'],
    ['a repository that is public', { visibility: 'public' }, undefined, `the public repository ${repo}?`],
    [
      'another Hub',
      {},
      'http://127.0.0.1:9',
      `${question} Every sample that you flag in this demo goes to 127.0.0.1:9`,
    ],
  ] as const)('is asked again when the definition names %s', async (_, target, endpoint, asked) => {
    const workspace = new Workspace(await start());
    person.answers.push('Send Flags');
    const agreed = workspace.open();
    await agreed.flag('one');
    await nothingWaits(agreed.senders);
    const sent = workspace.hub.log.length;
    const changed = workspace.open(target, endpoint);
    await changed.flag('two');
    await expect.poll(() => stateOf(changed.senders)).toEqual(stoppedFor('You did not agree'));
    expect(person.asked.at(-1)).toContain(asked);
    expect(person.asked).toHaveLength(2);
    expect(workspace.hub.log).toHaveLength(sent);
    expect(await textsOnHub(workspace.hub)).toEqual(['one']);
  });
});

describe('a workspace that is not trusted', () => {
  it('asks nothing and sends nothing, whatever was agreed to before, until it is trusted', async () => {
    const workspace = new Workspace(await start());
    person.answers.push('Send Flags');
    const before = workspace.open();
    await before.flag('one');
    await nothingWaits(before.senders);
    const sent = workspace.hub.log.length;

    person.vscode.workspace.isTrusted = false;
    const ada = workspace.open();
    await ada.flag('two');
    await ada.senders.resume(ada.queue);
    await expect.poll(() => stateOf(ada.senders)).toEqual(stoppedFor('not trusted'));
    await expect(ada.senders.sendNow(ada.queue)).rejects.toThrow('not trusted, so nothing is sent');
    expect(person.asked).toHaveLength(1);
    expect(workspace.hub.log).toHaveLength(sent);

    person.trust();
    await nothingWaits(ada.senders);
    expect((await textsOnHub(workspace.hub)).sort()).toEqual(['one', 'two']);
  });
});

describe('who is not signed in', () => {
  it('is told so, and the flags go on their way after the next sign-in', async () => {
    const workspace = new Workspace(await start());
    workspace.signIn(undefined);
    person.answers.push('Send Flags');
    const ada = workspace.open();
    await ada.flag('one');
    await expect.poll(() => stateOf(ada.senders)).toEqual(stoppedFor('Nobody is signed in. Sign in to the Hub.'));
    expect(workspace.hub.log).toEqual([]);
    workspace.signIn(testTokens.write);
    await nothingWaits(ada.senders);
    expect(await textsOnHub(workspace.hub)).toEqual(['one']);
    expect(workspace.problems).toEqual([]);
  });
});

describe('Discard Queue', () => {
  it('throws away what waits once that is confirmed; the log keeps it, and later flags go', async () => {
    const workspace = new Workspace(await start());
    const ada = workspace.open();
    const palette = registerFlagQueues({
      errors: { report: () => undefined, describe: fail },
      flagSenders: ada.senders,
    });
    onTestFinished(() => void palette.dispose());
    const { log } = await ada.flag('one');
    await ada.flag('two');
    await expect.poll(() => stateOf(ada.senders)).toMatchObject({ kind: 'stopped' });
    await person.run(commands.discardWaitingFlags);
    expect(person.asked.at(-1)).toBe(`Never send 2 flags to ${repo}? They stay in the flag log.`);
    expect((await ada.queue.read()).waiting).toHaveLength(2);

    person.answers.push('Discard Queue');
    await person.run(commands.discardWaitingFlags);
    expect(await ada.senders.waiting()).toEqual([]);
    expect(existsSync(ada.queue.path)).toBe(false);
    expect(readdirSync(ada.queue.folder)).toEqual([]);
    expect(readFileSync(log, 'utf8')).toMatch(/one[^]*two/);
    await person.run(commands.discardWaitingFlags);
    expect(person.told).toEqual(['No flags wait to be sent.']);

    await ada.flag('three');
    person.answers.push('Send Flags');
    await person.run(commands.sendWaitingFlags);
    await nothingWaits(ada.senders);
    expect(await textsOnHub(workspace.hub)).toEqual(['three']);
  });
});

function fail(): never {
  throw new Error('No page asks.');
}
