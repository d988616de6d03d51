import { ExpectedError } from '../../errors';
import { isRecord } from '../../json';
import type { Component } from '../../demo/components';
import type { Span } from '../../csv/spans';
import type { SelectedSample, Selection } from './selection';
import { sourceFolder } from './sourceFolder';

interface Line {
  readonly number: number;
  readonly text: string;
}

/**
 * The records of a JSON Lines text that the spans touch. Columns are the keys of the first record, then those that only
 * a chosen record has, so that records which leave a key out share one log.
 *
 * @param relativePath of the file, with `/`
 */
export function selectJsonLines(text: string, spans: readonly Span[], relativePath: string): Selection {
  const lines = linesOf(text);
  const first = lines.find(({ line }) => line.text.trim() !== '');
  const keys = first === undefined ? [] : Object.keys(parse(first.line, relativePath));
  const touched = lines.filter(
    ({ line, start, end }) => line.text.trim() !== '' && spans.some((span) => span.start <= end && span.end >= start),
  );
  if (touched.length === 0) throw new ExpectedError('There is no record at the cursor.', 'Go to a line with a record.');
  const samples = touched.map(({ line }) => sampleOf(parse(line, relativePath), keys));
  return { folder: sourceFolder(relativePath), samples };
}

function linesOf(text: string): { line: Line; start: number; end: number }[] {
  let start = 0;
  return text.split('\n').map((raw, index) => {
    const line = { line: { number: index + 1, text: raw }, start, end: start + raw.length };
    start += raw.length + 1;
    return line;
  });
}

function parse({ number, text }: Line, file: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\ufeff/, ''));
  } catch (error) {
    throw new ExpectedError(`Line ${number} of ${file} is not valid JSON.`, 'Correct it first.', String(error));
  }
  if (!isRecord(value)) throw new ExpectedError(`Line ${number} of ${file} is no JSON object.`, 'Correct it first.');
  return value;
}

function sampleOf(record: Record<string, unknown>, keys: readonly string[]): SelectedSample {
  const columns = [...keys, ...Object.keys(record).filter((key) => !keys.includes(key))];
  const values = columns.map((key) => (Object.hasOwn(record, key) ? record[key] : null));
  return {
    components: columns.map((label, index) => ({ kind: kindOf(values[index]), label })),
    data: values,
  };
}

/** The component whose payload such a value is, which decides on how the log writes it. */
function kindOf(value: unknown): Component['kind'] {
  if (typeof value === 'number') return 'number';
  if (typeof value === 'boolean') return 'checkbox';
  return typeof value === 'object' && value !== null ? 'json' : 'textbox';
}
