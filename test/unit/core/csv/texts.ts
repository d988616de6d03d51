import fc from 'fast-check';
import { apostrophe, excel, type CsvDialect } from '../../../../extension/core/csv/dialect';
import { scanEnd, scanRecords, scanStart } from '../../../../extension/core/csv/records';
import type { TextEdit } from '../../../../extension/core/csv/spans';

/** The dialects of logs, and the separators of other tables. */
export const dialects: readonly CsvDialect[] = [
  excel,
  apostrophe,
  { ...excel, delimiter: ';' },
  { ...excel, delimiter: '\t', lineEnd: '\n' },
];

const plain = ['a', ' ', 'é', '😀', '1', '.5', '-', '\u2028'];

/** What a cell may be given. */
export const cellValue = fc.oneof(
  fc.string({ unit: fc.constantFrom(...plain, ',', ';', '\t', '"', "'", '\n', '\r'), maxLength: 6 }),
  fc.constantFrom('', '""', '"', "'", '2.5', 'True', ' x ', '\ufeffa', '\r\n'),
);

export interface DialectAndText {
  readonly dialect: CsvDialect;
  readonly text: string;
}

/** Texts that every reader understands alike: each quote opens, closes or is doubled; bare cells may have some inside. */
export const wellFormedText = textsOf((dialect) => fc.oneof(bareCell(dialect), quotedCell(dialect)));

/** Any text that Python reads: also quotes that are never closed, and what follows a closing quote. */
export const dialectAndText = textsOf((dialect) => {
  const { quote } = dialect;
  const malformed = fc.oneof(
    quotedCell(dialect).map((cell) => `${cell}a${quote}`),
    quotedCell(dialect).map((cell) => cell.slice(0, -1)),
  );
  return fc.oneof(
    { weight: 8, arbitrary: bareCell(dialect) },
    { weight: 8, arbitrary: quotedCell(dialect) },
    malformed,
  );
});

function bareCell({ quote }: CsvDialect): fc.Arbitrary<string> {
  const text = fc.string({ unit: fc.constantFrom(...plain), maxLength: 4 });
  return fc.oneof(
    text,
    text,
    text.map((end) => `b${quote}${end}`),
  );
}

function quotedCell({ quote, delimiter }: CsvDialect): fc.Arbitrary<string> {
  const unit = fc.constantFrom(...plain, delimiter, quote + quote, '\n', '\r\n', '\r');
  return fc.string({ unit, maxLength: 4 }).map((text) => quote + text + quote);
}

/** As programs and people leave them: ragged, with mixed line ends, a byte order mark, without a final line end. */
function textsOf(cellOf: (dialect: CsvDialect) => fc.Arbitrary<string>): fc.Arbitrary<DialectAndText> {
  return fc.constantFrom(...dialects).chain((dialect) => {
    const record = fc.array(cellOf(dialect), { maxLength: 4 }).map((cells) => cells.join(dialect.delimiter));
    const lineEnd = fc.oneof(fc.constant(dialect.lineEnd), fc.constantFrom('\r\n', '\n', '\r'));
    const line = fc.tuple(record, lineEnd).map((parts) => parts.join(''));
    return fc
      .tuple(fc.constantFrom('', '', '\ufeff'), fc.array(line, { maxLength: 5 }), fc.oneof(fc.constant(''), record))
      .map(([mark, lines, last]) => ({ dialect, text: mark + lines.join('') + last }));
  });
}

/** Edits that do not overlap, in order, made of numbers of any size. */
export function editsIn(length: number, spots: readonly (readonly [number, number, string])[]): TextEdit[] {
  const cuts = spots.map(([at, size, text]) => ({ at: at % (length + 1), size, text }));
  let from = 0;
  return cuts
    .sort((a, b) => a.at - b.at)
    .map(({ at, size, text }) => {
      const start = Math.max(at, from);
      from = Math.min(start + size, length);
      return { start, end: from, text };
    });
}

/** How many records a file has, its header included. */
export function countRecords(bytes: Uint8Array, dialect: Pick<CsvDialect, 'delimiter' | 'quote'>): number {
  return scanEnd(scanRecords(bytes, scanStart, dialect)).records;
}
