import type { Cell } from '../../csv/dialect';
import type { ComponentKind } from '../../demo/components';
import type { LogDialect } from './era';
import { legacyLabel, legacyValue } from './legacyValues';
import { hasModel, isFile, normalise } from './models';
import { compactJson, dumpsPythonJson, parsePythonJson } from './pythonJson';
import { pythonRepr } from './pythonRepr';
import { isList, isMap, replaceParts, toPythonValue, type PythonValue } from './pythonValue';
import type { Attachment } from './row';
import { sanitise } from './sanitise';

type CellAttachment = Omit<Attachment, 'directory'>;

/** The cell of one component before its attachments are stored. */
export interface CellPlan {
  readonly attachments: readonly CellAttachment[];
  /** @param paths the text that stands for each of these attachments */
  readonly cell: (paths: readonly string[]) => Cell;
}

/** How one component's payload is written in a dialect. A payload of null is an empty cell. */
export function componentCell(kind: ComponentKind, payload: unknown, dialect: LogDialect): CellPlan {
  const value = toPythonValue(payload);
  if (value === null && (dialect.cells !== 'json' || hasModel(kind))) return fixed('');
  switch (dialect.cells) {
    case 'guide':
      return guideCell(kind, value, dialect);
    case 'values':
      return valueCell(kind, value, dialect);
    case 'files':
      return fileCell(kind, value, dialect);
    case 'compact':
      return compactCell(kind, value, dialect);
    case 'json':
    case 'json-simplified':
      return jsonCell(kind, value, dialect);
  }
}

function guideCell(kind: ComponentKind, value: PythonValue, dialect: LogDialect): CellPlan {
  return withFiles(normalise(kind, value, dialect.wrapsVideo), (stored) => {
    const plain = simplified(stored);
    if (typeof plain === 'string') return sanitise(plain, dialect.sanitiser);
    return isList(plain) || isMap(plain) ? dumpsPythonJson(plain) : { bare: dumpsPythonJson(plain) };
  });
}

/** `Component.flag` of Gradio 4.22+, then `simplify_file_data_in_str`. */
function jsonCell(kind: ComponentKind, value: PythonValue, dialect: LogDialect): CellPlan {
  const simplify = dialect.cells === 'json-simplified';
  if (simplify && isUpdate(value)) return fixed(sanitise(simplifiedText(pythonRepr(value)), dialect.sanitiser));
  if (!hasModel(kind)) return fixed(jsonText(value, simplify, dialect));
  return withFiles(normalise(kind, value, dialect.wrapsVideo), (stored) => jsonText(stored, simplify, dialect));
}

function jsonText(value: PythonValue, simplify: boolean, dialect: LogDialect): string {
  const text = typeof value === 'string' ? value : dumpsPythonJson(value);
  return sanitise(simplify ? simplifiedText(text) : text, dialect.sanitiser);
}

/** Gradio 4.0 to 4.21: the data model as compact JSON, FileData and all. */
function compactCell(kind: ComponentKind, value: PythonValue, dialect: LogDialect): CellPlan {
  if (!hasModel(kind)) return fixed(nativeCell(kind, value, dialect));
  return withFiles(normalise(kind, value, dialect.wrapsVideo), (stored) =>
    sanitise(compactJson(stored), dialect.sanitiser),
  );
}

/** Gradio 3.2 to 3.50: structured values in JSON files of their own. */
function fileCell(kind: ComponentKind, value: PythonValue, dialect: LogDialect): CellPlan {
  if (!hasModel(kind) && kind !== 'json') return fixed(nativeCell(kind, value, dialect));
  const model = legacyValue(kind, normalise(kind, value, dialect.wrapsVideo));
  const { attachments, cell } = withFiles(model, (stored) => nativeCell(kind, simplified(stored), dialect));
  if (isFile(model) || (isList(model) && model.every(isFile) && kind === 'file')) return { attachments, cell };
  const text = (paths: readonly string[]): string => dumpsPythonJson(simplified(storedAt(model, paths)));
  const json: CellAttachment = { source: { text, extension: '.json' }, originalName: null };
  return {
    attachments: [...attachments, json],
    cell: (paths) => sanitise(paths.at(-1) ?? '', dialect.sanitiser),
  };
}

/** Gradio up to 3.1: structured values as JSON in the cell. */
function valueCell(kind: ComponentKind, value: PythonValue, dialect: LogDialect): CellPlan {
  if (!hasModel(kind) && kind !== 'checkboxgroup') return fixed(nativeCell(kind, value, dialect));
  const model = legacyValue(kind, normalise(kind, value, dialect.wrapsVideo));
  return withFiles(kind === 'label' ? legacyLabel(model) : model, (stored) => {
    const plain = simplified(stored);
    return typeof plain === 'string' ? plain : dumpsPythonJson(plain);
  });
}

/** A Python value that `csv.writer` was given as it is. */
function nativeCell(kind: ComponentKind, value: PythonValue, { sanitiser }: LogDialect): Cell {
  if (typeof value === 'string') return sanitise(value, sanitiser);
  if (isMap(value) || kind === 'json' || kind === 'state') return sanitise(dumpsPythonJson(value), sanitiser);
  if (!isList(value)) return { bare: pythonRepr(value) };
  return pythonRepr(value.map((item) => (typeof item === 'string' ? sanitise(item, sanitiser) : item)));
}

function fixed(cell: Cell): CellPlan {
  return { attachments: [], cell: () => cell };
}

/** Plans a cell whose files are stored first. */
function withFiles(value: PythonValue, cell: (stored: PythonValue) => Cell): CellPlan {
  const attachments: CellAttachment[] = [];
  replaceParts(value, (part) => {
    if (!isFile(part)) return undefined;
    const originalName = part.get('orig_name');
    attachments.push({
      source: { file: pathOf(part) },
      originalName: typeof originalName === 'string' ? originalName : null,
    });
    return part;
  });
  return { attachments, cell: (paths) => cell(storedAt(value, paths)) };
}

/** The value with each file at the path where it is stored. */
function storedAt(value: PythonValue, paths: readonly string[]): PythonValue {
  let next = 0;
  return replaceParts(value, (part) => (isFile(part) ? new Map([...part, ['path', paths[next++] ?? '']]) : undefined));
}

/** The value with each file reduced to its path. */
function simplified(value: PythonValue): PythonValue {
  return replaceParts(value, (part) => (isFile(part) ? pathOf(part) : undefined));
}

/** Gradio's `simplify_file_data_in_str`: files in a JSON text become their paths; a text that is no JSON stays as it is. */
export function simplifiedText(text: string): string {
  const value = parsePythonJson(text);
  if (value === undefined) return text;
  const plain = simplified(value);
  return typeof plain === 'string' ? plain : dumpsPythonJson(plain);
}

function pathOf(file: ReadonlyMap<string, PythonValue>): string {
  const path = file.get('path');
  return typeof path === 'string' ? path : '';
}

/** A component update (`gr.update()`) instead of a value; Gradio logs its `str`. */
function isUpdate(value: PythonValue): boolean {
  const type = isMap(value) ? value.get('__type__') : undefined;
  return typeof type === 'string' && type.includes('update');
}
