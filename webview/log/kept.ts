import type { LogQuery } from '../../extension/protocol/log';
import type { Draft, Kept } from './state';

type Fields = Readonly<Record<string, unknown>>;

/** What an earlier page of this log kept; anything that is not in shape is left out. */
export function keptOf(state: unknown): Partial<Kept> {
  const kept = fieldsOf(fieldsOf(state).kept);
  const { query, widths, hidden, tall, draft } = kept;
  return {
    ...(isQuery(query) ? { query } : {}),
    ...(Object.values(fieldsOf(widths)).every(isNumber) ? { widths: fieldsOf(widths) as Kept['widths'] } : {}),
    ...(isList(hidden, isNumber) ? { hidden: hidden as readonly number[] } : {}),
    ...(typeof tall === 'boolean' ? { tall } : {}),
    ...(isDraft(draft) ? { draft } : {}),
  };
}

function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}

function isNumber(value: unknown): boolean {
  return typeof value === 'number';
}

function isList(value: unknown, is: (item: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every(is);
}

function isQuery(value: unknown): value is LogQuery {
  const { search, filters, sort } = fieldsOf(value);
  const isFilter = (filter: unknown): boolean =>
    isNumber(fieldsOf(filter).column) && typeof fieldsOf(filter).contains === 'string';
  const isSort = sort === null || (isNumber(fieldsOf(sort).column) && typeof fieldsOf(sort).descending === 'boolean');
  return typeof search === 'string' && isList(filters, isFilter) && isSort;
}

function isDraft(value: unknown): value is Draft {
  const { row, column, text, version } = fieldsOf(value);
  return [row, column, version].every(isNumber) && typeof text === 'string';
}
