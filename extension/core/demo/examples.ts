import { resolve } from 'node:path';
import type { Node } from 'jsonc-parser';
import { isRecord, type Json } from '../json';
import type { Component } from './components';
import { fileData, isFileData } from './fileData';
import { initialPayload, isMedia, payloadProblem } from './kinds';
import type { ReadContext } from './readComponents';
import { valueOf } from './readNodes';

const movie = /\.(mp4|webm|ogg|ogv|mov|mkv|avi|m4v)$/i;

/**
 * Reads `examples`: rows of payloads, one per input that is not a state (Gradio leaves states out), or fewer. With a
 * single input the list may be flat. A path becomes FileData; a row with a missing file is left out with a warning.
 */
export function readExamples(
  node: Node,
  inputs: readonly Component[],
  context: ReadContext,
): readonly (readonly Json[])[] {
  const shown = inputs.filter(({ kind }) => kind !== 'state');
  const items = node.children ?? [];
  const flat = shown.length === 1 && items[0]?.type !== 'array';
  return items.flatMap((item) => {
    const cells = flat ? [item] : (item.children ?? []);
    if (!flat && item.type !== 'array') {
      context.problems.error(item, 'An example is a list with one value per input.');
      return [];
    }
    if (cells.length > shown.length) {
      const values = cells.length === 1 ? '1 value' : `${cells.length} values`;
      const allowed = shown.length === 1 ? '1 input' : `${shown.length} inputs`;
      context.problems.error(item, `The example has ${values}, but the demo has ${allowed}.`);
      return [];
    }
    const row = readRow(cells, shown, context);
    return row ? [withStates(row, inputs)] : [];
  });
}

function readRow(cells: readonly Node[], shown: readonly Component[], context: ReadContext): Json[] | undefined {
  const row: Json[] = [];
  for (const [index, component] of shown.slice(0, cells.length).entries()) {
    const cell = cells[index];
    const payload = cell && readCell(cell, component, context);
    if (payload === undefined) return undefined;
    row.push(payload);
  }
  return row;
}

/** Puts null where the row has no value for a state, so that places are those of `inputs`. */
function withStates(row: readonly Json[], inputs: readonly Component[]): readonly Json[] {
  const rest = [...row];
  const full: Json[] = [];
  for (const { kind } of inputs) {
    if (rest.length === 0) break;
    full.push(kind === 'state' ? null : (rest.shift() ?? null));
  }
  return full;
}

function readCell(cell: Node, component: Component, context: ReadContext): Json | undefined {
  const { problems, baseDir, fileExists } = context;
  const missing: string[] = [];
  const payload = toPayload(component, valueOf(cell), (path) => {
    const file = resolve(baseDir, path);
    if (!fileExists(file)) missing.push(path);
    return { ...fileData(file) };
  });
  if (missing.length > 0) {
    problems.warn(cell, `The example's file ${missing.join(', ')} does not exist.`);
    return undefined;
  }
  const problem = payloadProblem(component, payload);
  if (problem !== undefined) problems.error(cell, problem);
  return problem === undefined ? payload : undefined;
}

/** The payload for an example value as people write it: files by path, tables by rows. */
function toPayload(component: Component, value: Json, file: (path: string) => Json): Json {
  if (value === null) return null;
  const { kind } = component;
  if (kind === 'dataframe') return initialPayload({ ...component, value });
  if (kind === 'gallery') return asList(value).map((item) => galleryItem(item, file));
  if (kind === 'file' && component.file_count === 'multiple') return asList(value).map((item) => oneFile(item, file));
  return isMedia(kind) ? oneFile(value, file) : value;
}

function asList(value: Json): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : [value];
}

function oneFile(value: Json, file: (path: string) => Json): Json {
  if (typeof value === 'string') return file(value);
  return isFileData(value) ? file(value.path) : value;
}

function galleryItem(item: Json, file: (path: string) => Json): Json {
  if (isRecord(item)) {
    const entries = Object.entries(item as Record<string, Json>);
    return Object.fromEntries(entries.map(([key, value]) => [key, key === 'caption' ? value : oneFile(value, file)]));
  }
  const [path, caption] = Array.isArray(item) ? (item as Json[]) : [item];
  if (typeof path !== 'string') return item;
  return { [movie.test(path) ? 'video' : 'image']: file(path), caption: caption ?? null };
}
