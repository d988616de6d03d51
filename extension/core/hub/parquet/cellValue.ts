import { dumpsPythonJson } from '../../flagging/format/pythonJson';
import { PythonFloat, replaceParts, toPythonValue } from '../../flagging/format/pythonValue';
import { isRecord } from '../../json';
import type { Feature, Features } from '../staging/types';
import type { Classes } from './labels';

/** Turns a cell into what the Parquet writer takes for it: null, boolean, bigint, number, text, list or object. */
export type ToValue = (cell: unknown) => unknown;

/**
 * How the cells of a column are written. An empty text is null for all but texts.
 *
 * @param classes of a column of class labels, or of lists of them; a label that is none of them becomes null
 */
export function valueWriter(feature: Feature, classes?: Classes): ToValue {
  switch (feature.kind) {
    case 'value':
      return scalarWriter(feature.dtype);
    case 'classLabel':
      return filled((cell) => {
        const index = classes?.indexOf(labelText(cell));
        return index === undefined ? null : BigInt(index);
      });
    case 'json':
      return (cell) => (cell === null || cell === undefined ? null : jsonText(cell));
    case 'list': {
      const item = valueWriter(feature.of, classes);
      return (cell) => (Array.isArray(cell) ? cell.map(item) : null);
    }
    case 'struct':
      return structWriter(feature.fields);
    case 'image':
    case 'audio':
    case 'video':
      throw new Error('Files of media are read before they are written.');
  }
}

/** A text, or a number or a truth value as its text; empty for all else. */
export function labelText(cell: unknown): string {
  if (cell instanceof PythonFloat) return String(cell.value);
  if (typeof cell === 'string') return cell;
  return typeof cell === 'number' || typeof cell === 'boolean' || typeof cell === 'bigint' ? String(cell) : '';
}

const smallest = -(2n ** 63n);
const largest = 2n ** 64n - 1n;

/** JSON that `datasets` reads: it fails at whole numbers beyond 64 bits, which become texts with all their digits. */
function jsonText(cell: unknown): string {
  const text = dumpsPythonJson(cell);
  if (!/\d{19}/.test(text)) return text;
  const isHuge = (part: unknown): part is bigint => typeof part === 'bigint' && (part < smallest || part > largest);
  return dumpsPythonJson(replaceParts(toPythonValue(cell), (part) => (isHuge(part) ? String(part) : undefined)));
}

function scalarWriter(dtype: string): ToValue {
  switch (dtype) {
    case 'string':
      return (cell) => (cell === null || cell === undefined ? null : labelText(cell));
    case 'bool':
      return filled((cell) => (typeof cell === 'string' ? cell.toLowerCase() === 'true' : cell));
    case 'int64':
      return filled((cell) => BigInt(cell as string | number | bigint));
    case 'float64':
      return filled((cell) => (cell instanceof PythonFloat ? cell.value : Number(cell)));
    default:
      throw new Error(`No cells are made of ${dtype}.`);
  }
}

function structWriter(fields: Features): ToValue {
  const writers = fields.map(([name, feature]) => [name, valueWriter(feature)] as const);
  return (cell) => {
    if (!isRecord(cell)) return null;
    return Object.fromEntries(
      writers.map(([name, toValue]) => [name, toValue(Object.hasOwn(cell, name) ? cell[name] : null)]),
    );
  };
}

function filled(toValue: ToValue): ToValue {
  return (cell) => (cell === null || cell === undefined || cell === '' ? null : toValue(cell));
}
