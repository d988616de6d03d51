import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CsvDialect } from '../../../../extension/core/csv/dialect';
import { applyEdits } from '../../../../extension/core/csv/editCells';
import { readRecord } from '../../../../extension/core/csv/parse';
import { TextIndex } from '../../../../extension/core/csv/textIndex';
import { dialectAndText, editsIn } from './texts';

/** Where records begin, by reading one after the other. */
function startsOf(text: string, dialect: CsvDialect): number[] {
  const starts: number[] = [];
  for (let at = text.startsWith('\ufeff') ? 1 : 0; at < text.length; at = readRecord(text, at, dialect).end) {
    starts.push(at);
  }
  return starts;
}

function indexed(index: TextIndex): number[] {
  return Array.from({ length: index.count }, (_, record) => index.start(record));
}

describe('TextIndex', () => {
  it('finds the records that are read one after the other', () => {
    fc.assert(
      fc.property(dialectAndText, ({ dialect, text }) => {
        expect(indexed(new TextIndex(text, dialect))).toEqual(startsOf(text, dialect));
      }),
      { numRuns: 1000 },
    );
  });

  it('follows any edits, one group after the other, as if the text were read anew', () => {
    const piece = fc.constantFrom('', 'a', ',', '"', "'", '\r', '\n', '\r\n', 'a,b\r\nc,"d\n"\n', '\ufeff');
    const group = fc.array(fc.tuple(fc.nat(), fc.nat(6), piece), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(dialectAndText, fc.array(group, { minLength: 1, maxLength: 4 }), ({ dialect, text }, groups) => {
        const index = new TextIndex(text, dialect);
        let now = text;
        for (const spots of groups) {
          const edits = editsIn(now.length, spots);
          now = applyEdits(now, edits);
          index.update(now, edits);
          expect(indexed(index)).toEqual(startsOf(now, dialect));
        }
      }),
      { numRuns: 2000 },
    );
  });
});
