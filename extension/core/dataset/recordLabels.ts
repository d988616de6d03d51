import { byCodePoint } from '../labels/tokens';

/** What a record is labelled with: one label, any number of them, or nothing at all. */
export type RecordLabel = string | readonly string[] | null;

/** Whether nobody has labelled the record; no label of many is one too. */
export function isMissing(label: RecordLabel): label is null | '' {
  return label === null || (typeof label === 'string' && label.trim() === '');
}

/** The labels of a record, none twice. */
export function labelsOf(label: RecordLabel): readonly string[] {
  if (isMissing(label)) return [];
  return typeof label === 'string' ? [label] : [...new Set(label)];
}

/** One name for all labels of a record, the same in whichever order they are listed. */
export function labelName(label: RecordLabel): string {
  return [...labelsOf(label)].sort(byCodePoint).join(', ');
}
