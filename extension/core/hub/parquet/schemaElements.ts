import type { SchemaElement } from 'hyparquet';
import type { Feature, Features } from '../staging/types';

type Element = Omit<SchemaElement, 'name' | 'repetition_type' | 'num_children'>;

/** What we make columns of ourselves; `datasets` knows more, which only comes from other Parquet files. */
const values: Readonly<Record<string, Element>> = {
  bool: { type: 'BOOLEAN' },
  int64: { type: 'INT64' },
  float64: { type: 'DOUBLE' },
  string: { type: 'BYTE_ARRAY', converted_type: 'UTF8', logical_type: { type: 'STRING' } },
  binary: { type: 'BYTE_ARRAY' },
};

const json: Element = { type: 'BYTE_ARRAY', converted_type: 'JSON', logical_type: { type: 'JSON' } };

/** The struct that `datasets` keeps a file of media in. */
const media: Features = [
  ['bytes', { kind: 'value', dtype: 'binary' }],
  ['path', { kind: 'value', dtype: 'string' }],
];

/** A column as it stands in the schema of a Parquet file, parents before their children; every value may be missing. */
export function schemaElements(name: string, feature: Feature): SchemaElement[] {
  switch (feature.kind) {
    case 'value':
      return [leaf(name, values[feature.dtype] ?? unknownType(feature.dtype))];
    case 'classLabel':
      return [leaf(name, { type: 'INT64' })];
    case 'json':
      return [leaf(name, json)];
    case 'image':
    case 'audio':
    case 'video':
      return group(name, media);
    case 'struct':
      return group(name, feature.fields);
    case 'list':
      return [
        { ...leaf(name, { converted_type: 'LIST', logical_type: { type: 'LIST' } }), num_children: 1 },
        { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
        ...schemaElements('element', feature.of),
      ];
  }
}

function leaf(name: string, element: Element): SchemaElement {
  return { name, repetition_type: 'OPTIONAL', ...element };
}

function group(name: string, fields: Features): SchemaElement[] {
  const children = fields.flatMap(([field, feature]) => schemaElements(field, feature));
  return [{ name, repetition_type: 'OPTIONAL', num_children: fields.length }, ...children];
}

function unknownType(dtype: string): never {
  throw new Error(`No column is made of ${dtype}.`);
}
