import { basename } from 'node:path';
import { distinctNames } from '../../../dataset/columns';
import type { ComponentKind } from '../../../demo/components';
import { columnLabel } from '../../../flagging/format/columns';
import { isFile } from '../../../flagging/format/models';
import { dumpsPythonJson } from '../../../flagging/format/pythonJson';
import { isList, isMap, replaceParts, type PythonValue } from '../../../flagging/format/pythonValue';
import type { LoggedComponent } from '../../../flagging/types';
import type { Feature } from '../../staging/types';
import type { QueuedFlag } from '../types';

/** A column of flags, with the same feature whatever is flagged, so that shards of any time go together. */
export interface FlagColumn {
  readonly name: string;
  readonly feature: Feature;
  readonly cell: (flag: QueuedFlag) => unknown;
}

/** What a payload of a component becomes: a column, or more. */
interface Part {
  /** Added to the label of the component. */
  readonly suffix: string;
  readonly feature: Feature;
  /** Gets no null. */
  readonly cell: (payload: PythonValue) => unknown;
}

const string: Feature = { kind: 'value', dtype: 'string' };
const number: Feature = { kind: 'value', dtype: 'float64' };

const textPart: Part = { suffix: '', feature: string, cell: textOf };
const numberPart: Part = { suffix: '', feature: number, cell: (payload) => payload };
const jsonPart: Part = { suffix: '', feature: { kind: 'json' }, cell: withoutPaths };

/** The label that the viewer counts, and how sure the model was of each one. */
const labelParts: readonly Part[] = [
  { suffix: '', feature: string, cell: (payload) => textOf(memberOf(payload, 'label')) },
  {
    suffix: ' confidences',
    feature: {
      kind: 'list',
      of: {
        kind: 'struct',
        fields: [
          ['label', string],
          ['confidence', number],
        ],
      },
    },
    cell: (payload) => itemsOf(memberOf(payload, 'confidences')).map(confidenceOf),
  },
];

const galleryParts: readonly Part[] = [
  {
    suffix: '',
    feature: { kind: 'list', of: { kind: 'image' } },
    cell: (payload) => itemsOf(payload).map((item) => pathOf(memberOf(item, 'image'))),
  },
  {
    suffix: ' captions',
    feature: { kind: 'list', of: string },
    cell: (payload) => itemsOf(payload).map((item) => memberOf(item, 'caption')),
  },
];

const annotatedImageParts: readonly Part[] = [
  { suffix: '', feature: { kind: 'image' }, cell: (payload) => pathOf(memberOf(payload, 'image')) },
  { ...jsonPart, suffix: ' annotations', cell: (payload) => withoutPaths(memberOf(payload, 'annotations')) },
];

/** Components whose payloads are no texts. */
const parts: Readonly<Partial<Record<ComponentKind, readonly Part[]>>> = {
  number: [numberPart],
  slider: [numberPart],
  checkbox: [{ suffix: '', feature: { kind: 'value', dtype: 'bool' }, cell: (payload) => payload }],
  checkboxgroup: [
    { suffix: '', feature: { kind: 'list', of: string }, cell: (payload) => itemsOf(payload).map(textOf) },
  ],
  image: [filePart('image')],
  audio: [filePart('audio')],
  video: [filePart('video')],
  label: labelParts,
  gallery: galleryParts,
  annotatedimage: annotatedImageParts,
  file: [jsonPart],
  dataframe: [jsonPart],
  json: [jsonPart],
  highlightedtext: [jsonPart],
  plot: [jsonPart],
  state: [jsonPart],
};

/** The columns of flags: those of the components, then the option, who flagged, and when. */
export function flagColumns(components: readonly LoggedComponent[]): FlagColumn[] {
  const columns: FlagColumn[] = components.flatMap((component, index) =>
    (parts[component.kind] ?? [textPart]).map(({ suffix, feature, cell }) => ({
      name: columnLabel(component, index) + suffix,
      feature,
      cell: ({ sample }: QueuedFlag) => {
        const payload = sample.data[index] ?? null;
        return payload === null ? null : cell(payload);
      },
    })),
  );
  columns.push(
    { name: 'flag', feature: string, cell: ({ sample }) => sample.option },
    { name: 'username', feature: string, cell: ({ sample }) => sample.username },
    { name: 'timestamp', feature: string, cell: ({ sample }) => sample.timestamp },
  );
  const names = distinctNames(columns.map(({ name }) => name));
  return columns.map((column, index) => ({ ...column, name: names[index] ?? column.name }));
}

function filePart(kind: 'image' | 'audio' | 'video'): Part {
  return { suffix: '', feature: { kind }, cell: pathOf };
}

/** The path of a file; a video may lie beside its subtitles. */
function pathOf(payload: PythonValue): string | null {
  const file = isMap(payload) && payload.has('video') ? (payload.get('video') ?? null) : payload;
  const path = isFile(file) ? file.get('path') : null;
  return typeof path === 'string' ? path : null;
}

/** What is no text becomes the text of its JSON. */
function textOf(payload: PythonValue): string | null {
  return payload === null || typeof payload === 'string' ? payload : dumpsPythonJson(payload);
}

function memberOf(payload: PythonValue, key: string): PythonValue {
  return isMap(payload) ? (payload.get(key) ?? null) : null;
}

function itemsOf(payload: PythonValue): readonly PythonValue[] {
  return isList(payload) ? payload : [];
}

function confidenceOf(item: PythonValue): object {
  return { label: textOf(memberOf(item, 'label')), confidence: memberOf(item, 'confidence') };
}

/** Files inside other values by their names: where they lie on this disk is nobody's business. */
function withoutPaths(payload: PythonValue): PythonValue {
  return replaceParts(payload, (part) => (isFile(part) ? basename(pathOf(part) ?? '') : undefined));
}
