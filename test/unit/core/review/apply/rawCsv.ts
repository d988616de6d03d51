import fc from 'fast-check';
import { encode, type Encoding } from '../../../../../extension/core/csv/encodings';

/** A cell as it stands in a file. */
export interface RawCell {
  readonly value: string;
  readonly quoted: boolean;
}

export interface RawLine {
  readonly cells: readonly RawCell[];
  readonly lineEnd: string;
  /** Line ends that follow and end no record. */
  readonly emptyLines: string;
}

/** A table of which every character is known. */
export interface RawCsv {
  readonly encoding: Encoding;
  readonly mark: boolean;
  readonly delimiter: string;
  readonly header: RawLine;
  readonly lines: readonly RawLine[];
}

export const columns = ['id', 'text', 'label', 'more'];
export const labelAt = columns.indexOf('label');

/** Labels that need quotes in some dialects, and one that only some encodings have. */
export const newLabel = fc.constantFrom('spam', 'ham', '', 'a,b', 'x;y', 't\tt', 'say "x"', 'two\nlines', 'é', '0');

/** A table of any dialect and encoding; some records cross the pieces in which a file is read. */
export const rawCsv: fc.Arbitrary<RawCsv> = fc
  .record({
    delimiter: fc.constantFrom(',', ';', '\t', '|'),
    encoding: fc.constantFrom<Encoding>('utf-8', 'utf-16le', 'utf-16be', 'windows-1252'),
    mark: fc.boolean(),
    lineEnds: fc.constantFrom(['\n'], ['\r\n'], ['\r'], ['\n', '\r\n']),
    endsLine: fc.boolean(),
  })
  .chain(({ delimiter, encoding, mark, lineEnds, endsLine }) => {
    const lineEnd = fc.constantFrom(...lineEnds);
    const unit = fc.constantFrom('a', 'b', ' ', 'é', "'", '0', delimiter, '"', '\n', '\r\n');
    const plain = fc.string({ unit: fc.constantFrom('a', 'b', ' ', 'é', "'", '0'), maxLength: 5 });
    const cell = fc.oneof(
      fc.record({ value: plain, quoted: fc.boolean() }),
      fc.record({ value: fc.string({ unit, maxLength: 6 }), quoted: fc.constant(true) }),
    );
    const line = fc.record({
      cells: fc.oneof(
        { weight: 5, arbitrary: fc.array(cell, { minLength: columns.length, maxLength: columns.length }) },
        fc.array(cell, { minLength: 2, maxLength: columns.length }),
      ),
      lineEnd,
      emptyLines: fc.oneof({ weight: 5, arbitrary: fc.constant('') }, lineEnd),
    });
    const filler = fc.oneof({ weight: 9, arbitrary: fc.constant(0) }, fc.integer({ min: 1_048_400, max: 1_048_600 }));
    return fc
      .tuple(fc.array(line, { minLength: 1, maxLength: 8 }), filler, lineEnd)
      .map(([lines, length, end]): RawCsv => {
        const cells = columns.map((value) => ({ value, quoted: false }));
        const header = { cells, lineEnd: end, emptyLines: '' };
        const long = {
          cells: cells.map(() => ({ value: 'x'.repeat(length / 4), quoted: false })),
          lineEnd: end,
          emptyLines: '',
        };
        const all = length > 0 ? [long, ...lines] : lines;
        const last = all.length - 1;
        const closed = all.map((own, at) => (at < last || endsLine ? own : { ...own, lineEnd: '', emptyLines: '' }));
        const isMarked = encoding.startsWith('utf-16') || (mark && encoding === 'utf-8');
        return {
          encoding,
          mark: isMarked,
          delimiter,
          header,
          lines: encoding === 'windows-1252' ? latin(closed) : closed,
        };
      });
  });

/** What has no character beyond ASCII is valid UTF-8, and would be read as such. */
function latin([first, ...lines]: readonly RawLine[]): RawLine[] {
  if (!first) return [];
  const [id, ...cells] = first.cells;
  return [{ ...first, cells: [{ value: `é ${id?.value ?? ''}`, quoted: id?.quoted ?? false }, ...cells] }, ...lines];
}

export function rawLine({ cells, lineEnd, emptyLines }: RawLine, delimiter: string): string {
  return cells.map((cell) => rawCell(cell, delimiter)).join(delimiter) + lineEnd + emptyLines;
}

/** A quoted cell stays quoted, another one is quoted when it has to be. */
function rawCell({ value, quoted }: RawCell, delimiter: string): string {
  const mustQuote = [delimiter, '"', '\n', '\r'].some((unit) => value.includes(unit));
  return quoted || mustQuote ? `"${value.replaceAll('"', '""')}"` : value;
}

export function rawText({ delimiter, header, lines }: Omit<RawCsv, 'encoding' | 'mark'>): string {
  return [header, ...lines].map((line) => rawLine(line, delimiter)).join('');
}

export function rawBytes(file: RawCsv): Buffer {
  const bytes = encode((file.mark ? '\ufeff' : '') + rawText(file), file.encoding);
  if (!bytes) throw new Error(`That cannot be written in ${file.encoding}.`);
  return bytes;
}
