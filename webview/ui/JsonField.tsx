import { CodeField } from './CodeField';
import type { DraftProps } from './control';
import { useDraft, type Reading } from './useDraft';

export interface JsonFieldProps extends DraftProps<unknown> {
  readonly lines: number;
}

/** Any JSON value, as text; empty text is null. */
export function JsonField({ value, onChange, onProblem, lines, ...wiring }: JsonFieldProps) {
  const { text, write } = useDraft<unknown>({ value, format: formatJson, read: readJson, onChange, onProblem });
  return <CodeField {...wiring} lines={lines} value={text} onChange={write} />;
}

function formatJson(value: unknown): string {
  return value === null || value === undefined ? '' : JSON.stringify(value, null, 2);
}

function readJson(text: string): Reading<unknown> {
  if (text.trim() === '') return { value: null };
  try {
    const value: unknown = JSON.parse(text);
    return { value };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}
