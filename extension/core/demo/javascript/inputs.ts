import { readFile } from 'node:fs/promises';
import { ExpectedError } from '../../errors';
import { isRecord } from '../../json';
import type { Choice, Component } from '../components';
import { isFileData } from '../fileData';
import { roundHalfEven } from '../runners/convertOutputs';

/**
 * Payloads of a page as the values a function receives: the rules of `preprocess` in gradio/components (6.25), as far as
 * JavaScript has the types. Media are absolute paths, tables of `type: "array"` arrays of rows.
 */
export function readInputs(payloads: readonly unknown[], components: readonly Component[]): Promise<unknown[]> {
  return Promise.all(
    components.map(async (component, index) => {
      try {
        return await readInput(payloads[index] ?? null, component);
      } catch (error) {
        if (!(error instanceof ExpectedError)) throw error;
        throw new ExpectedError(`Input ${component.label ?? index + 1}: ${error.what}`, error.next, error.details);
      }
    }),
  );
}

function readInput(payload: unknown, component: Component): unknown {
  if (payload === null) return component.kind === 'checkbox' ? false : null;
  if (component.kind === 'number' || component.kind === 'slider') return number(payload, component);
  if (component.kind === 'checkbox') return Boolean(payload);
  if ('choices' in component) {
    const isList = component.kind === 'checkboxgroup' || (component.kind === 'dropdown' && component.multiselect);
    return isList ? several(payload).map((value) => choice(value, component)) : choice(payload, component);
  }
  if (component.kind === 'file' && component.type === 'binary') return contents(payload);
  if (component.kind === 'dataframe' && component.type === 'array' && isRecord(payload)) return payload.data;
  if (component.kind === 'datetime') return time(payload, component.type);
  if (component.kind === 'highlightedtext')
    return several(payload).map((part) => (isRecord(part) ? [part.token, part.class_or_confidence] : part));
  if (component.kind === 'gallery')
    return several(payload).map((item) => (isRecord(item) ? [paths(item.video ?? item.image), item.caption] : item));
  return paths(payload);
}

interface Range {
  readonly minimum?: number;
  readonly maximum?: number;
  readonly precision?: number;
}

function number(payload: unknown, { minimum, maximum, precision }: Range): number {
  if (typeof payload !== 'number') throw new ExpectedError(`${JSON.stringify(payload)} is not a number.`);
  if (minimum !== undefined && payload < minimum)
    throw new ExpectedError(`${payload} is less than the minimum ${minimum}.`);
  if (maximum !== undefined && payload > maximum)
    throw new ExpectedError(`${payload} is more than the maximum ${maximum}.`);
  return precision === undefined || !Number.isFinite(payload) ? payload : roundHalfEven(payload, precision);
}

interface Chooser {
  readonly choices: readonly Choice[];
  readonly type?: 'value' | 'index';
  readonly allow_custom_value?: boolean;
}

function choice(payload: unknown, { choices, type, allow_custom_value: custom = false }: Chooser): unknown {
  const index = choices.findIndex(([, value]) => value === payload);
  if (index < 0 && !custom) throw new ExpectedError(`${JSON.stringify(payload)} is none of the choices.`);
  if (type !== 'index') return payload;
  return index < 0 ? null : index;
}

function several(payload: unknown): readonly unknown[] {
  if (Array.isArray(payload)) return payload;
  throw new ExpectedError(`${JSON.stringify(payload)} is not a list.`);
}

/** The path in place of each file. */
function paths(payload: unknown): unknown {
  if (isFileData(payload)) return payload.path;
  return Array.isArray(payload) ? payload.map(paths) : payload;
}

async function contents(payload: unknown): Promise<unknown> {
  if (isFileData(payload)) return readFile(payload.path);
  return Array.isArray(payload) ? Promise.all(payload.map(contents)) : payload;
}

function time(payload: unknown, type: 'timestamp' | 'datetime' | 'string' = 'timestamp'): unknown {
  if (payload === '') return null;
  if (type === 'string') return payload;
  const [, day, clock = '00:00:00'] = /^(\d{4}-\d\d-\d\d)(?: (\d\d:\d\d:\d\d))?$/.exec(String(payload)) ?? [];
  const date = new Date(`${day ?? ''}T${clock}`);
  if (Number.isNaN(date.getTime()))
    throw new ExpectedError(`${JSON.stringify(payload)} is no date.`, 'Write it as 2024-12-31 or 2024-12-31 23:59:59.');
  return type === 'datetime' ? date : date.getTime() / 1000;
}
