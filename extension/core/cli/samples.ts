import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Component, ComponentKind } from '../demo/components';
import { fileData } from '../demo/fileData';
import { payloadProblem } from '../demo/kinds';
import { ExpectedError } from '../errors';
import { parsePythonJson } from '../flagging/format/pythonJson';
import { isList, isMap, plainValue, toPythonValue, type PythonValue } from '../flagging/format/pythonValue';

const fileKinds: readonly ComponentKind[] = ['image', 'audio', 'video', 'file'];

/** One sample as a terminal gives it: lossless payloads, so that `12.0` and long integers reach the log unchanged. */
export interface GivenSample {
  readonly inputs: readonly PythonValue[];
  readonly outputs: readonly PythonValue[] | undefined;
  readonly option: string | undefined;
  readonly username: string | undefined;
  readonly timestamp: string | undefined;
  readonly note: string | undefined;
}

/**
 * Reads `--inputs` or `--outputs`.
 *
 * @throws ExpectedError unless the text is a JSON array
 */
export function parsePayloads(text: string, name: string): readonly PythonValue[] {
  const value = parsePythonJson(text);
  if (value === undefined) throw new ExpectedError(`${name} is not JSON: ${excerpt(text)}`, 'Quote it for your shell.');
  return asList(value, name);
}

/**
 * Reads a line of samples: `{"inputs": […], "outputs": […], "option": …}`.
 *
 * @throws ExpectedError unless the line is such an object
 */
export function parseSampleLine(line: string): GivenSample {
  const value = parsePythonJson(line);
  if (value === undefined || !isMap(value)) throw new ExpectedError(`not a JSON object: ${excerpt(line)}`);
  const known = ['inputs', 'outputs', 'option', 'username', 'timestamp', 'note'];
  const unknown = [...value.keys()].find((key) => !known.includes(key));
  if (unknown !== undefined)
    throw new ExpectedError(`"${unknown}" is not a key of a sample.`, `Keys are ${known.join(', ')}.`);
  const outputs = value.get('outputs') ?? undefined;
  return {
    inputs: asList(value.get('inputs') ?? null, '"inputs"'),
    outputs: outputs === undefined ? undefined : asList(outputs, '"outputs"'),
    option: asText(value.get('option'), '"option"'),
    username: asText(value.get('username'), '"username"'),
    timestamp: asText(value.get('timestamp'), '"timestamp"'),
    note: asText(value.get('note'), '"note"'),
  };
}

/**
 * Checks payloads against their components and completes files: a path becomes FileData with an absolute path.
 *
 * @param cwd relative paths start here
 * @throws ExpectedError for the first payload that its component cannot hold
 */
export function completePayloads(
  components: readonly Component[],
  payloads: readonly PythonValue[],
  name: string,
  cwd: string,
): readonly PythonValue[] {
  if (payloads.length !== components.length) {
    const expected = components.map(({ label, kind }) => label ?? kind).join(', ');
    throw new ExpectedError(
      `${name} has ${payloads.length} ${payloads.length === 1 ? 'value' : 'values'}, but the demo has ${components.length}: ${expected}.`,
      'Give one value per component.',
    );
  }
  return components.map((component, index) => {
    const payload = completeFiles(component, payloads[index] ?? null, cwd);
    const problem = payloadProblem(component, plainValue(payload));
    if (problem !== undefined)
      throw new ExpectedError(`${name}, ${component.label ?? `component ${index}`}: ${problem}`);
    return payload;
  });
}

function completeFiles(component: Component, payload: PythonValue, cwd: string): PythonValue {
  const bare = fileKinds.includes(component.kind);
  const complete = (value: PythonValue): PythonValue => {
    if (typeof value === 'string') return bare ? existing(value, new Map(), cwd) : value;
    if (isList(value)) return value.map(complete);
    if (!isMap(value)) return value;
    const path = value.get('path');
    const isFile = typeof path === 'string' && (bare || isFileMarker(value.get('meta')));
    return isFile
      ? existing(path, value, cwd)
      : new Map([...value].map(([key, item]) => [key, isMap(item) || isList(item) ? complete(item) : item]));
  };
  return complete(payload);
}

function isFileMarker(meta: PythonValue | undefined): boolean {
  return meta !== undefined && isMap(meta) && meta.get('_type') === 'gradio.FileData';
}

function existing(path: string, known: ReadonlyMap<string, PythonValue>, cwd: string): PythonValue {
  const absolute = resolve(cwd, path);
  if (!existsSync(absolute))
    throw new ExpectedError(`The file ${path} does not exist.`, 'Paths are relative to the working directory.');
  const defaults = toPythonValue(fileData(absolute));
  return new Map([
    ...(isMap(defaults) ? defaults : []),
    ...known,
    ['path', absolute],
    ['meta', new Map([['_type', 'gradio.FileData']])],
  ]);
}

function asList(value: PythonValue, name: string): readonly PythonValue[] {
  if (!isList(value))
    throw new ExpectedError(`${name} is not a JSON array.`, 'Give one value per component: [5, "subtract", 7.5].');
  return value;
}

function asText(value: PythonValue | undefined, name: string): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'string') throw new ExpectedError(`${name} is not a string.`);
  return value;
}

function excerpt(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
