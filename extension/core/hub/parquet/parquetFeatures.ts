import type { SchemaElement, SchemaTree } from 'hyparquet';
import type { Feature, Features } from '../staging/types';

/**
 * The features that `datasets` finds in the columns of a Parquet file that says nothing of them.
 *
 * @returns undefined where one of them is of a type that `datasets` finds out better by itself
 */
export function parquetFeatures(columns: readonly SchemaTree[]): Features | undefined {
  const features: (readonly [string, Feature])[] = [];
  for (const column of columns) {
    const feature = featureOf(column);
    if (!feature) return undefined;
    features.push([column.element.name, feature]);
  }
  return features;
}

function featureOf(tree: SchemaTree): Feature | undefined {
  const { element, children } = tree;
  if (element.repetition_type === 'REPEATED') return undefined;
  if (children.length === 0) return leafFeature(element);
  const { converted_type: converted, logical_type: logical } = element;
  if (converted === 'LIST' || logical?.type === 'LIST') {
    const item = children[0]?.children;
    const of = item?.length === 1 && item[0] ? featureOf(item[0]) : undefined;
    return of && { kind: 'list', of };
  }
  if (converted !== undefined || logical !== undefined) return undefined;
  const fields = parquetFeatures(children);
  return fields && { kind: 'struct', fields };
}

function leafFeature(element: SchemaElement): Feature | undefined {
  const { converted_type: converted, logical_type: logical } = element;
  if (converted === 'JSON' || logical?.type === 'JSON') return { kind: 'json' };
  const dtype = dtypeOf(element);
  return dtype === undefined ? undefined : { kind: 'value', dtype };
}

function dtypeOf(element: SchemaElement): string | undefined {
  const { type, converted_type: converted, logical_type: logical } = element;
  if (logical?.type === 'TIMESTAMP') {
    const unit = { MILLIS: 'ms', MICROS: 'us', NANOS: 'ns' }[logical.unit];
    return logical.isAdjustedToUTC ? `timestamp[${unit}, tz=UTC]` : `timestamp[${unit}]`;
  }
  if (converted === 'DECIMAL') return `decimal128(${element.precision ?? 0}, ${element.scale ?? 0})`;
  if (converted !== undefined) return convertedTypes[converted];
  if (logical !== undefined) return logical.type === 'STRING' ? 'string' : undefined;
  return type === undefined ? undefined : physicalTypes[type];
}

const convertedTypes: Readonly<Partial<Record<string, string>>> = {
  UTF8: 'string',
  ENUM: 'string',
  INT_8: 'int8',
  INT_16: 'int16',
  INT_32: 'int32',
  INT_64: 'int64',
  UINT_8: 'uint8',
  UINT_16: 'uint16',
  UINT_32: 'uint32',
  UINT_64: 'uint64',
  DATE: 'date32',
  TIMESTAMP_MILLIS: 'timestamp[ms, tz=UTC]',
  TIMESTAMP_MICROS: 'timestamp[us, tz=UTC]',
};

const physicalTypes: Readonly<Partial<Record<string, string>>> = {
  BOOLEAN: 'bool',
  INT32: 'int32',
  INT64: 'int64',
  FLOAT: 'float32',
  DOUBLE: 'float64',
  BYTE_ARRAY: 'binary',
};
