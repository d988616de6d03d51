import { isRecord } from '../../json';

/** Whether a value that came from a file is what a type says. */
export type Shape = (value: unknown) => boolean;

export const isText: Shape = (value) => typeof value === 'string';
export const isNumber: Shape = (value) => typeof value === 'number';
export const isFlag: Shape = (value) => typeof value === 'boolean';
export const isCount: Shape = (value) => Number.isSafeInteger(value) && Number(value) >= 0;

export function listOf(item: Shape): Shape {
  return (value) => Array.isArray(value) && value.every(item);
}

export function oneOf(...values: readonly unknown[]): Shape {
  return (value) => values.includes(value);
}

export function either(...shapes: readonly Shape[]): Shape {
  return (value) => shapes.some((fits) => fits(value));
}

/** An object with at least these fields. */
export function fieldsOf(fields: Readonly<Record<string, Shape>>): Shape {
  return (value) => isRecord(value) && Object.entries(fields).every(([name, fits]) => fits(value[name]));
}
