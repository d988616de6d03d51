import type { LogQuery } from '../../extension/protocol/log';
import type { Place } from './keys';
import type { Draft, Kept, NoteDraft } from './state';

type Fields = Readonly<Record<string, unknown>>;

/** What an earlier page of this log kept; anything that is not in shape is left out. */
export function keptOf(state: unknown): Partial<Kept> {
  const { query, widths, hidden, tall, side, sideWidth, at, draft, noteDraft } = fieldsOf(fieldsOf(state).kept);
  return {
    ...(isQuery(query) ? { query } : {}),
    ...(isWidths(widths) ? { widths } : {}),
    ...(isNumbers(hidden) ? { hidden } : {}),
    ...(typeof tall === 'boolean' ? { tall } : {}),
    ...(typeof side === 'boolean' ? { side } : {}),
    ...(isNumber(sideWidth) ? { sideWidth } : {}),
    ...(isPlace(at) ? { at } : {}),
    ...(isDraft(draft) ? { draft } : {}),
    ...(isNoteDraft(noteDraft) ? { noteDraft } : {}),
  };
}

/** Those of a state that are kept. */
export function toKeep(state: Kept): Kept {
  const { query, widths, hidden, tall, side, sideWidth, at, draft, noteDraft } = state;
  return { query, widths, hidden, tall, side, sideWidth, at, draft, noteDraft };
}

function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number';
}

function isNumbers(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every(isNumber);
}

function isWidths(value: unknown): value is Kept['widths'] {
  return typeof value === 'object' && value !== null && Object.values(value).every(isNumber);
}

function isQuery(value: unknown): value is LogQuery {
  const { search, filters, sort } = fieldsOf(value);
  const isFilter = (filter: unknown): boolean =>
    isNumber(fieldsOf(filter).column) && typeof fieldsOf(filter).contains === 'string';
  const isSort = sort === null || (isNumber(fieldsOf(sort).column) && typeof fieldsOf(sort).descending === 'boolean');
  return typeof search === 'string' && Array.isArray(filters) && filters.every(isFilter) && isSort;
}

function isPlace(value: unknown): value is Place {
  const { position, column } = fieldsOf(value);
  return isNumber(position) && isNumber(column);
}

function isDraft(value: unknown): value is Draft {
  const { row, column, text, before, version } = fieldsOf(value);
  return [row, column, version].every(isNumber) && [text, before].every((item) => typeof item === 'string');
}

function isNoteDraft(value: unknown): value is NoteDraft {
  const { row, text, timestamp, version } = fieldsOf(value);
  const isTime = timestamp === null || typeof timestamp === 'string';
  return isNumber(row) && isNumber(version) && typeof text === 'string' && isTime;
}
