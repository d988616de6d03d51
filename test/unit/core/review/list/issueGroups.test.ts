import { describe, expect, it } from 'vitest';
import { checkDataset } from '../../../../../extension/core/dataset/checkDataset';
import { conflictingDuplicates, poorTexts } from '../../../../../extension/core/review/list/issueGroups';

const texts = ['good film', 'good film', 'bad plot', 'bad plot', '', 'ok', 'good film', null];
const labels = ['p', 'n', 'n', 'n', 'p', 'n', 'p', 'n'];

describe('records with problems that need no model', () => {
  it('are duplicates only when their labels differ, and each names the others', async () => {
    const found = conflictingDuplicates(await checkDataset(texts, labels));
    expect([...found.rows]).toEqual([0, 1, 6]);
    expect(found.what).toEqual(['same text as row 1, 6', 'same text as row 0, 6', 'same text as row 0, 1']);
    expect(found.count).toBe(3);
  });

  it('name at most two others of a large group', async () => {
    const found = conflictingDuplicates(
      await checkDataset(Array<string>(5).fill('one text'), ['a', 'b', 'a', 'a', 'a']),
    );
    expect(found.what[0]).toBe('same text as row 1, 2 and 2 more');
  });

  it('are empty texts before very short ones', async () => {
    const found = poorTexts(await checkDataset(texts, labels));
    expect([...found.rows]).toEqual([4, 7, 5]);
    expect(found.what).toEqual(['empty', 'empty', 'very short']);
  });

  it('are counted, also those that are not listed', async () => {
    const found = poorTexts(await checkDataset(texts, labels, { limit: 1 }));
    expect([...found.rows]).toEqual([4, 5]);
    expect(found.count).toBe(3);
  });
});
