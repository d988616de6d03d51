import type { GridMedia, GridRow, SentCell } from '../../../protocol/log';
import type { LoggedSample, LoggedValue } from './types';

/** What a grid shows of a cell; the whole text is asked for when it is opened. UTF-16 units. */
const mostShown = 400;
/** The same in a table so wide that a screen of rows would be millions of characters. */
const mostShownWhenWide = 60;
const wide = 200;

/** What is known of a sample besides its cells. */
export interface SampleMarks {
  readonly note: boolean;
  readonly corrected: boolean;
  readonly reviewed: boolean;
}

/**
 * A sample as the grid shows it.
 *
 * @param media what the page may show for the text of a path
 */
export function gridRow(sample: LoggedSample, marks: SampleMarks, media: (text: string) => GridMedia): GridRow {
  const most = sample.cells.length > wide ? mostShownWhenWide : mostShown;
  const values = new Map(sample.values.map((value) => [value.column.index, value]));
  return {
    row: sample.row,
    cells: sample.cells.map((text, index) => sentCell(text, values.get(index), most, media)),
    problem: sample.problem,
    ...marks,
  };
}

function sentCell(
  text: string,
  value: LoggedValue | undefined,
  most: number,
  media: (text: string) => GridMedia,
): SentCell {
  const { kind = 'text', media: named = [] } = value ?? {};
  if (kind === 'text' && named.length === 0 && text.length <= most) return text;
  return { text: clip(text, most), length: text.length, kind, media: named.map(media) };
}

/** The beginning of a text, without half a character at its end. */
export function clip(text: string, most: number): string {
  if (text.length <= most) return text;
  const last = text.charCodeAt(most - 1);
  return text.slice(0, last >= 0xd800 && last < 0xdc00 ? most - 1 : most);
}
