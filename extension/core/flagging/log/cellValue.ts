import { fileKindOf } from '../../demo/fileKinds';
import { ExpectedError } from '../../errors';
import { isRecord } from '../../json';
import { parsePythonJson } from '../format/pythonJson';
import { plainValue } from '../format/pythonValue';
import { unguarded } from './guard';
import { namesFile, namesJsonFile } from './mediaText';
import { parsePythonList } from './pythonLiteral';
import type { LogColumn, LoggedKind, LoggedValue, LogLayout, LogLayoutName } from './types';

type Reading = Pick<LoggedValue, 'value' | 'kind' | 'media'>;
type Labelled = Pick<LogColumn, 'index' | 'name'>;
type Guarding = Pick<LogLayout, 'era' | 'format'>;

const mediaKinds: readonly LoggedKind[] = ['image', 'audio', 'video', 'file'];
/** What a column of JSON may hold besides lists and objects. */
const jsonKinds: readonly LoggedKind[] = ['json', 'label', 'number', 'boolean'];

/** Gradio 3.2 to 4.21 guards the texts of a list one by one. */
const guardsItems: readonly LogLayoutName[] = ['C1', 'C2', 'D'];
/** The typed value of a cell, in the way that its column is read. */
export function readCell(raw: string, column: LogColumn, layout: Guarding): Reading {
  const asText = { kind: 'text', media: [] } as const;
  if (raw === '') return { value: null, kind: column.kind, media: [] };
  if (column.role === 'extra') return { value: raw, ...asText };
  const text = withoutGuard(raw, layout);
  const mayBeStructure = column.kind !== 'text' || text.includes('"path"');
  const seen = mayBeStructure || !isStructure(text) ? readText(text, column, layout) : { value: text, ...asText };
  const isOfColumn =
    seen.kind === column.kind ||
    mediaKinds.includes(seen.kind) ||
    (mediaKinds.includes(column.kind) && isEmptyList(seen.value)) ||
    ((column.kind === 'json' || column.kind === 'label') && jsonKinds.includes(seen.kind));
  return isOfColumn ? seen : { value: text, ...asText };
}

/** How a column is read, by some of its cells; a text when they are of different kinds. */
export function columnKind(cells: readonly string[], column: Labelled, layout: Guarding): LoggedKind {
  const kinds = kindsOf(cells, column, layout);
  if (kinds.has('json') && cells.includes('[]')) {
    const others = kindsOf(
      cells.filter((cell) => cell !== '[]'),
      column,
      layout,
    );
    // An empty list among files is one of files.
    if (others.size > 0 && [...others].every((kind) => mediaKinds.includes(kind))) kinds.delete('json');
  }
  const [only, ...others] = kinds;
  if (only === undefined || others.length === 0) return only ?? 'text';
  const all = [...kinds];
  if (all.every((kind) => mediaKinds.includes(kind))) return 'file';
  if (all.every((kind) => jsonKinds.includes(kind)) && (kinds.has('json') || kinds.has('label'))) return 'json';
  // Up to Gradio 3.1 a label without confidences was logged by its name alone.
  return all.every((kind) => kind === 'label' || kind === 'text') ? 'label' : 'text';
}

function kindsOf(cells: readonly string[], column: Labelled, layout: Guarding): Set<LoggedKind> {
  const filled = cells.filter((cell) => cell !== '');
  return new Set(filled.map((cell) => readText(withoutGuard(cell, layout), column, layout).kind));
}

function withoutGuard(cell: string, layout: Guarding): string {
  return layout.format === 'jsonl' ? cell : unguarded(cell, layout);
}

function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}

function isStructure(text: string): boolean {
  return text.startsWith('{') || text.startsWith('[');
}

/** What a text is when nothing is known but its component's label. */
function readText(text: string, column: Labelled, layout: Guarding): Reading {
  if (isStructure(text)) return readStructure(text, column, layout);
  if (namesFile(text, column)) {
    return { value: text, kind: namesJsonFile(text) ? 'json' : fileKindOf(text), media: [text] };
  }
  if (/^(?:true|false)$/i.test(text)) return { value: text.toLowerCase() === 'true', kind: 'boolean', media: [] };
  const number = numberOf(text);
  return number === undefined ? { value: text, kind: 'text', media: [] } : { value: number, kind: 'number', media: [] };
}

/** Numbers as JSON and Python write them, unless digits would be lost. */
function numberOf(text: string): number | undefined {
  const special = /^(-?)(?:(nan)|inf(?:inity)?)$/i.exec(text);
  if (special) return special[2] ? NaN : special[1] ? -Infinity : Infinity;
  if (!/^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:e[+-]?\d+)?$/i.test(text)) return undefined;
  const number = Number(text);
  return !/^-?\d+$/.test(text) || Number.isSafeInteger(number) || String(number) === text ? number : undefined;
}

function readStructure(text: string, column: Labelled, layout: Guarding): Reading {
  const parsed = parseStructure(text, layout);
  if (parsed === undefined) return { value: text, kind: 'text', media: [] };
  const { value, media } = withPaths(parsed, column);
  const [first] = media;
  if (typeof value === 'string') return { value, kind: first?.kind ?? 'text', media: [value] };
  if (first && isMediaValue(parsed, column)) {
    const path = isRecord(value) && 'subtitles' in value ? value.video : undefined;
    return { value: path ?? value, kind: first.kind, media: media.map((file) => file.path) };
  }
  return { value, kind: isLabel(value) ? 'label' : 'json', media: media.map((file) => file.path) };
}

/** JSON, or a list as Python shows it. */
function parseStructure(text: string, layout: Guarding): unknown {
  try {
    const json = parsePythonJson(text);
    const value = json === undefined ? parsePythonList(text) : plainValue(json);
    if (!Array.isArray(value) || !guardsItems.includes(layout.era)) return value;
    return value.map((item: unknown) => (typeof item === 'string' ? unguarded(item, layout) : item));
  } catch (error) {
    if (error instanceof ExpectedError) return undefined;
    throw error;
  }
}

interface NamedFile {
  readonly path: string;
  readonly kind: LoggedKind;
}

/** The value with its files reduced to their paths, and these files in reading order. */
function withPaths(value: unknown, column: Labelled): { value: unknown; media: readonly NamedFile[] } {
  const media: NamedFile[] = [];
  const visit = (part: unknown): unknown => {
    if (typeof part === 'string') {
      if (namesFile(part, column)) media.push({ path: part, kind: fileKindOf(part) });
      return part;
    }
    const file = fileOf(part);
    if (file) {
      media.push(file);
      return file.path;
    }
    if (Array.isArray(part)) return part.map(visit);
    if (isRecord(part)) return Object.fromEntries(Object.entries(part).map(([key, item]) => [key, visit(item)]));
    return part;
  };
  return { value: visit(value), media };
}

/** The file that an object stands for. Gradio 4.0 did not mark it yet. */
function fileOf(value: unknown): NamedFile | undefined {
  if (!isRecord(value) || typeof value.path !== 'string' || value.path === '') return undefined;
  const marked = isRecord(value.meta) && value.meta._type === 'gradio.FileData';
  if (!marked && !('orig_name' in value && 'size' in value)) return undefined;
  const type = typeof value.mime_type === 'string' ? value.mime_type.split('/')[0] : undefined;
  const named = fileKindOf(value.path);
  const kind = named === 'file' ? (mediaKinds.find((known) => known === type) ?? named) : named;
  return { path: value.path, kind };
}

/** Whether nothing but files and what belongs to them is in a value, so that they stand for it. */
function isMediaValue(value: unknown, column: Labelled): boolean {
  if (typeof value === 'string') return namesFile(value, column);
  if (Array.isArray(value)) return value.length > 0 && value.every((item) => isMediaValue(item, column));
  if (!isRecord(value)) return false;
  return fileOf(value) !== undefined || ['video', 'image', 'background', 'composite'].some((key) => key in value);
}

/** A label as Gradio logs it; up to 3.1 it was an object from label to confidence. */
function isLabel(value: unknown): boolean {
  if (!isRecord(value)) return false;
  if ('label' in value) return 'confidences' in value;
  const confidences = Object.values(value);
  return confidences.length > 0 && confidences.every((item) => typeof item === 'number' && item >= 0 && item <= 1);
}
