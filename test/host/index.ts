// Runs inside a real extension host, which calls run() when its extensions are loaded.
import { writeFileSync } from 'node:fs';
import Mocha from 'mocha';

/** One test or hook of the result file. */
interface Outcome {
  readonly title: string;
  readonly state: string;
  readonly milliseconds: number;
  readonly error?: string;
}

const resultFile = process.env.HOST_TEST_RESULT;
const limit = 60_000;

/** Loads and runs every suite, and leaves a result file: the host's exit code says 0 even when the host dies. */
export async function run(): Promise<void> {
  if (!resultFile) throw new Error('HOST_TEST_RESULT names the file for the result.');
  const mocha = new Mocha({ ui: 'bdd', timeout: limit, color: false });
  if (process.env.HOST_TEST_GREP) mocha.grep(process.env.HOST_TEST_GREP);
  mocha.suite.emit('pre-require', globalThis, 'host', mocha);
  const outcomes: Outcome[] = [];
  try {
    await import('host-tests');
    await runAll(mocha, outcomes);
  } catch (error) {
    outcomes.push({ title: 'loading the tests', state: 'failed', milliseconds: 0, error: describeError(error) });
  }
  writeFileSync(resultFile, JSON.stringify(outcomes, null, 2));
}

async function runAll(mocha: Mocha, outcomes: Outcome[]): Promise<void> {
  await new Promise<void>((resolve) => {
    const runner = mocha.run(() => resolve());
    const note = (test: Mocha.Runnable, state: string, error?: Error): void => {
      const outcome = { title: test.fullTitle(), state, milliseconds: test.duration ?? 0 };
      outcomes.push(error ? { ...outcome, error: describeError(error) } : outcome);
    };
    runner.on('pass', (test) => note(test, 'passed'));
    runner.on('pending', (test) => note(test, 'skipped'));
    runner.on('fail', (test, error: Error) => note(test, 'failed', error));
  });
}

function describeError(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
