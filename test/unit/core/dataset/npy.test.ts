import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readNpy } from '../../../../extension/core/dataset/npy';
import { ExpectedError } from '../../../../extension/core/errors';
import { testFiles } from './folder';
import { npy, npyMatrix } from './npyWriter';

const write = testFiles();

const floats = ['<f8', '>f8', '<f4', '>f4', '<f2', '>f2'];
const integers = ['<i8', '>i8', '<i4', '>i4', '<i2', '>i2', '|i1', '<u8', '>u4', '<u2', '|u1', '|b1'];

const layouts = fc.record({
  type: fc.constantFrom(...floats, ...integers),
  columnMajor: fc.boolean(),
  version: fc.constantFrom<1 | 2 | 3>(1, 2, 3),
});

/** Multiples of 1/1024, which every type of floats holds exactly; integers of 0 and 1. */
const matrixFor = (type: string) =>
  fc
    .record({ rows: fc.integer({ min: 0, max: 9 }), columns: fc.integer({ min: 1, max: 5 }) })
    .chain(({ rows, columns }) => {
      const value = fc.integer({ min: 0, max: 1024 }).map((n) => (floats.includes(type) ? n / 1024 : n % 2));
      const row = fc.array(value, { minLength: columns, maxLength: columns });
      return fc.array(row, { minLength: rows, maxLength: rows });
    });

describe('an .npy file', () => {
  it('gives its numbers back, of every type, order and version', async () => {
    const cases = layouts.chain((layout) => fc.tuple(fc.constant(layout), matrixFor(layout.type)));
    await fc.assert(
      fc.asyncProperty(cases, async ([layout, rows]) => {
        const { shape, data } = await readNpy(await write('a.npy', npyMatrix(rows, layout)));
        expect(shape).toEqual([rows.length, rows[0]?.length ?? 0]);
        expect([...data]).toEqual(rows.flat());
      }),
    );
  });

  it.each(['<f8', '>f4'])('of %s may be longer than what is read at once', async (type) => {
    const rows = Array.from({ length: 150_000 }, (_, row) => [row % 2, (row >> 1) % 2, (row >> 2) % 2]);
    const { data } = await readNpy(await write('a.npy', npyMatrix(rows, { type })));
    const wrong = rows.flat().findIndex((value, index) => data[index] !== value);
    expect([data.length, wrong]).toEqual([450_000, -1]);
  });

  it('may hold texts', async () => {
    const body = Buffer.from(Array.from('ham\0\0spam\0é\0\0\0\0').flatMap((char) => [char.charCodeAt(0), 0, 0, 0]));
    expect(await readNpy(await write('a.npy', npy([3], body, { type: '<U5' })))).toEqual({
      shape: [3],
      data: ['ham', 'spam', 'é'],
    });
  });

  it.each([
    ['that ends early', npy([2, 2], Buffer.alloc(31), { type: '<f8' }), /ends early: it announces 4 values \(2 × 2\)/],
    ['that announces more than any memory', npy([1e9, 1e9], Buffer.alloc(8), { type: '<f8' }), /ends early/],
    ['that ends in its header', npy([2, 2], Buffer.alloc(0), { type: '<f8' }).subarray(0, 40), /within its header/],
    ['of pickled objects', npy([2], Buffer.from('\x80\x04'), { type: '|O' }), /pickled Python objects.*never loaded/],
    ['of dates', npy([1], Buffer.alloc(8), { type: '<M8[ns]' }), /type <M8\[ns\], which is not read/],
    ['of complex numbers', npy([1], Buffer.alloc(16), { type: '<c16' }), /type <c16/],
    ['that is something else', Buffer.from('a,b\n1,2\n'), /a\.npy is not an \.npy file/],
    ['that is empty', Buffer.alloc(0), /a\.npy is not an \.npy file/],
  ])('%s is refused', async (_, bytes, message) => {
    const reading = readNpy(await write('a.npy', bytes));
    await expect(reading).rejects.toThrow(ExpectedError);
    await expect(reading).rejects.toThrow(message);
  });

  it('of named fields is refused', async () => {
    const bytes = npy([1], Buffer.alloc(8), { type: 'x' }).toString('latin1').replace("'x'", "[('a', '<f8')]");
    await expect(readNpy(await write('a.npy', Buffer.from(bytes, 'latin1')))).rejects.toThrow(/holds records/);
  });

  it('that is not there is told so', async () => {
    await expect(readNpy(`${await write('a.npy', '')}.missing`)).rejects.toThrow(/There is no file/);
  });
});
