import { afterEach, describe, expect, it, vi } from 'vitest';
import { ExpectedError } from '../../../../extension/core/errors';
import { everything } from '../../../../extension/protocol/review';
import { ReviewController } from '../../../../extension/ui/review/reviewController';
import { ReviewMemory } from '../../../../extension/ui/review/reviewMemory';
import { FakeReview, type FakeCandidate } from './fakeReview';

const candidates: FakeCandidate[] = [
  { row: 10, text: 'win money', given: 0, suggested: 1, labelQuality: 0.01 },
  { row: 20, text: 'dear friend\nmoney', given: 1, suggested: 2, labelQuality: 0.26 },
  { row: 30, text: 'meeting', given: 1, suggested: 0, labelQuality: 1 },
];

class Memento {
  readonly kept = new Map<string, unknown>();
  keys(): readonly string[] {
    return [...this.kept.keys()];
  }
  get(key: string): unknown {
    return this.kept.get(key);
  }
  update(key: string, value: unknown): Promise<void> {
    this.kept.set(key, structuredClone(value));
    return Promise.resolve();
  }
}

const opened: ReviewController[] = [];

async function open(review = new FakeReview(candidates), memento = new Memento(), dataset = review.dataset) {
  const done: string[] = [];
  const reported: unknown[] = [];
  const controller = await ReviewController.open(review, {
    name: 'mails.csv',
    memory: new ReviewMemory(memento as never, dataset, () => ({ stopAt: 0.1 })),
    findMedia: (path) => Promise.resolve(path.startsWith('..') ? null : { kind: 'image', url: `page:${path}` }),
    apply: () => Promise.resolve(void done.push('apply')),
    openInFile: (row) => Promise.resolve(void done.push(`open ${row}`)),
    secondOpinion: (row) => Promise.resolve(void done.push(`ask ${row}`)),
    showLog: () => void done.push('log'),
    report: (error) => reported.push(error),
  });
  opened.push(controller);
  const told: number[] = [];
  controller.tell = (version) => told.push(version);
  return { review, controller, memento, told, done, reported };
}

const change = (label: readonly string[] | null) => ({ decision: 'change', label }) as const;
const keep = { decision: 'keep', label: null } as const;

afterEach(() => {
  vi.useRealTimers();
  for (const controller of opened.splice(0)) controller.dispose();
});

describe('a record of a review', () => {
  it('comes with what a person judges it by, without the label column', async () => {
    const { controller } = await open();
    expect(await controller.record(0, false)).toMatchObject({
      position: 0,
      row: 10,
      text: 'win money',
      clipped: 0,
      media: null,
      columns: [{ name: 'source', value: `${'a'.repeat(2000)}…` }],
      given: ['ham'],
      suggested: ['spam'],
      probabilities: [0.2, 0.7, 0.1],
      labelQuality: 0.01,
      rank: 0,
      status: 'pending',
    });
    expect(await controller.record(3, false)).toBeNull();
  });

  it('is clipped without half a character, and whole when that is asked for', async () => {
    const text = `${'x'.repeat(19_999)}😀${'y'.repeat(10_000_000)}`;
    const { controller } = await open(new FakeReview([{ row: 1, text, given: 0, suggested: 1, labelQuality: 0.1 }]));
    const record = await controller.record(0, false);
    expect(record?.text).toBe('x'.repeat(19_999));
    expect(record?.clipped).toBe(text.length - 19_999);
    expect(await controller.wholeText(1)).toBe(text.slice(0, 1_000_000));
    expect((await controller.reason(1))?.tokens).toHaveLength(1);
    expect((await controller.rows(0, 1)).rows[0]?.text).toHaveLength(300);
  });

  it('has no suggestion and no rank when it is no candidate, and is none when the dataset has it not', async () => {
    const { controller } = await open();
    expect(await controller.recordOfRow(11)).toMatchObject({
      position: -1,
      suggested: null,
      rank: null,
      labelQuality: null,
      selfConfidence: null,
    });
    expect(await controller.recordOfRow(1000)).toBeNull();
  });

  it('shows media that may be shown', async () => {
    const media = (row: number, text: string): FakeCandidate => ({
      row,
      text,
      given: 0,
      suggested: 1,
      labelQuality: 0.1,
    });
    const { controller } = await open(new FakeReview([media(1, 'cats/1.png'), media(2, '../../etc/2.png')]));
    expect(await controller.namesMedia()).toBe(true);
    expect((await controller.record(0, false))?.media).toEqual({ kind: 'image', url: 'page:cats/1.png' });
    expect((await controller.record(1, false))?.media).toBeNull();
    expect(await (await open()).controller.namesMedia()).toBe(false);
  });

  it('does not wait for a model that is started anew, and says when its probabilities came', async () => {
    const { review, controller, told } = await open();
    let start = (): void => undefined;
    review.model = new Promise<void>((resolve) => {
      start = resolve;
    });
    expect((await controller.record(0, false))?.probabilities).toBeNull();
    expect(told).toEqual([]);
    start();
    await expect.poll(() => told).toHaveLength(1);
    expect((await controller.record(0, false))?.probabilities).toEqual([0.2, 0.7, 0.1]);
  });

  it('is shown without probabilities when the model fails, which is reported once', async () => {
    const { review, controller, reported } = await open();
    review.model = Promise.reject(new ExpectedError('No memory.'));
    expect((await controller.record(0, false))?.probabilities).toBeNull();
    expect((await controller.record(0, false))?.probabilities).toBeNull();
    expect(reported).toHaveLength(1);
  });
});

describe('a decision of a page', () => {
  it('reaches the ledger with its seconds, which end at an hour', async () => {
    const { review, controller } = await open();
    await controller.decide(10, change(['scam']), 2.5);
    await controller.decide(20, keep, 1e9);
    expect(review.decided).toEqual([
      [{ row: 10, decision: 'change', label: ['scam'], seconds: 2.5 }],
      [{ row: 20, decision: 'keep', seconds: 3600 }],
    ]);
  });

  it('without a label takes the suggested one', async () => {
    const { review, controller } = await open();
    await controller.decide(10, change(null), 1);
    expect(review.decided.flat()).toMatchObject([{ row: 10, decision: 'change', label: ['spam'] }]);
  });

  it('fails with what to do, and decides nothing, for labels and records that are not there', async () => {
    const { review, controller } = await open();
    for (const label of [['nonsense'], [], ['ham', 'spam']]) {
      await expect(controller.decide(10, change(label), 1)).rejects.toBeInstanceOf(ExpectedError);
    }
    await expect(controller.decide(1000, keep, 1)).rejects.toBeInstanceOf(ExpectedError);
    await expect(controller.decide(11, change(null), 1)).rejects.toBeInstanceOf(ExpectedError);
    review.failure = new ExpectedError('The disk is full.', 'Make room.');
    await expect(controller.decide(10, keep, 1)).rejects.toBe(review.failure);
    expect(review.decided).toEqual([]);
  });

  it('may name several labels where records have several', async () => {
    const { review, controller } = await open(new FakeReview(candidates, true));
    await controller.decide(10, change(['spam', 'scam']), 1);
    await controller.decide(20, change([]), 1);
    expect(review.decided.flat()).toMatchObject([{ label: ['spam', 'scam'] }, { label: [] }]);
  });

  it('is taken back and done again, record by record', async () => {
    const { review, controller } = await open();
    expect(await controller.undo()).toBeNull();
    await controller.decide(10, keep, 1);
    await controller.decideMany({ rows: [20, 30] }, keep);
    expect(await controller.undo()).toBe(20);
    expect(await controller.undo()).toBe(10);
    expect(await controller.redo()).toBe(10);
    expect(review.statusOf(10)).toBe('keep');
    expect(controller.view()).toMatchObject({ canUndo: true, canRedo: true });
  });
});

describe('a decision on many records', () => {
  it('is shown before it is made', async () => {
    const { review, controller } = await open();
    await controller.decide(20, keep, 1);
    const preview = await controller.preview({ all: true }, change(null));
    expect(preview).toMatchObject({ count: 3, decided: 1, pairs: [{ candidates: 3 }] });
    expect(preview.examples.map(({ row, position }) => [row, position])).toEqual([
      [10, 0],
      [20, 1],
      [30, 2],
    ]);
    expect(review.decided).toHaveLength(1);
    expect(await controller.decideMany({ all: true }, change(null))).toBe(3);
    expect(review.decided[1]?.map(({ label }) => label)).toEqual([['spam'], ['scam'], ['ham']]);
  });

  it('is about the filtered list, or those that are named, once and as far as they are there', async () => {
    const { review, controller } = await open();
    await controller.setFilter({ ...everything, text: 'money' });
    expect(await controller.decideMany({ all: true }, { decision: 'discard', label: null })).toBe(2);
    expect(await controller.decideMany({ rows: [30, 30, 1000] }, keep)).toBe(1);
    expect(await controller.decideMany({ rows: [11] }, change(null))).toBe(0);
    expect(review.decided.map((choices) => choices.map(({ row }) => row))).toEqual([[10, 20], [30]]);
  });
});

describe('blind mode', () => {
  it('gives nothing of the suggestion away before the decision', async () => {
    const { controller } = await open();
    controller.setBlind(true);
    expect(await controller.record(0, false)).toMatchObject({
      suggested: null,
      probabilities: null,
      normalizedMargin: null,
      selfConfidence: null,
      others: [],
    });
    expect([await controller.reason(10), await controller.similar(10)]).toEqual([null, []]);
    expect((await controller.rows(0, 3)).rows.map(({ suggested }) => suggested)).toEqual([null, null, null]);
    expect((await controller.preview({ all: true }, keep)).pairs).toEqual([]);
    await expect(controller.decide(10, change(null), 1)).rejects.toThrow('hidden');
    await expect(controller.decideMany({ all: true }, change(null))).rejects.toThrow('hidden');
    await controller.decide(10, { decision: 'skip', label: null }, 1);
    expect((await controller.record(0, false))?.suggested).toBeNull();
    await controller.decide(10, change(['scam']), 1);
    expect((await controller.record(0, false))?.suggested).toEqual(['spam']);
    expect((await controller.rows(0, 1)).rows[0]?.suggested).toEqual(['spam']);
    expect(await controller.similar(10)).toHaveLength(1);
  });
});

describe('what a page draws around the record', () => {
  it('is counted and no longer than it can draw', async () => {
    const { controller } = await open();
    const view = controller.view();
    expect(view).toMatchObject({
      dataset: 'mails.csv',
      model: 'built-in, 5 folds',
      matched: 3,
      position: 0,
      stopAt: 0.1,
      secondOpinion: false,
      restore: { dataset: '/data/mails.csv' },
    });
    expect(view.estimate.curve.length).toBeLessThan(500);
    expect(view.estimate.curve.at(-1)?.rank).toBe(4999);
  });

  it('says that nothing was looked for', async () => {
    const { review, controller } = await open();
    review.found = undefined;
    expect(() => controller.view()).toThrow('Find Label Errors');
  });

  it('has charts of all candidates', async () => {
    const { review, controller } = await open();
    await review.decide([{ row: 30, decision: 'keep' }]);
    const { scores, confusion } = controller.charts();
    expect(scores).toHaveLength(20);
    expect([scores[0], scores[5], scores[19]]).toEqual([
      { from: 0, to: 0.05, candidates: 1, pending: 1 },
      { from: 0.25, to: 0.3, candidates: 1, pending: 1 },
      { from: 0.95, to: 1, candidates: 1, pending: 0 },
    ]);
    expect(confusion).toEqual([
      [0, 1, 0],
      [1, 0, 1],
      [0, 0, 0],
    ]);
    expect((await open(new FakeReview(candidates, true))).controller.charts().confusion).toBeNull();
  });

  it('is told of at a pace, however much changes', async () => {
    const { review, controller, told } = await open();
    vi.useFakeTimers();
    for (let time = 0; time < 50; time++) review.tell({ kind: 'decisions', rows: [10] });
    review.tell({ kind: 'progress' });
    await vi.advanceTimersByTimeAsync(1000);
    expect(told).toEqual([50]);
    expect(controller.view().version).toBe(50);
  });

  it('is heard of no more once it ended', async () => {
    const { review, controller, told } = await open();
    await controller.record(1, false);
    expect(review.held).toBe(20);
    review.tell({ kind: 'decisions' });
    controller.dispose();
    expect([review.isHeard, review.held]).toEqual([false, undefined]);
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(told).toEqual([]);
  });
});

describe('the order of a review', () => {
  const reversed = [...candidates].reverse();

  it('follows the candidates below what was looked at; what was read ahead may move', async () => {
    const { review, controller, told } = await open();
    await controller.record(0, false);
    await controller.record(1, true);
    review.reorder(reversed);
    await expect.poll(() => told).not.toEqual([]);
    const { rows } = await controller.rows(0, 10);
    expect(rows.map(({ row }) => row)).toEqual([10, 30, 20]);
  });

  it('begins anew with another search', async () => {
    const { review, controller, told } = await open();
    await controller.record(1, false);
    review.findAnew(reversed);
    await expect.poll(() => told).not.toEqual([]);
    const { rows } = await controller.rows(0, 10);
    expect(rows.map(({ row }) => row)).toEqual([30, 20, 10]);
  });

  it('begins anew when the records of the dataset have other numbers', async () => {
    const { review, controller, told } = await open();
    await controller.record(1, false);
    review.tell({ kind: 'records' });
    review.reorder(reversed);
    await expect.poll(() => told).not.toEqual([]);
    const { rows } = await controller.rows(0, 10);
    expect(rows.map(({ row }) => row)).toEqual([30, 20, 10]);
  });

  it('shows a chosen record that is no candidate without suggestion and score, and takes a decision on it', async () => {
    const { review, controller } = await open();
    expect(await controller.showOnly({ name: 'conflicts', rows: [77] }, false)).toBe(77);
    const [line] = (await controller.rows(0, 10)).rows;
    expect(line).toMatchObject({ row: 77, position: 0, suggested: null, labelQuality: null });
    expect(await controller.record(0, false)).toMatchObject({ row: 77, position: 0, suggested: null, rank: null });
    await controller.decide(77, { decision: 'change', label: ['spam'] }, 1);
    expect(review.decided).toEqual([[{ row: 77, decision: 'change', label: ['spam'], seconds: 1 }]]);
    expect(controller.nextPending(0)).toBeNull();
  });

  it('leaves the records that were chosen, beginning with the first pending one, until they have other numbers', async () => {
    const { review, controller, told } = await open();
    await review.decide([{ row: 20, decision: 'keep' }]);
    expect(await controller.showOnly({ name: 'conflicts', rows: [30, 20] }, false)).toBe(30);
    expect((await controller.rows(0, 10)).rows.map(({ row }) => row)).toEqual([20, 30]);
    review.tell({ kind: 'records' });
    review.reorder(reversed);
    await expect.poll(() => told).not.toEqual([]);
    await expect.poll(() => controller.view().filter).toEqual({ ...everything, sort: 'likelihood' });
    expect((await controller.rows(0, 10)).rows).toHaveLength(3);
  });
});

describe('a panel that comes back', () => {
  it('has its filter, its record and its settings, for its own dataset', async () => {
    const { controller, memento } = await open();
    await controller.setFilter({ ...everything, sort: 'row', text: 'money' });
    await controller.record(1, false);
    controller.setFrozen(true);
    controller.setBlind(true);
    controller.setStopAt(0.25);
    controller.dispose();
    const review = new FakeReview(candidates);
    const again = await open(review, memento);
    expect(again.controller.view()).toMatchObject({
      filter: { text: 'money', sort: 'row' },
      position: 1,
      frozen: true,
      blind: true,
      stopAt: 0.25,
    });
    expect(review.frozen).toBe(true);
    const other = await open(new FakeReview(candidates), memento, '/data/other.csv');
    expect(other.controller.view()).toMatchObject({ filter: everything, position: 0 });
  });

  it('begins anew with what another version kept', async () => {
    const memento = new Memento();
    memento.kept.set('review.settings', 'new');
    memento.kept.set('review.places', { '/data/mails.csv': { filter: { text: 7 }, row: -3 } });
    const { controller } = await open(new FakeReview(candidates), memento);
    expect(controller.view()).toMatchObject({ filter: everything, position: 0, stopAt: 0.1 });
  });
});
