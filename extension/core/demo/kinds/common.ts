import type { ComponentBase } from '../components';
import { describeValue, type PropSchema } from '../propSchema';
import type { PropSpec } from './kindSpec';

export const string: PropSchema = { type: 'string' };
export const boolean: PropSchema = { type: 'boolean' };
export const number: PropSchema = { type: 'number' };
export const positiveInteger: PropSchema = { type: 'integer', minimum: 1 };

export function oneOf(...values: readonly string[]): PropSchema {
  return { type: 'string', enum: values };
}

export function listOf(items: PropSchema): PropSchema {
  return { type: 'array', items };
}

/** Props that every component has. */
export const baseProps: Readonly<Record<keyof ComponentBase, PropSpec>> = {
  label: {
    schema: string,
    description: 'Shown above the component, and the name of its column in the flag log. Default: the parameter name.',
  },
  info: { schema: string, description: 'One line of help below the label.' },
  show_label: { schema: boolean, description: 'Whether the label is shown. Default: `true`.' },
  visible: { schema: boolean, description: 'Whether the component is shown. Default: `true`.' },
  interactive: { schema: boolean, description: 'Whether an input can be changed. Default: `true`.' },
};

/** The `type` prop of pixels, frames and the like: what the function is given. */
export function received(values: readonly string[], byDefault: string, extra = ''): PropSpec {
  const description = `What the function receives.${extra === '' ? '' : ` ${extra}`}`;
  return { schema: oneOf(...values), default: byDefault, description };
}

export const imageFormat: PropSpec = {
  schema: string,
  default: 'webp',
  description: 'File type of images that the function returns as pixels: `"webp"`, `"png"`, `"jpeg"`…',
};

/** A sentence on a payload that should be something else. */
export function shouldBe(expected: string, payload: unknown): string {
  return `The value must be ${expected}, not ${describeValue(payload)}.`;
}

export function notString(payload: unknown): string | undefined {
  return typeof payload === 'string' ? undefined : shouldBe('a string', payload);
}
