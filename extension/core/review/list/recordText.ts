import type { Json } from '../../json';
import type { Review } from '../review';

/** What a record is recognised by: its text, or all its cells but the label where no column holds texts. */
export function recordText({ columns, found }: Pick<Review, 'columns' | 'found'>, cells: readonly Json[]): string {
  const text = found?.settings.text;
  if (text !== null && text !== undefined) return cellText(cells[columns.indexOf(text)] ?? null);
  const others = columns.flatMap((column, at) => (column === found?.settings.label ? [] : [cells[at] ?? null]));
  return others.map(cellText).filter(Boolean).join(', ');
}

function cellText(cell: Json): string {
  if (cell === null) return '';
  return typeof cell === 'string' ? cell : JSON.stringify(cell);
}
