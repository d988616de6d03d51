import { readFile } from 'node:fs/promises';
import type { Choice, Component } from '../../demo/components';
import { fileData, type FileData } from '../../demo/fileData';
import { ExpectedError } from '../../errors';
import { isRecord } from '../../json';
import { columnLabel } from '../format/columns';
import { parsePythonJson } from '../format/pythonJson';
import { plainValue } from '../format/pythonValue';
import type { LoggedSample, LoggedValue } from '../log/types';

/** Finds the file that a path in a cell names. @throws ExpectedError when it is missing or may not be read */
export type ResolveFile = (path: string) => Promise<string>;

/**
 * The payloads of a demo's components from a sample of its log: columns are found by their names, those of one name in
 * their order.
 *
 * @throws ExpectedError naming the component that the log has no column for, or the cell that is no value of it
 */
export async function samplePayloads(
  components: readonly Component[],
  sample: LoggedSample,
  resolve: ResolveFile,
): Promise<unknown[]> {
  const values = sample.values.filter(({ column }) => column.role === 'component');
  const payloads: unknown[] = [];
  for (const [index, component] of components.entries()) {
    const name = columnLabel(component, index);
    const at = positionOf(
      name,
      values.map(({ column }) => column.name),
    );
    const [value] = at < 0 ? [] : values.splice(at, 1);
    if (!value) {
      throw new ExpectedError(
        `The log has no column “${name}” of this demo.`,
        'Choose the demo that the samples were flagged in.',
      );
    }
    payloads.push(await payloadOf(component, value, resolve));
  }
  return payloads;
}

/** Where a name is; Gradio's releases write the labels that they give themselves in different cases. */
export function positionOf(name: string, names: readonly string[]): number {
  const exact = names.indexOf(name);
  return exact >= 0 ? exact : names.findIndex((other) => other.toLowerCase() === name.toLowerCase());
}

/** The payload of one component from its cell; null for an empty cell, except where a text may be empty. */
async function payloadOf(component: Component, logged: LoggedValue, resolve: ResolveFile): Promise<unknown> {
  const text = textOf(logged);
  switch (component.kind) {
    case 'textbox':
    case 'code':
    case 'markdown':
    case 'html':
    case 'colorpicker':
    case 'datetime':
      return text;
    case 'number':
    case 'slider':
      return text === '' ? null : numberOf(text, logged);
    case 'checkbox':
      return text === '' ? null : /^true$/i.test(text);
    case 'radio':
      return text === '' ? null : choiceOf(component.choices, text);
    case 'dropdown':
      if (!component.multiselect) return text === '' ? null : choiceOf(component.choices, text);
      return (await listOf(logged, resolve)).map((item) => choiceOf(component.choices, String(item)));
    case 'checkboxgroup':
      return (await listOf(logged, resolve)).map((item) => choiceOf(component.choices, String(item)));
    case 'image':
    case 'audio':
    case 'video':
      return (await mediaOf(logged, resolve))[0] ?? null;
    case 'file':
      return filesOf(component.file_count === 'multiple', logged, resolve);
    case 'label':
      return labelOf(await structureOf(logged, resolve));
    case 'highlightedtext':
      return highlightedOf(await structureOf(logged, resolve));
    case 'gallery':
      return galleryOf(await structureOf(logged, resolve), logged, resolve);
    case 'annotatedimage':
      return annotatedOf(await structureOf(logged, resolve), resolve);
    case 'dataframe':
    case 'json':
    case 'plot':
    case 'state':
      return structureOf(logged, resolve);
  }
}

/** The text of a cell: a number or JSON as it is written, anything else without its guard. */
function textOf({ raw, value }: LoggedValue): string {
  if (typeof value === 'string') return value;
  return raw.startsWith("'") && value !== null ? raw.slice(1) : raw;
}

function numberOf(text: string, { column }: LoggedValue): number {
  const number = /^(?:nan|[+-]?inf(?:inity)?)$/i.test(text) ? special(text) : Number(text);
  if (Number.isNaN(number) && !/^nan$/i.test(text)) {
    throw new ExpectedError(`“${text.slice(0, 40)}” in column “${column.name}” is not a number.`);
  }
  return number;
}

function special(text: string): number {
  if (/nan/i.test(text)) return NaN;
  return text.startsWith('-') ? -Infinity : Infinity;
}

/** A choice is logged by its value; one that is no longer offered is passed on as it was. */
function choiceOf(choices: readonly Choice[], text: string): string | number {
  return choices.find(([, value]) => String(value) === text)?.[1] ?? text;
}

async function listOf(logged: LoggedValue, resolve: ResolveFile): Promise<readonly unknown[]> {
  const value = await structureOf(logged, resolve);
  if (Array.isArray(value)) return value as readonly unknown[];
  return value === null || value === '' ? [] : [value];
}

/** JSON, where the cell holds it, or the file that Gradio 3.2 to 3.50 kept it in; else what the reader made of it. */
async function structureOf({ value, kind, media }: LoggedValue, resolve: ResolveFile): Promise<unknown> {
  if (typeof value !== 'string') return value;
  const inFile = kind === 'json' && media[0] === value;
  const text = inFile ? await readFile(await resolve(value), 'utf8') : value;
  const parsed = parsePythonJson(text);
  return parsed === undefined ? text : plainValue(parsed);
}

/** The items with their captions; up to Gradio 3.50 a gallery was logged as a folder or as pairs. */
async function galleryOf(value: unknown, logged: LoggedValue, resolve: ResolveFile): Promise<unknown> {
  if (value === null) return null;
  const items: readonly unknown[] = Array.isArray(value) ? value : logged.media;
  return Promise.all(
    items.map(async (item) => {
      const [path, caption = null] = (Array.isArray(item) ? item : [item]) as readonly unknown[];
      if (typeof path === 'string') return { image: fileData(await resolve(path)), caption };
      return isRecord(path) ? withFiles(path, ['image', 'video'], resolve) : path;
    }),
  );
}

async function annotatedOf(value: unknown, resolve: ResolveFile): Promise<unknown> {
  if (!isRecord(value) || !Array.isArray(value.annotations)) return value;
  const annotations = value.annotations.map((item: unknown) =>
    isRecord(item) ? withFiles(item, ['image'], resolve) : item,
  );
  return { ...(await withFiles(value, ['image'], resolve)), annotations: await Promise.all(annotations) };
}

/** A record whose paths under these keys are files again. */
async function withFiles(
  record: Readonly<Record<string, unknown>>,
  keys: readonly string[],
  resolve: ResolveFile,
): Promise<Record<string, unknown>> {
  const whole: Record<string, unknown> = { ...record };
  for (const key of keys) {
    const path = record[key];
    if (typeof path === 'string') whole[key] = fileData(await resolve(path));
  }
  return whole;
}

/** What stands in the cell of a file is a path, whatever it looks like. */
async function mediaOf(logged: LoggedValue, resolve: ResolveFile): Promise<FileData[]> {
  const text = textOf(logged);
  const paths = logged.media.length > 0 || text === '' || /^[[{]/.test(text) ? logged.media : [text];
  return Promise.all(paths.map(async (path) => fileData(await resolve(path))));
}

async function filesOf(many: boolean, logged: LoggedValue, resolve: ResolveFile): Promise<unknown> {
  const files = await mediaOf(logged, resolve);
  if (many) return files;
  return files[0] ?? null;
}

/** Up to Gradio 3.1 a label was logged as an object from label to confidence, or as the label alone. */
function labelOf(value: unknown): unknown {
  if (value === null) return null;
  if (!isRecord(value)) return { label: typeof value === 'string' ? value : JSON.stringify(value), confidences: null };
  if ('label' in value) return { confidences: null, ...value };
  const confidences = Object.entries(value)
    .map(([label, confidence]) => ({ label, confidence }))
    .sort((a, b) => Number(b.confidence) - Number(a.confidence));
  return { label: confidences[0]?.label ?? '', confidences };
}

/** Up to Gradio 3.50 a highlighted text was logged as pairs. */
function highlightedOf(value: unknown): unknown {
  if (!Array.isArray(value)) return value;
  return value.map((item: unknown) =>
    Array.isArray(item) ? { token: String(item[0] ?? ''), class_or_confidence: (item[1] ?? null) as unknown } : item,
  );
}
