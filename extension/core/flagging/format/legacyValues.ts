import type { ComponentKind } from '../../demo/components';
import { dumpsPythonJson } from './pythonJson';
import { isList, isMap, type PythonValue } from './pythonValue';

/** The shape that a payload had before Gradio 4, where it was another one. Given what the current data model makes. */
export function legacyValue(kind: ComponentKind, value: PythonValue): PythonValue {
  if (kind === 'highlightedtext') return highlightedPairs(value);
  if (kind === 'dataframe') return without(value, 'metadata');
  return value;
}

/** A label up to Gradio 3.1: an object from label to confidence, or the label alone. */
export function legacyLabel(value: PythonValue): PythonValue {
  if (!isMap(value)) return value;
  const confidences = value.get('confidences') ?? null;
  if (!isList(confidences)) return value.get('label') ?? null;
  return new Map(
    confidences.flatMap((item) => {
      const label = isMap(item) ? (item.get('label') ?? null) : null;
      if (!isMap(item) || label === null) return [];
      const key = typeof label === 'string' ? label : dumpsPythonJson(label);
      return [[key, item.get('confidence') ?? null] as const];
    }),
  );
}

function highlightedPairs(value: PythonValue): PythonValue {
  if (!isList(value)) return value;
  return value.map((item) =>
    isMap(item) ? [item.get('token') ?? null, item.get('class_or_confidence') ?? null] : item,
  );
}

function without(value: PythonValue, name: string): PythonValue {
  return isMap(value) ? new Map([...value].filter(([key]) => key !== name)) : value;
}
