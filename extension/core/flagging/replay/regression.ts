import { ExpectedError } from '../../errors';
import { isRecord } from '../../json';
import { dumpsPythonJson, parsePythonJson } from '../format/pythonJson';
import { plainValue } from '../format/pythonValue';
import type { ReplayResult, ReplaySample } from './types';

/**
 * The lines of a regression file: `{"inputs": […], "expected": […]}`. A sample is expected to give its corrected output
 * where there is one, else its logged one when the flag reported no fault; of others nobody knows what is right.
 */
export function regressionLines(results: readonly ReplayResult[]): { readonly lines: string[]; readonly left: number } {
  const lines = results.flatMap(({ sample }) => {
    const expected = expectedOf(sample);
    return expected ? [dumpsPythonJson({ inputs: sample.inputs, expected })] : [];
  });
  return { lines, left: results.length - lines.length };
}

function expectedOf({ corrected, logged, reportsFault, problem }: ReplaySample): readonly unknown[] | undefined {
  const known = problem === undefined && (Object.keys(corrected).length > 0 || !reportsFault);
  return known ? logged.map((value, output) => corrected[output] ?? value) : undefined;
}

/**
 * Reads a regression file as samples whose expected outputs are corrections: a replay finds them *fixed* or *still
 * wrong*.
 *
 * @throws ExpectedError naming the first line that is none
 */
export function parseRegression(text: string): ReplaySample[] {
  return text
    .split('\n')
    .map((line, index) => ({ line: line.trim(), number: index + 1 }))
    .filter(({ line }) => line !== '')
    .map(({ line, number }, row) => {
      const parsed = parsePythonJson(line);
      const value = parsed === undefined ? undefined : plainValue(parsed);
      if (!isRecord(value) || !Array.isArray(value.inputs) || !Array.isArray(value.expected)) {
        throw new ExpectedError(
          `Line ${number} is not {"inputs": […], "expected": […]}.`,
          'Save the file again from a replay.',
        );
      }
      const expected = value.expected as readonly unknown[];
      return {
        row,
        inputs: value.inputs as readonly unknown[],
        logged: expected.map(() => null),
        corrected: Object.fromEntries(expected.entries()),
        option: null,
        reportsFault: true,
      };
    });
}
