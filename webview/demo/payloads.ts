/** What inputs hold: the payloads of `components.ts`, as far as the page makes or compares them. */
import type { Component, Dataframe, DataframeDatatype } from '../../extension/core/demo/components';

const textKinds: ReadonlySet<Component['kind']> = new Set([
  'textbox',
  'code',
  'markdown',
  'html',
  'colorpicker',
  'datetime',
]);

/** What Clear leaves in an input, as Gradio's. */
export function emptyValue(component: Component): unknown {
  const { kind } = component;
  if (textKinds.has(kind)) return '';
  if (kind === 'checkbox') return false;
  if (kind === 'slider') return component.minimum;
  if (kind === 'checkboxgroup' || (kind === 'dropdown' && component.multiselect)) return [];
  if (kind === 'dataframe') return { headers: component.headers ?? [], data: [], metadata: null };
  return null;
}

/** Whether two payloads are the same. */
export function equal(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  const entries = Object.entries(one);
  return (
    entries.length === Object.keys(other).length &&
    entries.every(([key, value]) => Object.hasOwn(other, key) && equal(value, (other as Record<string, unknown>)[key]))
  );
}

/** A table as a dataframe holds it. */
export interface Table {
  readonly headers: readonly string[];
  readonly data: readonly (readonly unknown[])[];
  readonly metadata: unknown;
}

/** Values restored from elsewhere may have any shape: what does not fit a control is taken as nothing. */
export function asText(value: unknown): string {
  if (typeof value === 'string') return value;
  return typeof value === 'number' ? String(value) : '';
}

export function asNumber(value: unknown): number | null {
  return typeof value === 'number' ? value : null;
}

export function asScalar(value: unknown): string | number | null {
  return typeof value === 'string' || typeof value === 'number' ? value : null;
}

export function asChosen(value: unknown): readonly (string | number)[] {
  const items: readonly unknown[] = Array.isArray(value) ? value : [value];
  return items.filter((item) => typeof item === 'string' || typeof item === 'number');
}

export function asTable(value: unknown): Table {
  const { headers, data, metadata = null } = (isObject(value) ? value : {}) as Record<string, unknown>;
  const rows = Array.isArray(data) ? data.filter((row) => Array.isArray(row)) : [];
  return { headers: Array.isArray(headers) ? headers.map(String) : [], data: rows, metadata };
}

/** The type of a column that a dataframe declares. */
export function columnType({ datatype }: Dataframe, column: number): DataframeDatatype | undefined {
  return typeof datatype === 'string' ? datatype : datatype?.[column];
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}

/** The label that a label component holds, or null. */
export function topLabel(value: unknown): string | null {
  const { label } = (isObject(value) ? value : {}) as Record<string, unknown>;
  return typeof label === 'string' ? label : null;
}

/** The labels that a label component names. */
export function labelsIn(value: unknown): readonly string[] {
  const { confidences } = (isObject(value) ? value : {}) as Record<string, unknown>;
  const top = topLabel(value);
  const named = Array.isArray(confidences) ? confidences.map(topLabel).filter((label) => label !== null) : [];
  return [...new Set(top === null ? named : [top, ...named])];
}

/** A label without confidences. */
export function labelPayload(label: string): unknown {
  return { label, confidences: null };
}
