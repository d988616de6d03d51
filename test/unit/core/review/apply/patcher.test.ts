import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Patcher } from '../../../../../extension/core/review/apply/patcher';
import type { ByteEdit, BytePatch } from '../../../../../extension/core/review/apply/types';

const lineEnd = fc.constantFrom('\n', '\r\n', '\r');
const cell = fc.constantFrom('a', 'ab', 'a"b', '"b\nc"', '""', '"x""\r\ny;"');
/** Contents and line ends of records. */
const records = fc.array(
  fc.tuple(
    fc.array(cell, { minLength: 1, maxLength: 3 }).map((cells) => cells.join(';')),
    lineEnd,
  ),
  { minLength: 1, maxLength: 6 },
);
const text = fc.string({ unit: fc.constantFrom('a', ',', '"', '""', '\n', '\r\n', '\r', '"b\nc"'), maxLength: 60 });
const spots = fc.array(fc.tuple(fc.nat(60), fc.nat(30), fc.string({ maxLength: 4 })), { maxLength: 5 });
const sizes = fc.array(
  fc.integer({ min: 1, max: 8 }).map((half) => half * 2),
  { minLength: 1 },
);

/** What a patcher makes of bytes that come in pieces of these sizes. */
function patched(bytes: Buffer, patcher: Patcher, pieces: readonly number[]): Buffer {
  const out: Buffer[] = [];
  for (let at = 0, turn = 0; at < bytes.length; turn++) {
    const size = pieces[turn % pieces.length] ?? 2;
    out.push(...patcher.push(bytes.subarray(at, at + size)));
    at += size;
  }
  return Buffer.concat([...out, ...patcher.end()]);
}

/** Edits in order that do not overlap. */
function editsIn(length: number, wanted: readonly (readonly [number, number, string])[]): ByteEdit[] {
  let from = 0;
  return [...wanted]
    .sort(([a], [b]) => a - b)
    .flatMap(([at, size, written]) => {
      const offset = Math.max(from, Math.min(at, length));
      const end = Math.min(offset + size, length);
      from = end + 1;
      return offset <= length ? [{ offset, length: end - offset, bytes: Buffer.from(written) }] : [];
    });
}

describe('a patcher', () => {
  it('makes the same edits in pieces of any size, and what it replaced makes the way back', () => {
    fc.assert(
      fc.property(text, spots, sizes, sizes, (content, wanted, pieces, others) => {
        const bytes = Buffer.from(content);
        const edits = editsIn(bytes.length, wanted);
        const back: ByteEdit[] = [];
        const onEdit = (offset: number, length: number, replaced: Buffer): unknown =>
          back.push({ offset, length, bytes: Buffer.from(replaced) });
        const after = patched(bytes, new Patcher({ edits, fill: null }, { onEdit }), pieces);
        const expected = edits.reduceRight((whole, { offset, length, bytes: written }) => {
          return Buffer.concat([whole.subarray(0, offset), written, whole.subarray(offset + length)]);
        }, bytes);
        expect(after.toString()).toBe(expected.toString());
        expect(patched(after, new Patcher({ edits: back, fill: null }), others).toString()).toBe(content);
      }),
      { numRuns: 500 },
    );
  });

  it('adds a delimiter to records of a range, and takes it out again, in pieces of any size', () => {
    fc.assert(
      fc.property(records, fc.nat(4), fc.integer({ min: 1, max: 5 }), sizes, sizes, (lines, first, count, ...cuts) => {
        const fill = {
          encoding: 'utf-8',
          bomLength: 0,
          separators: { delimiter: ';', quote: '"' },
          records: [[first, count]],
        } as const;
        const patch: BytePatch = { edits: [], fill };
        const before = lines.map(([content, lineEnd]) => content + lineEnd).join('');
        const filled = lines.map(([content, lineEnd], number) => {
          return content + (number >= first && number < first + count ? ';' : '') + lineEnd;
        });
        const after = patched(Buffer.from(before), new Patcher(patch), cuts[0]);
        expect(after.toString()).toBe(filled.join(''));
        expect(patched(after, new Patcher(patch, { undoes: true }), cuts[1]).toString()).toBe(before);
      }),
      { numRuns: 500 },
    );
  });
});
