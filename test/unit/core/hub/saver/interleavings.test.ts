import { appendFileSync, readdirSync, readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { HubClient } from '../../../../../extension/core/hub/client/types';
import { HubError } from '../../../../../extension/core/hub/hubError';
import { QueueBusy, sendBatch } from '../../../../../extension/core/hub/saver/sendBatch';
import type { SaverTarget } from '../../../../../extension/core/hub/saver/types';
import type { FlagReceipt } from '../../../../../extension/core/flagging/types';
import { start } from '../../../../hub/harness';
import type { TestHub } from '../../../../hub/hub';
import { clientOf, components, machine, newFolder, rowsOnHub, type Machine } from './saving';

/** What becomes of a commit. A sender that dies does nothing after it. */
const fates = ['made', 'conflict', 'answer lost', 'refused', 'dies before', 'dies after'] as const;
type Fate = (typeof fates)[number];

/** What somebody does at one of the windows; sends of a step happen at once, each with the fates of its commits. */
type Step =
  | { readonly does: 'flag'; readonly at: number }
  | { readonly does: 'undo'; readonly at: number }
  | { readonly does: 'send'; readonly from: readonly { readonly at: number; readonly commits: readonly Fate[] }[] };

class Died extends Error {}

const windows = 3;
const at = fc.nat(windows - 1);
const commits = fc.array(fc.constantFrom(...fates), { maxLength: 3 });
const steps: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: fc.record({ does: fc.constant('flag' as const), at }) },
    { weight: 1, arbitrary: fc.record({ does: fc.constant('undo' as const), at }) },
    {
      weight: 3,
      arbitrary: fc.record({
        does: fc.constant('send' as const),
        from: fc.array(fc.record({ at, commits }), { minLength: 1, maxLength: windows }),
      }),
    },
  ),
  { minLength: 4, maxLength: 14 },
);

/** A repository, and three windows that flag into it: the last one is a second window of the first one's machine. */
class World {
  readonly windows: readonly Machine[];
  /** Texts that were flagged, but for those that were taken back in time. */
  readonly flagged = new Set<string>();
  private readonly receipts: { readonly at: number; readonly text: string; readonly receipt: FlagReceipt }[] = [];
  private count = 0;

  constructor(
    private readonly hub: TestHub,
    readonly target: Pick<SaverTarget, 'repo' | 'layout'>,
  ) {
    const [first, second] = [newFolder(), newFolder()];
    // The demo of the second machine has its components in another order, which Gradio's one log does not take.
    const columns = target.layout === 'gradio' ? components : [...components].reverse();
    this.windows = [
      machine(hub, { target, folder: first }),
      machine(hub, { target, folder: second, columns }),
      machine(hub, { target, folder: first }),
    ];
  }

  async take(step: Step): Promise<void> {
    if (step.does === 'send') await Promise.all(step.from.map(({ at, commits: fates }) => this.send(at, fates)));
    else if (step.does === 'flag') await this.flag(step.at);
    else await this.undo(step.at);
  }

  /** Until nothing waits. */
  async sendAll(): Promise<void> {
    for (const { queue } of this.windows) {
      while ((await sendBatch(queue, { connect: () => Promise.resolve(clientOf(this.hub)) })) > 0);
    }
  }

  /** The texts in the repository, in any order. */
  async texts(): Promise<string[]> {
    const { repo, layout } = this.target;
    const repository = this.hub.repositories.get(repo);
    const paths = repository?.paths() ?? [];
    if (layout === 'parquet') {
      const folders = new Set(
        paths.filter((path) => path.endsWith('.parquet')).map((path) => path.split('/')[0] ?? ''),
      );
      const rows = await Promise.all([...folders].map((folder) => rowsOnHub(this.hub, folder, repo)));
      return rows.flat().map(({ text }) => String(text));
    }
    const logs = paths.filter((path) => /data\.csv$|\.jsonl$/.test(path));
    const contents = await Promise.all(logs.map(async (path) => (await repository?.read(path))?.toString() ?? ''));
    return contents.flatMap((content) => [...content.matchAll(/sample \d+/g)].map(([text]) => text));
  }

  private async flag(at: number): Promise<void> {
    const window = this.windows[at];
    const text = `sample ${this.count++}`;
    const receipt = await window?.flag(text);
    this.flagged.add(text);
    if (receipt) this.receipts.push({ at, text, receipt });
  }

  private async undo(at: number): Promise<void> {
    const index = this.receipts.findLastIndex((one) => one.at === at);
    const [last] = index < 0 ? [] : this.receipts.splice(index, 1);
    const window = this.windows[at];
    if (!last || !window) return;
    await window.saver.undo(last.receipt);
    if (!window.log.at(-1)?.includes('has it already')) this.flagged.delete(last.text);
    window.log.length = 0;
  }

  private async send(at: number, fates: readonly Fate[]): Promise<void> {
    const window = this.windows[at];
    if (!window) return;
    const client = this.fated([...fates]);
    try {
      while ((await sendBatch(window.queue, { connect: () => Promise.resolve(client) })) > 0);
    } catch (error) {
      if (!(error instanceof Died || error instanceof HubError || error instanceof QueueBusy)) throw error;
    }
  }

  /** A client whose commits meet these fates, one after the other. */
  fated(fates: Fate[]): HubClient {
    const client = clientOf(this.hub);
    const commit = client.commit.bind(client);
    client.commit = async (...request) => {
      const fate = fates.shift() ?? 'made';
      if (fate === 'conflict') await this.somebodyElse();
      if (fate === 'refused') throw new HubError('rateLimited', 'Too many requests.');
      if (fate === 'dies before') throw new Died();
      const made = await commit(...request);
      if (fate === 'answer lost') throw new HubError('unreachable', 'There was no answer.');
      if (fate === 'dies after') throw new Died();
      return made;
    };
    return client;
  }

  private async somebodyElse(): Promise<void> {
    const repository = this.hub.repository(this.target.repo);
    const attributes = (await repository.read('.gitattributes')).toString();
    await repository.commit({ '.gitattributes': `${attributes}# ${this.count++}\n` });
  }
}

describe('flags of several windows and machines, whatever happens to their commits', () => {
  it.each(['parquet', 'gradio', 'gradioDirs'] as const)(
    'are in the repository once each: %s',
    async (layout) => {
      const hub = await start({ commitTakes: 5 });
      let runs = 0;
      await fc.assert(
        fc.asyncProperty(steps, async (all) => {
          const world = new World(hub, { repo: `ada/${layout}-${runs++}`, layout });
          for (const step of all) {
            await world.take(step);
            const texts = await world.texts();
            expect(texts).toHaveLength(new Set(texts).size);
          }
          await world.sendAll();
          expect((await world.texts()).sort()).toEqual([...world.flagged].sort());
          for (const { queue } of world.windows) expect(await queue.read()).toEqual({ waiting: [], open: undefined });
        }),
        { numRuns: 8 },
      );
    },
    900_000,
  );
});

describe('a sender', () => {
  it('gives up after five conflicts without losing a flag, and says what may be the reason', async () => {
    const hub = await start();
    const world = new World(hub, { repo: 'ada/flags', layout: 'gradio' });
    await world.take({ does: 'flag', at: 0 });
    const [window] = world.windows;
    const connect = (): Promise<HubClient> => Promise.resolve(world.fated(Array<Fate>(5).fill('conflict')));
    const sending = window && sendBatch(window.queue, { connect });
    await expect(sending).rejects.toThrow('changed at each of 5 tries to add flags. Where nobody else writes there');
    expect(await world.texts()).toEqual([]);
    expect((await window?.queue.read())?.open).toBeUndefined();
    await world.sendAll();
    expect(await world.texts()).toEqual(['sample 0']);
  });

  it('leaves nothing behind when its queue is discarded while the commit is on its way', async () => {
    const hub = await start();
    const ada = machine(hub);
    await ada.flag('on its way');
    const client = clientOf(hub);
    const commit = client.commit.bind(client);
    client.commit = async (...request) => {
      await ada.queue.discard();
      await ada.flag('later');
      return commit(...request);
    };
    await sendBatch(ada.queue, { connect: () => Promise.resolve(client) });
    expect((await ada.queue.read()).waiting.map(({ sample }) => sample.data[0])).toEqual(['later']);
    expect(await ada.send()).toEqual({ kind: 'idle' });
    expect((await rowsOnHub(hub)).map(({ text }) => text).sort()).toEqual(['later', 'on its way']);
    expect(readdirSync(ada.queue.folder)).toEqual([]);
  });

  it('passes over a line that a dying window left torn, and sends what was flagged before and after', async () => {
    const hub = await start();
    const ada = machine(hub);
    await ada.flag('before');
    const whole = readFileSync(ada.queue.path, 'utf8').trimEnd();
    appendFileSync(ada.queue.path, whole.replaceAll('before', 'torn').slice(0, -20));
    await ada.flag('after');
    await ada.send();
    expect((await rowsOnHub(hub)).map(({ text }) => text)).toEqual(['before', 'after']);
  });
});
