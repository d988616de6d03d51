/** NaN and the infinities, which JSON cannot carry, between processes and pages: `{"__float__": "NaN"}`. */
const special = new Map<string, number>([
  ['NaN', NaN],
  ['Infinity', Infinity],
  ['-Infinity', -Infinity],
]);

/** Replaces every special float inside a value by its stand-in. */
export function encodeSpecialFloats(value: unknown): unknown {
  if (typeof value === 'number' && !Number.isFinite(value)) return { __float__: String(value) };
  return mapChildren(value, encodeSpecialFloats);
}

/** The inverse of `encodeSpecialFloats`. */
export function decodeSpecialFloats(value: unknown): unknown {
  if (typeof value === 'object' && value !== null && '__float__' in value && Object.keys(value).length === 1) {
    const number = special.get(String(value.__float__));
    if (number !== undefined) return number;
  }
  return mapChildren(value, decodeSpecialFloats);
}

function mapChildren(value: unknown, map: (item: unknown) => unknown): unknown {
  if (Array.isArray(value)) return value.map(map);
  if (typeof value !== 'object' || value === null || value instanceof ArrayBuffer || ArrayBuffer.isView(value))
    return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, map(item)]));
}
