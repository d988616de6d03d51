import { readFile, writeFile } from 'node:fs/promises';
import { dirname, isAbsolute, relative, resolve, sep } from 'node:path';
import type { Failure } from '../../../protocol/envelope';
import type { Demo } from '../../demo/definition';
import { mapFiles } from '../../demo/fileData';
import { isRecord } from '../../json';
import { parseRegression, regressionLines } from './regression';
import type { ReplayResult, ReplaySample } from './types';

/**
 * Saves results as a regression file. Files are named relative to it, so that it can be checked in beside them.
 *
 * @returns how many lines were written, and how many samples were left out because nobody said what is right
 */
export async function saveRegression(
  path: string,
  results: readonly ReplayResult[],
): Promise<{ readonly saved: number; readonly left: number }> {
  const { lines, left } = regressionLines(results.map((result) => withRelativeFiles(result, dirname(path))));
  await writeFile(path, lines.map((line) => `${line}\n`).join(''));
  return { saved: lines.length, left };
}

function withRelativeFiles(result: ReplayResult, folder: string): ReplayResult {
  const from = <T>(payloads: T): T =>
    mapFiles(payloads, (file) => ({ ...file, path: relative(folder, file.path).replaceAll(sep, '/') })) as T;
  const { sample } = result;
  return {
    ...result,
    sample: {
      ...sample,
      inputs: from(sample.inputs),
      logged: from(sample.logged),
      corrected: Object.fromEntries(
        Object.entries(sample.corrected).map(([output, payload]) => [output, from(payload)]),
      ),
    },
  };
}

/** Reads a regression file; files in it are found from its folder. A line of another demo has a problem. */
export async function loadRegression(path: string, demo: Pick<Demo, 'inputs' | 'outputs'>): Promise<ReplaySample[]> {
  const folder = dirname(path);
  const found = <T>(payloads: T): T =>
    mapFiles(payloads, (file) => (isAbsolute(file.path) ? file : { ...file, path: resolve(folder, file.path) })) as T;
  return parseRegression(await readFile(path, 'utf8')).map((sample) => ({
    ...sample,
    inputs: found(sample.inputs),
    corrected: Object.fromEntries(
      Object.entries(sample.corrected).map(([output, payload]) => [output, found(payload)]),
    ),
    problem: problemOf(sample, demo),
  }));
}

function problemOf({ inputs, logged }: ReplaySample, demo: Pick<Demo, 'inputs' | 'outputs'>): Failure | undefined {
  if (inputs.length === demo.inputs.length && logged.length === demo.outputs.length) return undefined;
  return {
    what: `The line has ${inputs.length} inputs and ${logged.length} outputs, but the demo has ${demo.inputs.length} and ${demo.outputs.length}.`,
    next: 'Choose the demo that it was saved for.',
    details: '',
  };
}

/** Whether a text begins as a regression file does, and not as a flag log in JSON Lines. */
export function isRegression(head: string): boolean {
  const line = head.split('\n').find((candidate) => candidate.trim() !== '') ?? '';
  try {
    const value: unknown = JSON.parse(line);
    return isRecord(value) && 'inputs' in value && 'expected' in value;
  } catch {
    return /^\s*\{\s*"inputs"\s*:/.test(line); // a line that the head cuts off, or one with NaN
  }
}
