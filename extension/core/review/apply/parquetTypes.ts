import type { SchemaElement, SchemaTree } from 'hyparquet';
import { ExpectedError } from '../../errors';
import type { Json } from '../../json';

/**
 * The schema of a file without what its values mean: strings are bytes, times are integers. Read and written in this way no
 * value passes through a type that is narrower than its own.
 *
 * @throws ExpectedError for what would not come through all the same
 */
export function physicalSchema(schema: readonly SchemaElement[]): SchemaElement[] {
  return schema.map((element) => {
    const { converted_type: converted, logical_type: logical, type, type_length, name, repetition_type } = element;
    if (type === 'INT96') throw cannotWrite(name, 'times of 96 bits');
    if (converted === 'MAP' || converted === 'MAP_KEY_VALUE') throw cannotWrite(name, 'maps');
    if (logical?.type === 'VARIANT') throw cannotWrite(name, 'variants');
    if (type === undefined) return element;
    return {
      name,
      type,
      ...(type_length === undefined ? {} : { type_length }),
      ...(repetition_type === undefined ? {} : { repetition_type }),
    };
  });
}

/**
 * A label as the bytes and numbers of its column.
 *
 * @param column its part of the schema; a list has its items below two more elements
 * @throws ExpectedError when the column cannot hold it
 */
export function physicalCell(value: Json, { element, children }: SchemaTree): unknown {
  const item = children[0]?.children[0] ?? children[0];
  if (item) return Array.isArray(value) ? value.map((one: Json) => physicalCell(one, item)) : null;
  if (value === null) {
    if (element.repetition_type !== 'REQUIRED') return null;
    throw cannotHold(element, value);
  }
  const physical = scalarOf(value, element);
  if (physical === undefined) throw cannotHold(element, value);
  return physical;
}

function scalarOf(value: Json, { type, converted_type: converted, logical_type: logical }: SchemaElement): unknown {
  if (type === 'BYTE_ARRAY' && typeof value === 'string')
    return Buffer.from(value, converted === undefined && logical === undefined ? 'base64' : 'utf8');
  if (type === 'BOOLEAN' && typeof value === 'boolean') return value;
  if ((type === 'FLOAT' || type === 'DOUBLE') && typeof value === 'number') return value;
  const isInteger = converted === undefined || /^U?INT_/.test(converted);
  const digits = isInteger && (typeof value === 'number' || typeof value === 'string') ? String(value) : '';
  if (!/^-?\d+$/.test(digits)) return undefined;
  if (type === 'INT64') return BigInt.asIntN(64, BigInt(digits));
  return type === 'INT32' ? Number(digits) | 0 : undefined;
}

function cannotWrite(column: string, what: string): ExpectedError {
  return new ExpectedError(
    `The column "${column}" has ${what}, which cannot be written yet without loss. Nothing was written.`,
    'Convert the dataset to JSON Lines, or correct it with the list of flag-review apply --dry-run --format json.',
  );
}

function cannotHold({ name, type }: SchemaElement, value: Json): ExpectedError {
  return new ExpectedError(
    `The column "${name}"${type === undefined ? '' : ` of ${type}`} cannot hold the label ${JSON.stringify(value)}. Nothing was written.`,
    'Decide on a label of the same type as the others.',
  );
}
