import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkDataset } from '../../../../extension/core/dataset/checkDataset';
import { findEmptyTexts } from '../../../../extension/core/dataset/emptyTexts';
import { classBalance } from '../../../../extension/core/dataset/imbalance';
import type { RecordLabel } from '../../../../extension/core/dataset/recordLabels';

const times = <T>(count: number, value: T): T[] => Array.from({ length: count }, () => value);

describe('classes', () => {
  it('are counted, and the rarest is named when it has less than a tenth of an equal share', () => {
    const labels = [...times(18, 'ham'), 'spam', 'eggs'];
    expect(classBalance(labels)).toEqual({
      classes: [
        { label: 'ham', count: 18, share: 0.9 },
        { label: 'eggs', count: 1, share: 0.05 },
        { label: 'spam', count: 1, share: 0.05 },
      ],
      underrepresented: null,
    });
    expect(classBalance([...times(500, 'ham'), ...labels]).underrepresented).toBe('eggs');
  });

  it('are exactly as rare as allowed at the threshold itself', () => {
    expect(classBalance([...times(19, 'ham'), 'spam']).underrepresented).toBeNull();
    expect(classBalance([...times(20, 'ham'), 'spam']).underrepresented).toBe('spam');
  });

  it('are counted once for a record that has several, and not for one that has none', () => {
    const { classes } = classBalance([['a', 'b'], ['a', 'a'], [], null, '', ' ']);
    expect(classes.map(({ label, count }) => [label, count])).toEqual([
      ['a', 2],
      ['b', 1],
    ]);
    expect(classBalance([])).toEqual({ classes: [], underrepresented: null });
  });

  it('have shares of one whole', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('a', 'b', 'c'), { minLength: 1 }), (labels) => {
        const { classes } = classBalance(labels);
        expect(classes.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 12);
        expect(classes.reduce((sum, { count }) => sum + count, 0)).toBe(labels.length);
      }),
    );
  });
});

describe('texts', () => {
  it('are empty, or too short for the classifier to learn from', async () => {
    const texts = ['two words', null, '', ' \t\n\u00A0', 'one', '!!!', 'a b c d', "it's ok"];
    expect(await findEmptyTexts(texts, 2)).toEqual({ empty: [1, 2, 3], short: [4, 5, 6] });
    expect(await findEmptyTexts(texts, 1)).toEqual({ empty: [1, 2, 3], short: [5, 6] });
  });
});

describe('a dataset', () => {
  const records: readonly (readonly [string | null, RecordLabel])[] = [
    ['Win a free holiday for two, call our office before the evening today', 'spam'],
    ['See you at home', 'ham'],
    ['see you at home!', 'spam'],
    ['Win a free holiday for two, call our office before the evening now', 'spam'],
    ['Good night, my dear', 'ham'],
    ['good night, my dear.', 'ham'],
    ['', 'ham'],
    ['Yes', null],
  ];
  const texts = records.map(([text]) => text);
  const labels = records.map(([, label]) => label);

  it('is told what is wrong with it', async () => {
    expect(await checkDataset(texts, labels)).toEqual({
      records: 8,
      emptyTexts: { count: 1, rows: [6] },
      shortTexts: { count: 1, rows: [7] },
      missingLabels: { count: 1, rows: [7] },
      exactDuplicates: {
        groups: 2,
        rows: 4,
        conflicting: 1,
        listed: [
          { count: 2, rows: [1, 2], labels: ['ham', 'spam'] },
          { count: 2, rows: [4, 5], labels: ['ham'] },
        ],
      },
      nearDuplicates: {
        groups: 1,
        rows: 2,
        conflicting: 0,
        listed: [{ count: 2, rows: [0, 3], labels: ['spam'] }],
      },
      classBalance: {
        classes: [
          { label: 'ham', count: 4, share: 4 / 7 },
          { label: 'spam', count: 3, share: 3 / 7 },
        ],
        underrepresented: null,
      },
    });
  });

  it('has duplicates with different labels first, however short the list', async () => {
    const turned = await checkDataset([...texts].reverse(), [...labels].reverse(), { limit: 1 });
    expect(turned.exactDuplicates).toMatchObject({ groups: 2, rows: 4, conflicting: 1 });
    expect(turned.exactDuplicates.listed).toEqual([{ count: 2, rows: [5], labels: ['ham', 'spam'] }]);
  });

  it('has no conflict where records have the same labels in another order, or none yet', async () => {
    const sets: RecordLabel[] = [['a', 'b'], ['b', 'a'], null, ['a']];
    const same = await checkDataset(times(3, 'the same text'), sets.slice(0, 3));
    expect(same.exactDuplicates).toMatchObject({ groups: 1, conflicting: 0 });
    const different = await checkDataset(times(4, 'the same text'), sets);
    expect(different.exactDuplicates.listed[0]?.labels).toEqual(['a', 'a, b']);
  });

  it('may be empty, but not have more labels than texts', async () => {
    expect(await checkDataset([], [])).toMatchObject({ records: 0, exactDuplicates: { groups: 0, listed: [] } });
    await expect(checkDataset(['a'], [])).rejects.toThrow(/1 texts but 0 labels/);
  });

  it('says how far the check is, and stops when it is told to', async () => {
    const shares: number[] = [];
    await checkDataset(texts, labels, { onProgress: (done) => shares.push(done) });
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    expect(shares.at(-1)).toBeCloseTo(1, 12);
    await expect(checkDataset(texts, labels, { signal: AbortSignal.abort() })).rejects.toThrow(/aborted/);
  });
});
