import fc from 'fast-check';
import { snappyUncompress } from 'hyparquet';
import { expect, it } from 'vitest';
import { snappyCompress } from '../../../../../extension/core/hub/parquet/snappy';

function uncompressed(compressed: Uint8Array, length: number): Uint8Array {
  const output = new Uint8Array(length);
  snappyUncompress(compressed, output);
  return output;
}

/** Bytes of few kinds in runs and repetitions, which make copies of all lengths and distances. */
const repetitive = fc
  .array(fc.tuple(fc.uint8Array({ minLength: 1, maxLength: 90 }), fc.integer({ min: 1, max: 40 })), { maxLength: 60 })
  .map((parts) =>
    Uint8Array.from(parts.flatMap(([bytes, times]) => Array.from({ length: times }, () => [...bytes]).flat())),
  );

it('gives what an independent reader makes the same bytes of', () => {
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array({ maxLength: 400 }), repetitive), (bytes) => {
      expect(Buffer.compare(uncompressed(snappyCompress(bytes), bytes.length), bytes)).toBe(0);
    }),
    { numRuns: 500 },
  );
});

it.each([0, 1, 14, 15, 16, 60, 61, 256, 257, 65_536, 65_537, 70_000])('keeps %i bytes without a pattern', (length) => {
  let state = length + 1;
  const noise = Uint8Array.from({ length }, () => (state = Math.imul(state, 1_103_515_245) + 12_345) >>> 24);
  expect(Buffer.compare(uncompressed(snappyCompress(noise), length), noise)).toBe(0);
});

it('reaches back to the beginning of 64 KiB and no farther', () => {
  const word = Buffer.from('seldom seen and here again');
  for (const gap of [65_500, 65_535 - word.length, 65_536 - word.length, 65_600]) {
    const bytes = Buffer.concat([word, Buffer.alloc(gap), word, Buffer.alloc(20)]);
    expect(Buffer.compare(uncompressed(snappyCompress(bytes), bytes.length), bytes)).toBe(0);
  }
});

it('makes little of what repeats itself, and a view of other bytes into their own', () => {
  const lines = Buffer.from(Array.from({ length: 5_000 }, (_, row) => `record ${row} of a dataset\n`).join(''));
  const view = lines.subarray(7, 100_007);
  const compressed = snappyCompress(view);
  expect(compressed.length).toBeLessThan(view.length / 2.5);
  expect(Buffer.compare(uncompressed(compressed, view.length), view)).toBe(0);
});
