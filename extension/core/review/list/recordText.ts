import { textOf } from '../../dataset/readRecords';
import type { Json } from '../../json';
import type { Review } from '../review';

/** What a record is recognised by: its text, or all its cells but the label where no column holds texts. */
export function recordText({ columns, found }: Pick<Review, 'columns' | 'found'>, cells: readonly Json[]): string {
  const text = found?.settings.text;
  if (text !== null && text !== undefined) return textOf(cells[columns.indexOf(text)] ?? null);
  const others = columns.flatMap((column, at) => (column === found?.settings.label ? [] : [cells[at] ?? null]));
  return others.map(textOf).filter(Boolean).join(', ');
}
