import axe from 'axe-core';
import { describe, expect, it } from 'vitest';
import { find } from '../outputs/mount';
import { click, keys, openPage } from './openPage';

/** Colours and sizes need a browser. */
async function violations(root: HTMLElement): Promise<string[]> {
  const found = await axe.run(root, {
    rules: { 'color-contrast': { enabled: false }, 'target-size': { enabled: false } },
  });
  return found.violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}

describe('the page of a log for assistive technology', () => {
  it('has nothing that axe finds wrong, as it opens', async () => {
    const { root } = await openPage();
    expect(await violations(root)).toEqual([]);
  });

  it('has nothing that axe finds wrong while a cell is edited', async () => {
    const { root } = await openPage();
    await keys('Enter');
    expect(await violations(root)).toEqual([]);
  });

  it('has nothing that axe finds wrong with its menus and its find bar open', async () => {
    const { root } = await openPage();
    await keys('Control+f');
    await click(find(root, '[aria-label="Menu of num1"]'));
    expect(await violations(root)).toEqual([]);
  });

  it('has nothing that axe finds wrong without samples', async () => {
    const { root } = await openPage({ total: 0, readOnly: 'This log is not UTF-8.', problems: ['A row is broken.'] });
    expect(await violations(root)).toEqual([]);
  });

  it('is found out where a field has no name', async () => {
    const { root } = await openPage();
    find(root, '[aria-label="Search all columns"]').removeAttribute('aria-label');
    find(root, '[placeholder="Search all columns"]').removeAttribute('placeholder');
    expect((await violations(root)).join()).toContain('label');
  });
});
