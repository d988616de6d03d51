// Runs one stage of the tests and counts what it did.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';

/**
 * Runs a command with its output kept.
 *
 * @param {readonly [string, ...string[]]} command
 * @returns {Promise<{ status: number | null, output: string }>}
 */
export function runStage([program, ...args]) {
  return new Promise((resolve) => {
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const read = (chunk) => (output += chunk);
    child.stdout.setEncoding('utf8').on('data', read);
    child.stderr.setEncoding('utf8').on('data', read);
    child.on('error', (error) => resolve({ status: null, output: `${output}${error.message}` }));
    child.on('close', (status) => resolve({ status, output }));
  });
}

/**
 * What a stage adds to the tally. A stage without tests in it counts as one; a stage of tests that ran none, or that
 * failed beside its tests, counts as one failure more.
 *
 * @param {{ counted?: 'vitest' | 'lastLine' }} stage
 * @param {number | null} status
 * @param {string} output
 * @param {string} report the file that vitest wrote; removed, so that it never counts twice
 * @returns {{ passed: number, failed: number, skipped: number, failedFiles: readonly { name: string, passed: number }[] }}
 *   with the test files in which something failed and what passed in them, where vitest tells
 */
export function countStage({ counted }, status, output, report) {
  const failure = status === 0 ? 0 : 1;
  if (!counted) return { passed: 1 - failure, failed: failure, skipped: 0, failedFiles: [] };
  const counts = counted === 'vitest' ? countReport(report) : { ...countLastLine(output), failedFiles: [] };
  const ranNone = counts.passed + counts.failed === 0;
  return { ...counts, failed: Math.max(counts.failed, ranNone ? 1 : failure) };
}

function countReport(file) {
  if (!existsSync(file)) return { passed: 0, failed: 0, skipped: 0, failedFiles: [] };
  const { testResults, numPassedTests, numFailedTests, numPendingTests, numTodoTests } = JSON.parse(
    readFileSync(file, 'utf8'),
  );
  rmSync(file);
  return {
    passed: numPassedTests,
    failed: numFailedTests,
    skipped: numPendingTests + numTodoTests,
    failedFiles: testResults
      .filter(({ status }) => status === 'failed')
      .map(({ name, assertionResults }) => ({
        name,
        passed: assertionResults.filter(({ status }) => status === 'passed').length,
      })),
  };
}

function countLastLine(output) {
  const line = output.trimEnd().split('\n').at(-1) ?? '';
  const [, passed = 0, failed = 0, skipped = 0] = /^(\d+) passed, (\d+) failed(?:, (\d+) skipped)?$/.exec(line) ?? [];
  return { passed: Number(passed), failed: Number(failed), skipped: Number(skipped) };
}
