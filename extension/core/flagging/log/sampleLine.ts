import { isRecord } from '../../json';
import type { LoggedSample, LoggedValue } from './types';

/** A value in a line; a line in a list. UTF-16 units. */
const longestValue = 60;
const longestLine = 160;

/**
 * A sample in one readable line: `inputs → outputs`.
 *
 * @param inputs how many of its components are inputs; when it is not known the last one is taken for the output
 */
export function sampleLine({ values, cells }: LoggedSample, inputs?: number): string {
  const components = values.filter(({ column }) => column.role === 'component');
  const shown = (components.length > 0 ? components : values).map(valueLine);
  if (shown.length === 0) return clip(oneLine(cells.join(', ')), longestLine) || '(empty)';
  const split = shown.length === 1 ? 1 : Math.min(inputs ?? shown.length - 1, shown.length);
  const sides = [shown.slice(0, split), shown.slice(split)].map((side) => side.filter(Boolean).join(', '));
  return clip(sides.filter(Boolean).join(' → '), longestLine) || '(empty)';
}

/** A value of a component in a few words: the name of a file, the label of a classification, the beginning of a text. */
function valueLine({ value, kind, media, raw }: LoggedValue): string {
  if (media.length > 0) return clip(media.map(baseName).join(', '), longestValue);
  if (kind === 'label' && isRecord(value)) return clip(labelLine(value, raw), longestValue);
  return value === null ? '' : clip(oneLine(textOf(value, raw)), longestValue);
}

function textOf(value: unknown, raw: string): string {
  if (typeof value === 'string') return value;
  return typeof value === 'object' ? JSON.stringify(value) : raw;
}

/** The last part of a path of any system. */
function baseName(path: string): string {
  return oneLine(path.split(/[\\/]/).at(-1) ?? path);
}

function labelLine(label: Record<string, unknown>, raw: string): string {
  const { confidences } = label;
  const first: unknown = Array.isArray(confidences) ? confidences[0] : undefined;
  const name = typeof label.label === 'string' ? oneLine(label.label) : oneLine(raw);
  const confidence = isRecord(first) && typeof first.confidence === 'number' ? first.confidence : undefined;
  return confidence === undefined ? name : `${name} ${Math.round(confidence * 100)}%`;
}

/** A text in one line. Marks that reorder what stands around them, and control characters, would make a row lie. */
export function oneLine(text: string): string {
  return text
    .slice(0, longestLine * 4)
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '')
    .trim();
}

/** The beginning of a text; no character is cut in two. @param most UTF-16 units */
export function clip(text: string, most: number): string {
  if (text.length <= most) return text;
  const end = text.slice(0, most - 1);
  return `${/[\ud800-\udbff]$/.test(end) ? end.slice(0, -1) : end}…`;
}

/** A unit of time and how long it is. Milliseconds. */
const units: readonly (readonly [name: string, length: number])[] = [
  ['y', 365 * 86_400_000],
  ['mo', 30 * 86_400_000],
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
];

/** How long ago a sample was flagged, in one unit; empty where the time cannot be read. */
export function ageOf(timestamp: string | null, now: number): string {
  const age = now - timeOf(timestamp);
  if (Number.isNaN(age)) return '';
  const unit = units.find(([, length]) => age >= length);
  return unit ? `${Math.floor(age / unit[1])} ${unit[0]}` : 'now';
}

/** A time as Gradio writes it, which is local, in milliseconds; NaN when it cannot be read. */
export function timeOf(timestamp: string | null): number {
  return timestamp === null ? NaN : Date.parse(timestamp.slice(0, 23).replace(' ', 'T'));
}
