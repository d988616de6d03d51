import { isRecord, type Json } from '../../json';
import type { Dataframe } from '../components';
import { boolean, imageFormat, listOf, oneOf, positiveInteger, received, shouldBe } from './common';
import type { SpecOf } from './kindSpec';
import { colorMap } from './media';

const datatype = oneOf('str', 'number', 'bool', 'date', 'markdown', 'html');

export const dataframe: SpecOf<'dataframe'> = {
  title: 'Dataframe',
  description: 'A table that can be edited.',
  place: 'both',
  props: {
    headers: { schema: listOf({ type: 'string' }), description: 'Names of the columns.' },
    datatype: {
      schema: { anyOf: [datatype, listOf(datatype)] },
      default: 'str',
      description: 'Type of the cells, or a list with one type per column.',
    },
    row_count: { schema: { type: 'integer', minimum: 0 }, description: 'Empty rows at first.' },
    col_count: { schema: positiveInteger, description: 'Number of columns. Default: that of `headers`, else 3.' },
    value: { schema: {}, description: 'The table at first: a list of rows, or `{"headers": […], "data": [[…], …]}`.' },
    type: received(['pandas', 'numpy', 'array'], 'pandas', '`"array"` is a list of rows and needs no package.'),
  },
  initial: initialTable,
  problem: (_, payload) => {
    const isTable =
      isRecord(payload) && isListOf(payload.headers, isText) && isListOf(payload.data, (row) => Array.isArray(row));
    return isTable ? undefined : shouldBe('a table {"headers": […], "data": [[…], …]}', payload);
  },
};

/** Accepts what `gr.Dataframe(value=…)` takes of JSON: rows, or headers and rows. */
function initialTable(component: Dataframe): Json {
  const { value } = component;
  if (isRecord(value) && Array.isArray(value.data)) {
    const headers = Array.isArray(value.headers) ? value.headers : headersOf(component, widthOf(value.data));
    return { headers, data: value.data as Json[], metadata: value.metadata ?? null };
  }
  const given: readonly Json[] = Array.isArray(value) ? (value as Json[]) : [];
  const rows = given.map((row) => (Array.isArray(row) ? (row as Json[]) : [row]));
  const headers = headersOf(component, widthOf(rows));
  const empty = Array.from({ length: rows.length === 0 ? (component.row_count ?? 0) : 0 }, () => headers.map(() => ''));
  return { headers, data: [...rows, ...empty], metadata: null };
}

function widthOf(rows: readonly unknown[]): number {
  return Math.max(0, ...rows.slice(0, 100).map((row) => (Array.isArray(row) ? row.length : 1)));
}

/** Columns without a name are counted from 1. */
function headersOf({ headers = [], col_count }: Dataframe, width: number): string[] {
  const length = Math.max(headers.length, width) || (col_count ?? 3);
  return Array.from({ length }, (_, index) => headers[index] ?? String(index + 1));
}

const isText = (value: unknown): boolean => typeof value === 'string';

function isListOf(value: unknown, is: (item: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every(is);
}

export const json: SpecOf<'json'> = {
  title: 'JSON',
  description: 'Any JSON value. The function receives it as a dict, a list or a plain value.',
  place: 'both',
  props: { value: { schema: {}, description: 'The value at first.' } },
  initial: ({ value }) => value ?? null,
  problem: () => undefined,
};

export const state: SpecOf<'state'> = {
  title: 'State',
  description: 'A value kept from one run to the next and never shown. List it in the inputs and in the outputs.',
  place: 'both',
  props: { value: { schema: {}, description: 'The value of the first run.' } },
  initial: ({ value }) => value ?? null,
  problem: () => undefined,
};

export const label: SpecOf<'label'> = {
  title: 'Label',
  description: 'A class, or classes with confidences. The function returns a string or `dict[str, float]`.',
  place: 'output',
  props: { num_top_classes: { schema: positiveInteger, description: 'How many classes are shown. Default: all.' } },
  initial: () => null,
  problem: (_, payload) =>
    isRecord(payload) && isName(payload.label) && isConfidences(payload)
      ? undefined
      : shouldBe('{"label": …, "confidences": [{"label": …, "confidence": …}]}', payload),
};

function isName(value: unknown): boolean {
  return value === undefined || value === null || typeof value === 'string' || typeof value === 'number';
}

function isConfidences({ confidences = null }: Record<string, unknown>): boolean {
  return (
    confidences === null ||
    isListOf(confidences, (item) => isRecord(item) && isName(item.label) && isConfidence(item.confidence ?? null))
  );
}

function isConfidence(value: unknown): boolean {
  return value === null || typeof value === 'number';
}

export const highlightedtext: SpecOf<'highlightedtext'> = {
  title: 'Highlighted text',
  description: 'Text in parts, each with a class or a score. The function returns a list of `(text, class)`.',
  place: 'both',
  props: {
    color_map: { schema: colorMap(), description: 'Color of each class.' },
    show_legend: { schema: boolean, default: false, description: 'Whether the classes are listed above the text.' },
    combine_adjacent: { schema: boolean, default: false, description: 'Whether neighbours of one class are joined.' },
  },
  initial: () => [],
  problem: (_, payload) =>
    isListOf(payload, (part) => isRecord(part) && isText(part.token) && isName(part.class_or_confidence))
      ? undefined
      : shouldBe('a list of {"token": …, "class_or_confidence": …}', payload),
};

export const plot: SpecOf<'plot'> = {
  title: 'Plot',
  description: 'A figure of Matplotlib, Plotly, Altair or Bokeh.',
  place: 'output',
  props: { format: imageFormat },
  initial: () => null,
  problem: (_, payload) =>
    isRecord(payload) && typeof payload.type === 'string' && typeof payload.plot === 'string'
      ? undefined
      : shouldBe('{"type": …, "plot": …}', payload),
};
