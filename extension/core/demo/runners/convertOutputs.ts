/**
 * What a JavaScript function or a web service returned as payloads of the output components: the rules of
 * `postprocess` in gradio/components (6.25) for values that JSON, and bytes, can carry.
 */
import { ExpectedError } from '../../errors';
import { isRecord } from '../../json';
import type { Component, ComponentKind } from '../components';
import { isFileData } from '../fileData';
import { highlightedPayload, labelPayload, tablePayload } from './outputShapes';
import type { MediaFolder } from './mediaFolder';

type Convert = (value: unknown, component: Component, media: MediaFolder) => unknown;

/** One payload per component; several outputs are returned as an array. */
export async function convertOutputs(
  value: unknown,
  components: readonly Component[],
  name: string,
  media: MediaFolder,
): Promise<unknown[]> {
  if (components.length === 0) return [];
  const values = components.length === 1 ? [value] : severalOf(value, components.length, name);
  return convertValues(values, components, media);
}

/** The same for values that are known to be one per component. */
export function convertValues(
  values: readonly unknown[],
  components: readonly Component[],
  media: MediaFolder,
): Promise<unknown[]> {
  return Promise.all(components.map((component, index) => convertOne(values[index], component, index, media)));
}

function severalOf(value: unknown, count: number, name: string): readonly unknown[] {
  const given = Array.isArray(value) ? value.length : 1;
  if (Array.isArray(value) && given === count) return value;
  const values = given === 1 ? '1 value' : `${given} values`;
  throw new ExpectedError(
    `${name} returned ${values} for ${count} outputs.`,
    'Return an array with one value per output.',
  );
}

async function convertOne(value: unknown, component: Component, index: number, media: MediaFolder): Promise<unknown> {
  try {
    return await converters[component.kind](value ?? null, component, media);
  } catch (error) {
    if (!(error instanceof ExpectedError)) throw error;
    throw new ExpectedError(`Output ${component.label ?? index + 1}: ${error.what}`, error.next, error.details);
  }
}

/** Nothing stays nothing; everything else is converted. */
function unlessNull(convert: Convert): Convert {
  return (value, component, media) => (value === null ? null : convert(value, component, media));
}

function text(value: unknown): string {
  if (value instanceof Uint8Array || value instanceof ArrayBuffer)
    throw new ExpectedError('the function returned bytes; this output shows text.', 'Decode them first.');
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint') return String(value);
  throw new ExpectedError(`the function returned ${kindOf(value)}; this output shows text.`, 'Use JSON.stringify.');
}

function number(value: unknown, component: Component): number {
  const plain = typeof value === 'bigint' ? Number(value) : value;
  if (typeof plain !== 'number')
    throw new ExpectedError(`the function returned ${kindOf(value)}; this output shows a number.`);
  const precision = component.kind === 'number' ? component.precision : undefined;
  return precision === undefined || !Number.isFinite(plain) ? plain : roundHalfEven(plain, precision);
}

/** Python's `round`: ties go to the even digit. */
export function roundHalfEven(value: number, precision: number): number {
  const scaled = value * 10 ** precision;
  const down = Math.floor(scaled);
  const isTie = scaled - down === 0.5;
  const rounded = isTie ? down + (Math.abs(down) % 2) : Math.round(scaled);
  return precision > 0 ? Number((rounded / 10 ** precision).toFixed(precision)) : rounded / 10 ** precision;
}

function choice(value: unknown, component: Component): unknown {
  if (component.kind === 'dropdown' && component.multiselect) return plain(Array.isArray(value) ? value : [value]);
  if (typeof value === 'object')
    throw new ExpectedError(`the function returned ${kindOf(value)}; this output shows one choice.`);
  return plain(value);
}

function choices(value: unknown): unknown {
  if (value === null) return [];
  return plain(Array.isArray(value) ? value : [value]);
}

function json(value: unknown): unknown {
  if (typeof value !== 'string') return plain(value);
  try {
    return JSON.parse(value);
  } catch (error) {
    throw new ExpectedError(`the function returned text that is not JSON: ${String(error)}.`);
  }
}

/** A copy that JSON can carry, with NaN and the infinities. */
export function plain(value: unknown): unknown {
  try {
    return copy(value);
  } catch (error) {
    if (error instanceof RangeError) throw new ExpectedError('the value contains itself.');
    throw error;
  }
}

function copy(value: unknown): unknown {
  if (value === null || value === undefined) return null;
  if (Buffer.isBuffer(value) || value instanceof ArrayBuffer)
    throw new ExpectedError(
      'the function returned bytes, which have no form in JSON.',
      'Return base64 text or numbers.',
    );
  if (typeof value === 'bigint') return Number(value);
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Map) return Object.fromEntries([...value].map(([key, item]) => [String(key), copy(item)]));
  if (Array.isArray(value) || value instanceof Set || isNumberArray(value)) return Array.from(value, copy);
  if (isRecord(value)) return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, copy(item)]));
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  throw new ExpectedError(`the function returned ${kindOf(value)}, which has no form in JSON.`);
}

function isNumberArray(value: unknown): value is Float64Array {
  return ArrayBuffer.isView(value) && !(value instanceof DataView);
}

function dateTime(value: unknown, component: Component): string {
  if (typeof value === 'string') return value;
  const date = value instanceof Date ? value : typeof value === 'number' ? new Date(value * 1000) : undefined;
  if (date === undefined || Number.isNaN(date.getTime()))
    throw new ExpectedError(`the function returned ${kindOf(value)}; this output shows a time.`);
  const two = (part: number): string => String(part).padStart(2, '0');
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  if (component.kind === 'datetime' && component.include_time === false) return day;
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}

/** A file from a path, bytes, a `data:` address or FileData. */
async function file(value: unknown, stem: string, fallback: string, media: MediaFolder): Promise<unknown> {
  if (isFileData(value)) return media.existing(value.path);
  if (value instanceof URL) return media.existing(value.href);
  const bytes = bytesOf(value);
  if (bytes) return media.write(stem, bytes, fallback);
  if (typeof value === 'string') return media.existing(value);
  if (isRecord(value) && typeof value.data === 'string') return file(value.data, stem, fallback, media);
  throw new ExpectedError(`the function returned ${kindOf(value)}; this output takes a path or bytes.`);
}

function bytesOf(value: unknown): Uint8Array | undefined {
  if (value instanceof Uint8Array) return value;
  if (value instanceof ArrayBuffer) return new Uint8Array(value);
  if (typeof value !== 'string' || !value.startsWith('data:')) return undefined;
  const comma = value.indexOf(',');
  if (comma < 0) throw new ExpectedError('the function returned a data: address without data.');
  const body = value.slice(comma + 1);
  return value.slice(0, comma).endsWith(';base64')
    ? Buffer.from(body, 'base64')
    : Buffer.from(decodeURIComponent(body));
}

const files: Convert = async (value, component, media) => {
  const list = await Promise.all([value].flat().map((item) => file(item, 'file', '.bin', media)));
  if (component.kind === 'file' && component.file_count === 'multiple') return list;
  if (list.length === 1) return list[0];
  throw new ExpectedError(`the function returned ${list.length} files for one.`, 'Set "file_count": "multiple".');
};

const gallery: Convert = (value, _, media) => {
  if (value === null) return [];
  if (!Array.isArray(value)) throw new ExpectedError('a gallery is an array of images.');
  return Promise.all(
    value.map(async (item: unknown) => {
      const [medium, caption] = captioned(item);
      const saved = await file(medium, 'image', '.png', media);
      const isVideo = isFileData(saved) && saved.mime_type?.startsWith('video/');
      return { [isVideo ? 'video' : 'image']: saved, caption: caption ?? null };
    }),
  );
};

function captioned(item: unknown): readonly unknown[] {
  if (Array.isArray(item)) return item;
  if (isRecord(item) && !isFileData(item) && ('image' in item || 'video' in item))
    return [item.image ?? item.video, item.caption];
  return [item];
}

const annotated: Convert = async (value, _, media) => {
  if (!isRecord(value) || !Array.isArray(value.annotations))
    throw new ExpectedError('an annotated image is {image, annotations: [{image, label}]}.');
  const annotations = value.annotations.map(async (annotation: unknown) => {
    if (!isRecord(annotation)) throw new ExpectedError('an annotation is {image, label}.');
    return { image: await file(annotation.image, 'annotation', '.png', media), label: String(annotation.label) };
  });
  return { image: await file(value.image, 'image', '.png', media), annotations: await Promise.all(annotations) };
};

function plot(value: unknown): unknown {
  if (typeof value === 'string') return { type: 'matplotlib', plot: value };
  if (isRecord(value) && typeof value.type === 'string' && typeof value.plot === 'string') return plain(value);
  if (isRecord(value)) return { type: 'plotly', plot: JSON.stringify(plain(value)) };
  throw new ExpectedError('a plot is {type, plot}, a data: address of a picture, or a Plotly figure.');
}

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return 'an array';
  if (value instanceof Uint8Array || value instanceof ArrayBuffer) return 'bytes';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

const converters: Readonly<Record<ComponentKind, Convert>> = {
  textbox: unlessNull(text),
  html: unlessNull(text),
  markdown: unlessNull(text),
  colorpicker: unlessNull(text),
  code: unlessNull((value) => text(value).trim()),
  number: unlessNull(number),
  slider: unlessNull(number),
  checkbox: Boolean,
  checkboxgroup: choices,
  radio: unlessNull(choice),
  dropdown: unlessNull(choice),
  image: unlessNull((value, _, media) => file(value, 'image', '.png', media)),
  audio: unlessNull((value, _, media) => file(value, 'audio', '.wav', media)),
  video: unlessNull((value, _, media) => file(value, 'video', '.mp4', media)),
  file: unlessNull(files),
  dataframe: (value, component) => tablePayload(plain(value), component),
  json: unlessNull(json),
  state: plain,
  datetime: unlessNull(dateTime),
  label: unlessNull((value, component) => labelPayload(plain(value), component)),
  highlightedtext: unlessNull((value, component) => highlightedPayload(plain(value), component)),
  gallery,
  plot: unlessNull(plot),
  annotatedimage: unlessNull(annotated),
};
