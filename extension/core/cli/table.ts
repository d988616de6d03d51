import { printable } from './printable';

/** Characters of a cell that are shown; a time fits. */
const widest = 26;
/** Rows that decide on the widths of the columns. */
const measured = 500;

/** Rows as aligned columns for a terminal, the first one underlined. Long cells are clipped, line ends become spaces. */
export async function* tableLines(
  rows: AsyncIterable<readonly string[]> | Iterable<readonly string[]>,
): AsyncGenerator<string> {
  const first: (readonly string[])[] = [];
  let widths: readonly number[] | undefined;
  for await (const row of rows) {
    const cells = row.map(clipped);
    if (widths) yield tableLine(cells, widths);
    else if (first.push(cells) > measured) {
      widths = widthsOf(first);
      yield* tableHead(first, widths);
    }
  }
  if (!widths) yield* tableHead(first, widthsOf(first));
}

function* tableHead([header = [], ...rows]: readonly (readonly string[])[], widths: readonly number[]) {
  yield tableLine(header, widths);
  yield widths.map((width) => '─'.repeat(width)).join('  ');
  for (const row of rows) yield tableLine(row, widths);
}

function tableLine(cells: readonly string[], widths: readonly number[]): string {
  return cells
    .map((cell, index) => cell + ' '.repeat(Math.max((widths[index] ?? 0) - lengthOf(cell), 0)))
    .join('  ')
    .trimEnd();
}

function widthsOf(rows: readonly (readonly string[])[]): readonly number[] {
  const widths: number[] = [];
  for (const row of rows) {
    row.forEach((cell, index) => (widths[index] = Math.max(widths[index] ?? 0, lengthOf(cell))));
  }
  return widths;
}

function clipped(text: string): string {
  const line = printable(text.slice(0, 8 * widest).replaceAll(/\s+/g, ' '));
  return lengthOf(line) <= widest && text.length <= 8 * widest
    ? line
    : `${Array.from(line)
        .slice(0, widest - 1)
        .join('')}…`;
}

/** In characters, not in UTF-16 units. */
function lengthOf(text: string): number {
  return Array.from(text).length;
}
