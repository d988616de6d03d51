import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readPredProbs } from '../../../../../extension/core/dataset/predProbs/readPredProbs';
import { rowsOf } from '../../../../../extension/core/labels/matrix';
import { testFiles } from '../folder';
import { npy, npyMatrix } from '../npyWriter';
import { zip } from '../zipWriter';

const write = testFiles();
const f8 = { type: '<f8' };
const rows = [
  [0.75, 0.25],
  [0.125, 0.875],
  [1, 0],
];
const matrix = npyMatrix(rows, f8);

describe('probabilities in an .npy file', () => {
  it('come without names of classes', async () => {
    const { predProbs, classes, warnings } = await readPredProbs(await write('p.npy', matrix));
    expect(rowsOf(predProbs)).toEqual(rows);
    expect([classes, warnings]).toEqual([null, []]);
  });

  it('are taken to be in the order that is asked for', async () => {
    const path = await write('p.npy', matrix);
    expect((await readPredProbs(path, { classes: ['spam', 'ham'] })).classes).toEqual(['spam', 'ham']);
    await expect(readPredProbs(path, { classes: ['a', 'b', 'c'] })).rejects.toThrow(
      'p.npy has 2 columns without names, but there are 3 classes: a, b, c. Give one column a class in this order, or name the columns.',
    );
  });

  it.each([
    ['one dimension', npy([4], Buffer.alloc(32), f8), /1 dimensions \(4\), not 2/],
    ['three dimensions', npy([1, 2, 2], Buffer.alloc(32), f8), /3 dimensions \(1 × 2 × 2\), not 2/],
    ['texts', npy([1, 2], Buffer.alloc(8), { type: '<U1' }), /holds texts, not numbers/],
    ['no rows', npy([0, 2], Buffer.alloc(0), f8), /no probabilities \(0 rows, 2 columns\)/],
    ['one column', npyMatrix([[0.5]], f8), /one column .* for two classes 1 - p and p/],
    [
      'NaN',
      npyMatrix(
        [
          [0.5, 0.5],
          [NaN, 1],
        ],
        f8,
      ),
      /p\.npy has NaN in row 1, column 0/,
    ],
    ['an infinity', npyMatrix([[0.5, -Infinity]], f8), /p\.npy has -Infinity in row 0, column 1/],
    ['a value above 1', npyMatrix([[0, 1.1]], f8), /row 0, column 1 is 1\.1, not between 0 and 1/],
    [
      'a value below 0',
      npyMatrix(
        [
          [0.5, 0.5],
          [-0.1, 1.1],
        ],
        f8,
      ),
      /row 1, column 0 is -0\.1, not between 0 and 1/,
    ],
  ])('of %s are refused', async (_, bytes, message) => {
    await expect(readPredProbs(await write('p.npy', bytes))).rejects.toThrow(message);
  });

  it('may miss 0 and 1 as far as in cleanlab', async () => {
    await readPredProbs(await write('p.npy', npyMatrix([[-1e-6, 1 + 1e-6]], f8)));
  });

  it('need a row for every label', async () => {
    await expect(readPredProbs(await write('p.npy', matrix), { rows: 4 })).rejects.toThrow(
      'p.npy has probabilities of 3 rows, but there are 4 labels.',
    );
  });

  it('are no pickle and no picture', async () => {
    await expect(readPredProbs(await write('p.pkl', 'x'))).rejects.toThrow(/Save them as \.npy/);
  });
});

describe('probabilities in an .npz archive', () => {
  const layouts = fc.record({
    deflated: fc.boolean(),
    long: fc.boolean(),
    comment: fc.constantFrom('', 'a comment', 'PK\x05\x06 within a comment'.padEnd(60)),
  });

  it('are those of its only matrix, however it is packed', async () => {
    const labels = npy([3], Buffer.alloc(24), { type: '<i8' });
    await fc.assert(
      fc.asyncProperty(layouts, async (layout) => {
        const path = await write('p.npz', zip({ 'y.npy': labels, 'é.npy': matrix }, layout));
        expect(rowsOf((await readPredProbs(path)).predProbs)).toEqual(rows);
      }),
      { numRuns: 30 },
    );
  });

  it.each(['pred_probs', 'probs', 'arr_0'])('are those called %s when there are several', async (name) => {
    const other = npyMatrix([[0, 1]], f8);
    const path = await write('p.npz', zip({ 'features.npy': other, [`${name}.npy`]: matrix }));
    expect(rowsOf((await readPredProbs(path)).predProbs)).toEqual(rows);
  });

  it('are not guessed', async () => {
    const several = await write('p.npz', zip({ 'a.npy': matrix, 'b.npy': matrix }));
    await expect(readPredProbs(several)).rejects.toThrow(/several are matrices.*a \(3 × 2, <f8\); b \(3 × 2, <f8\)/);
    const none = await write('p.npz', zip({ 'y.npy': npy([3], Buffer.alloc(24), f8) }));
    await expect(readPredProbs(none)).rejects.toThrow(/none is a matrix of numbers/);
  });

  it('are refused when they are damaged or pickled', async () => {
    const whole = zip({ 'p.npy': npyMatrix(Array(999).fill([0.25, 0.75]), f8) }, { deflated: true });
    await expect(readPredProbs(await write('p.npz', whole.subarray(0, -1)))).rejects.toThrow(/is no \.npz file/);
    const broken = Buffer.from(whole).fill(0xff, 90, 110);
    await expect(readPredProbs(await write('p.npz', broken))).rejects.toThrow(/p\.npz is damaged/);
    const pickled = zip({ 'p.npy': npy([1, 1], Buffer.from('\x80\x04'), { type: '|O' }) });
    await expect(readPredProbs(await write('p.npz', pickled))).rejects.toThrow(/none is a matrix of numbers.*\|O/);
  });
});

describe('rows that miss the sum 1', () => {
  const near = npyMatrix(
    [
      [0.3, 0.7],
      [0.00001, 1.00001],
      [0.5, 0.5001],
    ],
    f8,
  );

  it('are divided by their sums when that is wanted', async () => {
    const path = await write('p.npy', near);
    const { predProbs, warnings } = await readPredProbs(path, {
      normalizeRows: ({ missing, largest }) => missing === 2 && Math.abs(largest - 1e-4) < 1e-12,
    });
    for (const row of rowsOf(predProbs)) expect(row.reduce((sum, value) => sum + value)).toBeCloseTo(1, 12);
    expect(warnings).toEqual(['2 of 3 rows missed the sum 1, by up to 0.00010, and were divided by their sums.']);
  });

  it('are left alone, and checked, when it is not', async () => {
    const path = await write('p.npy', near);
    await expect(readPredProbs(path, { normalizeRows: () => false })).rejects.toThrow(
      /is 1\.00001, not between 0 and 1/,
    );
    await expect(readPredProbs(path)).rejects.toThrow(/normalise rows/);
  });

  it('cannot be divided by 0', async () => {
    const path = await write(
      'p.npy',
      npyMatrix(
        [
          [0.5, 0.5],
          [0, 0],
        ],
        f8,
      ),
    );
    await expect(readPredProbs(path, { normalizeRows: () => true })).rejects.toThrow(
      'Row 1 cannot be divided by its sum, which is 0.',
    );
  });
});
