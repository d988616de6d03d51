/** Labels, tables and highlighted text from the shorter forms in which functions return them. */
import { ExpectedError } from '../../errors';
import { isRecord } from '../../json';
import type { Component } from '../components';

interface Confidence {
  readonly label: unknown;
  readonly confidence: number | null;
}

/** A name, or confidences: an object by name, or a list of pairs. Confidences are sorted, ties in the given order. */
export function labelPayload(value: unknown, component: Component): unknown {
  if (isRecord(value) && Array.isArray(value.confidences))
    return ranked(value.confidences.map(confidenceOf), component);
  if (isRecord(value) && 'label' in value && (value.confidences ?? null) === null)
    return { label: String(value.label), confidences: null };
  if (isRecord(value)) return ranked(Object.entries(value).map(confidenceOf), component);
  if (Array.isArray(value)) return ranked(value.map(confidenceOf), component);
  return { label: String(value), confidences: null };
}

function confidenceOf(entry: unknown): Confidence {
  const [label, confidence] = Array.isArray(entry)
    ? (entry as unknown[])
    : isRecord(entry)
      ? [entry.label, entry.confidence]
      : [];
  if (label === undefined || (typeof confidence !== 'number' && confidence !== null))
    throw new ExpectedError('a label is a name, or an object from names to confidences.');
  return { label, confidence };
}

function ranked(confidences: readonly Confidence[], component: Component): unknown {
  const order = ({ confidence }: Confidence): number =>
    confidence === null || Number.isNaN(confidence) ? -Infinity : confidence;
  const count = component.kind === 'label' ? component.num_top_classes : undefined;
  const sorted = confidences.toSorted((a, b) => (order(a) === order(b) ? 0 : order(b) - order(a))).slice(0, count);
  return sorted[0] === undefined ? null : { label: sorted[0].label, confidences: sorted };
}

/** Rows, rows of objects, or `{headers, data}`. Columns without a name are counted from 1. */
export function tablePayload(value: unknown, component: Component): unknown {
  const { headers, rows, metadata } = tableParts(value);
  const own = component.kind === 'dataframe' ? (component.headers ?? []) : [];
  const names = headers.length > 0 ? headers : own;
  const width = Math.max(0, ...rows.slice(0, 1000).map((row) => row.length));
  const all =
    rows.length === 0 ? names : Array.from({ length: width }, (_, index) => names[index] ?? String(index + 1));
  return { headers: all, data: rows, metadata };
}

function tableParts(value: unknown): { headers: string[]; rows: unknown[][]; metadata: unknown } {
  if (value === null) return { headers: [], rows: [], metadata: null };
  if (isRecord(value) && Array.isArray(value.data)) {
    const headers = Array.isArray(value.headers) ? value.headers.map(String) : [];
    return { headers, rows: rowsOf(value.data), metadata: value.metadata ?? null };
  }
  if (!Array.isArray(value)) throw new ExpectedError('a table is an array of rows, or {headers, data}.');
  const records = value.filter(isRecord);
  if (records.length === 0 || records.length < value.length)
    return { headers: [], rows: rowsOf(value), metadata: null };
  const headers = [...new Set(records.flatMap((record) => Object.keys(record)))];
  return { headers, rows: records.map((record) => headers.map((header) => record[header] ?? null)), metadata: null };
}

function rowsOf(rows: readonly unknown[]): unknown[][] {
  return rows.map((row) => (Array.isArray(row) ? (row as unknown[]) : [row]));
}

interface Part {
  readonly token: string;
  readonly class_or_confidence: unknown;
}

/** Pairs of text and class, parts as they are, or `{text, entities}` as Transformers returns them. */
export function highlightedPayload(value: unknown, component: Component): unknown {
  const parts = isRecord(value) ? entityParts(value) : Array.isArray(value) ? value.map(partOf) : undefined;
  if (parts === undefined) throw new ExpectedError('highlighted text is an array of [text, class] pairs.');
  return component.kind === 'highlightedtext' && component.combine_adjacent ? combined(parts) : parts;
}

function partOf(entry: unknown): Part {
  const [token, category] = Array.isArray(entry)
    ? (entry as unknown[])
    : isRecord(entry)
      ? [entry.token, entry.class_or_confidence]
      : [];
  if (typeof token !== 'string') throw new ExpectedError('highlighted text is an array of [text, class] pairs.');
  return { token, class_or_confidence: category ?? null };
}

function entityParts({ text, entities }: Record<string, unknown>): Part[] {
  if (typeof text !== 'string' || !Array.isArray(entities))
    throw new ExpectedError('the object of a highlighted text must have text and entities.');
  const spans = entities.filter(isRecord).map(({ start, end, entity, entity_group }) => ({
    start: Number(start),
    end: Number(end),
    category: entity ?? entity_group ?? null,
  }));
  const parts: Part[] = [];
  let index = 0;
  for (const { start, end, category } of spans.toSorted((a, b) => a.start - b.start)) {
    parts.push({ token: text.slice(index, start), class_or_confidence: null });
    parts.push({ token: text.slice(start, end), class_or_confidence: category });
    index = end;
  }
  return spans.length === 0
    ? [{ token: text, class_or_confidence: null }]
    : [...parts, { token: text.slice(index), class_or_confidence: null }];
}

function combined(parts: readonly Part[]): Part[] {
  const result: Part[] = [];
  for (const part of parts.filter(({ token }) => token !== '')) {
    const last = result.at(-1);
    if (last?.class_or_confidence !== part.class_or_confidence || last === undefined) result.push(part);
    else result[result.length - 1] = { ...part, token: last.token + part.token };
  }
  return result;
}
