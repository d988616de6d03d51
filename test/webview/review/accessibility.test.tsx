import axe from 'axe-core';
import { describe, expect, it } from 'vitest';
import { FakeHost } from './fakeHost';
import { openPage } from './openPage';

/** Colours and sizes need a browser. */
async function violations(root: HTMLElement): Promise<string[]> {
  const found = await axe.run(root, {
    rules: { 'color-contrast': { enabled: false }, 'target-size': { enabled: false } },
  });
  return found.violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}

async function openAll() {
  const proposal = { label: null, note: 'no', time: '2026-05-01T10:00:00Z', proposed: true };
  const host = new FakeHost([
    { row: 1, clipped: 5, stale: true, others: [{ reviewer: 'ben', decision: 'keep', ...proposal }] },
    { row: 2, media: { kind: 'image', url: 'data:image/png;base64,' } },
  ]);
  host.more = { stale: true, secondOpinion: true };
  host.answers.charts = () => ({
    scores: [{ from: 0, to: 1, candidates: 4, pending: 4 }],
    confusion: [
      [0, 1, 0],
      [1, 0, 0],
      [0, 0, 0],
    ],
  });
  host.answers.similar = () => [{ row: 2, text: 'alike', labels: ['spam'], similarity: 0.5, status: 'keep' }];
  const page = await openPage(host);
  await page.act('charts');
  return page;
}

describe('the page of a review for assistive technology', () => {
  it('has nothing that axe finds wrong with a record and its note', async () => {
    const { root, act } = await openAll();
    await act('note');
    expect(await violations(root)).toEqual([]);
  });

  it('has nothing that axe finds wrong with its keys', async () => {
    const { root, act } = await openAll();
    await act('help');
    expect(await violations(root)).toEqual([]);
  });

  it('has nothing that axe finds wrong with its table', async () => {
    const { root, act } = await openAll();
    await act('bulk');
    expect(await violations(root)).toEqual([]);
  });

  it('is found out where a field has no name', async () => {
    const { root } = await openAll();
    for (const name of ['aria-label', 'placeholder']) root.querySelector('.filter-field')?.removeAttribute(name);
    expect((await violations(root)).join()).toContain('label');
  });
});
