import { ExpectedError } from '../../errors';
import type { Span } from '../../csv/spans';
import type { SelectedSample, Selection } from './selection';

const components = [
  { kind: 'textbox', label: 'text' },
  { kind: 'textbox', label: 'source' },
] as const;

/**
 * The selected texts with their `file:line`; a cursor without a selection takes its line.
 *
 * @param source the file as a person reads it, relative to the workspace
 */
export function selectText(text: string, spans: readonly Span[], source: string): Selection {
  const starts = lineStarts(text);
  const seen = new Set<string>();
  const samples: SelectedSample[] = [];
  for (const span of spans) {
    const line = lineAt(starts, span.start);
    const chosen = span.start === span.end ? lineText(text, starts, line) : text.slice(span.start, span.end);
    const key = span.start === span.end ? `line ${line}` : `${span.start}-${span.end}`;
    if (chosen.trim() === '' || seen.has(key)) continue;
    seen.add(key);
    samples.push({ components, data: [chosen, `${source}:${line + 1}`] });
  }
  if (samples.length === 0)
    throw new ExpectedError('There is no text to flag here.', 'Select some, or go to a line with text.');
  return { folder: 'selections', samples };
}

/** Offset of the start of each line. */
function lineStarts(text: string): number[] {
  return [0, ...Array.from(text.matchAll(/\r\n|\r|\n/g), ({ 0: lineEnd, index }) => index + lineEnd.length)];
}

function lineAt(starts: readonly number[], offset: number): number {
  const next = starts.findIndex((start) => start > offset);
  return (next === -1 ? starts.length : next) - 1;
}

function lineText(text: string, starts: readonly number[], line: number): string {
  return text.slice(starts[line], starts[line + 1]).replace(/[\r\n]+$/, '');
}
