import { leafText, jsonText } from './jsonRows';
import type { DataframePayload } from './payload';

/** A cell as a person reads it: text as it is, nothing for null, JSON for the rest. */
export function cellText(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value === null || value === undefined) return '';
  return typeof value === 'object' ? jsonText(value) : leafText(value);
}

/** The table as CSV (RFC 4180), with its header. */
export function tableCsv({ headers, data }: DataframePayload): string {
  const line = (cells: readonly unknown[]) => cells.map((cell) => quoted(cellText(cell))).join(',');
  return [headers, ...data].map((cells) => `${line(cells)}\r\n`).join('');
}

function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Rows drawn beyond the edge, so that a short scroll shows no gap. */
const overscan = 10;

/** The rows `start` to `end` (exclusive) to draw; `top` and the heights in pixels. */
export function visibleRows(
  top: number,
  height: number,
  rowHeight: number,
  count: number,
): { readonly start: number; readonly end: number } {
  const start = Math.max(0, Math.min(count, Math.floor(top / rowHeight)) - overscan);
  return { start, end: Math.min(count, Math.ceil((top + height) / rowHeight) + overscan) };
}
