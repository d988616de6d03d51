import { afterAll, expect, it } from 'vitest';
import { silentLog } from '../../../../extension/core/log';
import { openDatasetReview } from '../../../../extension/core/review/datasetReview';
import { LocalEngine } from '../../../../extension/core/review/engine/localEngine';
import { otherReviewers, secondPassRows } from '../../../../extension/core/review/secondPass';
import { servicesIn } from '../../../builtInSearch';
import { folderOfTest } from './engine/datasets';
import { reviewOfMails } from './tools/reviews';

const folder = folderOfTest();
afterAll(folder.remove);

it('is a sample of what another reviewer decided and this one did not, the same each time', async () => {
  const ann = await reviewOfMails(folder.path, 'second.csv', 'ann');
  const rows = [...ann.candidates.rows];
  const [first = 0, second = 0, third = 0, last = 0] = rows;
  await ann.decide([first, second, third].map((row) => ({ row, decision: 'keep' })));
  await ann.decide([{ row: last, decision: 'skip' }]);
  const bo = await openDatasetReview({
    dataset: ann.dataset,
    reviewer: 'bo',
    log: silentLog,
    createEngine: () => new LocalEngine(servicesIn(folder.path)),
  });
  expect(otherReviewers(bo)).toEqual(['ann']);
  expect(secondPassRows(bo, 'ann', 1)).toEqual([first, second, third]);
  const one = secondPassRows(bo, 'ann', 0.3);
  expect(one).toHaveLength(1);
  expect(secondPassRows(bo, 'ann', 0.3)).toEqual(one);
  const two = secondPassRows(bo, 'ann', 0.6);
  expect(two).toHaveLength(2);
  expect(two).toEqual(expect.arrayContaining(one));
  await bo.decide([{ row: first, decision: 'change' }]);
  expect(secondPassRows(bo, 'ann', 1)).toEqual([second, third]);
  expect(secondPassRows(bo, 'cy', 1)).toEqual([]);
  await Promise.all([ann.dispose(), bo.dispose()]);
});
