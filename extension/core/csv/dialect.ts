/** How records are written as text; the choices are those of Python's `csv` module, which Gradio writes with. */
export interface CsvDialect {
  /** One character. */
  readonly delimiter: string;
  /** One character; doubled inside a quoted cell. */
  readonly quote: string;
  /** `minimal` quotes a cell that needs it, `nonnumeric` every cell that is not bare. */
  readonly quoting: 'minimal' | 'nonnumeric';
  readonly lineEnd: '\r\n' | '\n';
}

/** Python's default dialect. */
export const excel: CsvDialect = { delimiter: ',', quote: '"', quoting: 'minimal', lineEnd: '\r\n' };

/** What Gradio 2.8.11 to 3.1.7 wrote: everything but numbers between apostrophes. */
export const apostrophe: CsvDialect = { delimiter: ',', quote: "'", quoting: 'nonnumeric', lineEnd: '\r\n' };

/** A value that the `nonnumeric` dialects leave unquoted: a number or a boolean. */
export interface BareCell {
  readonly bare: string;
}

export type Cell = string | BareCell;

/** The text of a cell, quotes not counted. */
export function cellText(cell: Cell): string {
  return typeof cell === 'string' ? cell : cell.bare;
}

/** A cell as it stands in the file. */
export function encodeCell(cell: Cell, dialect: CsvDialect): string {
  const text = cellText(cell);
  const bare = dialect.quoting === 'nonnumeric' ? typeof cell !== 'string' : !needsQuotes(text, dialect);
  return bare ? text : quoteCell(text, dialect.quote);
}

/** A record as it stands in the file, line end included. A single empty cell is quoted: an empty line has no cells. */
export function encodeRecord(cells: readonly Cell[], dialect: CsvDialect): string {
  const text = cells.map((cell) => encodeCell(cell, dialect)).join(dialect.delimiter);
  return (text === '' && cells.length === 1 ? quoteCell(text, dialect.quote) : text) + dialect.lineEnd;
}

function needsQuotes(text: string, { delimiter, quote }: CsvDialect): boolean {
  return text.includes(delimiter) || text.includes(quote) || text.includes('\n') || text.includes('\r');
}

/** A text between quotes. */
export function quoteCell(text: string, quote: string): string {
  return quote + text.replaceAll(quote, quote + quote) + quote;
}
