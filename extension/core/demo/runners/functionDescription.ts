import { isRecord } from '../../json';
import type { FunctionDescription, ParameterDescription, TypeDescription } from '../runner';

const simple: ReadonlySet<unknown> = new Set([
  'str',
  'int',
  'float',
  'bool',
  'path',
  'pil',
  'numpy',
  'dataframe',
  'dict',
  'list',
  'none',
  'unknown',
  'confidences',
]);

/** Whether a worker's answer is a function's description. */
export function isFunctionDescription(value: unknown): value is FunctionDescription {
  return (
    isRecord(value) &&
    typeof value.name === 'string' &&
    typeof value.doc === 'string' &&
    Array.isArray(value.parameters) &&
    value.parameters.every(isParameter) &&
    isType(value.returns)
  );
}

function isParameter(value: unknown): value is ParameterDescription {
  return isRecord(value) && typeof value.name === 'string' && isType(value.type);
}

function isType(value: unknown): value is TypeDescription {
  if (!isRecord(value)) return false;
  switch (value.type) {
    case 'literal':
      return Array.isArray(value.values) && value.values.every(isChoice);
    case 'enum':
      return typeof value.name === 'string' && Array.isArray(value.members) && value.members.every(isMember);
    case 'list_of':
    case 'optional':
      return isType(value.item);
    case 'tuple':
      return Array.isArray(value.items) && value.items.every(isType);
    default:
      return simple.has(value.type);
  }
}

function isChoice(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'number';
}

function isMember(value: unknown): boolean {
  return Array.isArray(value) && value.length === 2 && typeof value[0] === 'string' && isChoice(value[1]);
}
