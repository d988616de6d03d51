/** The part of JSON Schema (draft-07) that demo definitions need: it checks them here and describes them to the editor. */
export interface PropSchema {
  readonly type?: PropType | readonly PropType[];
  readonly enum?: readonly (string | number | boolean | null)[];
  readonly minimum?: number;
  readonly minLength?: number;
  /** Of every item, or of each by its place. */
  readonly items?: PropSchema | readonly PropSchema[];
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly additionalProperties?: PropSchema;
  readonly anyOf?: readonly PropSchema[];
}

export type PropType = 'string' | 'number' | 'integer' | 'boolean' | 'null' | 'array' | 'object';

/** What does not fit, and where inside the value: object keys and array indexes. */
export interface Misfit {
  readonly path: readonly (string | number)[];
  /** "a whole number of at least 1" */
  readonly expected: string;
}

/** The first place where a value does not fit its schema, or undefined. */
export function misfit(value: unknown, schema: PropSchema): Misfit | undefined {
  if (schema.anyOf) return misfitOfAlternatives(value, schema.anyOf, schema);
  if (!hasType(value, schema.type) || !inBounds(value, schema)) return { path: [], expected: describe(schema) };
  if (Array.isArray(value)) return misfitOfItems(value, schema);
  if (schema.additionalProperties && typeof value === 'object' && value !== null) {
    for (const [key, item] of Object.entries(value)) {
      const inner = misfit(item, schema.additionalProperties);
      if (inner) return { ...inner, path: [key, ...inner.path] };
    }
  }
  return undefined;
}

/** A schema in words: `"text", "password" or "email"`, "a list of strings". */
export function describe(schema: PropSchema): string {
  return either(alternativesOf(schema));
}

function alternativesOf(schema: PropSchema): readonly string[] {
  if (schema.anyOf) return schema.anyOf.flatMap(alternativesOf);
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value));
  const types = typesOf(schema.type);
  return types.length === 0 ? ['any JSON value'] : types.map((type) => describeType(type, schema));
}

/** What a value is, in words. */
export function describeValue(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'an object';
  const text = JSON.stringify(value);
  return text.length > 40 ? `a ${typeof value}` : text;
}

/** `a`, `a or b`, `a, b or c`. */
export function either(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1) ?? ''}`;
}

/** Prefers the alternative that fits deepest, so that the message is about the item that is wrong. */
function misfitOfAlternatives(value: unknown, alternatives: readonly PropSchema[], schema: PropSchema) {
  let deepest: Misfit = { path: [], expected: describe(schema) };
  for (const alternative of alternatives) {
    const inner = misfit(value, alternative);
    if (!inner) return undefined;
    if (inner.path.length > deepest.path.length) deepest = inner;
  }
  return deepest;
}

function misfitOfItems(value: readonly unknown[], { items }: PropSchema): Misfit | undefined {
  if (items === undefined) return undefined;
  for (const [index, item] of value.entries()) {
    const itemSchema = isTuple(items) ? items[index] : items;
    const inner = itemSchema && misfit(item, itemSchema);
    if (inner) return { ...inner, path: [index, ...inner.path] };
  }
  return undefined;
}

function hasType(value: unknown, type: PropSchema['type']): boolean {
  const types = typesOf(type);
  return types.length === 0 || types.some((one) => isOfType(value, one));
}

function isOfType(value: unknown, type: PropType): boolean {
  if (type === 'null') return value === null;
  if (type === 'array') return Array.isArray(value);
  if (type === 'object') return typeof value === 'object' && value !== null && !Array.isArray(value);
  return type === 'integer' ? Number.isInteger(value) : typeof value === type;
}

function inBounds(value: unknown, schema: PropSchema): boolean {
  if (schema.enum && !schema.enum.some((allowed) => allowed === value)) return false;
  if (typeof value === 'number') return value >= (schema.minimum ?? -Infinity);
  if (typeof value === 'string') return value.length >= (schema.minLength ?? 0);
  if (!Array.isArray(value)) return true;
  return value.length >= (schema.minItems ?? 0) && value.length <= (schema.maxItems ?? Infinity);
}

function describeType(type: PropType, schema: PropSchema): string {
  const least = schema.minimum === undefined ? '' : ` of at least ${schema.minimum}`;
  switch (type) {
    case 'integer':
      return `a whole number${least}`;
    case 'number':
      return `a number${least}`;
    case 'boolean':
      return 'true or false';
    case 'string':
      return schema.minLength ? 'a string that is not empty' : 'a string';
    case 'null':
      return 'null';
    case 'array':
      return describeList(schema.items);
    case 'object':
      return schema.additionalProperties
        ? `an object whose values are each ${describe(schema.additionalProperties)}`
        : 'an object';
  }
}

function describeList(items: PropSchema['items']): string {
  if (items === undefined) return 'a list';
  if (isTuple(items)) return `[${items.map(describe).join(', ')}]`;
  return `a list, each item ${describe(items)}`;
}

function typesOf(type: PropSchema['type']): readonly PropType[] {
  if (type === undefined) return [];
  return typeof type === 'string' ? [type] : type;
}

function isTuple(items: PropSchema | readonly PropSchema[]): items is readonly PropSchema[] {
  return Array.isArray(items);
}
