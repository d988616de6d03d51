import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Demo, LogFormat } from '../demo/definition';
import { loadDemo } from '../demo/loadDemo';
import type { Runner } from '../demo/runner';
import { createRunner, type WorkerPaths } from '../demo/runners/createRunner';
import { findPython } from '../demo/runners/pythonInterpreter';
import { ExpectedError } from '../errors';
import type { Log } from '../log';
import type { RunArguments } from './demoArguments';

/** What a command is given of its surroundings; a test gives its own. */
export interface Terminal {
  readonly cwd: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly stdin: AsyncIterable<string | Buffer>;
  /** Writes one line of result. */
  readonly print: (line: string) => void;
  /** Writes what a person may want to read while waiting. */
  readonly log: Log;
  /** The folder that holds the bundled workers. */
  readonly installation: string;
  /** Replaces the line that says how far a command is; absent where nobody watches. */
  readonly progress?: ((text: string) => void) | undefined;
  /** Ctrl+C, for commands that have something to say before they end. */
  readonly interrupt?: AbortSignal | undefined;
}

/** The exit status that a shell knows a command by that Ctrl+C ended. */
export const interrupted = 130;

/** Reads a definition; problems are told as `file:line: message`, all errors at once. */
export async function demoOf(terminal: Terminal, path: string, logFormat?: LogFormat): Promise<Demo> {
  const file = resolve(terminal.cwd, path);
  const { demo, problems } = await loadDemo(file, logFormat === undefined ? {} : { logFormat });
  for (const { severity, line, message } of problems) {
    if (severity === 'warning') terminal.log.warn(`${path}:${line + 1}: ${message}`);
  }
  if (demo !== undefined) return demo;
  const errors = problems.filter(({ severity }) => severity === 'error');
  throw new ExpectedError(errors.map(({ line, message }) => `${path}:${line + 1}: ${message}`).join('\n'));
}

/** A folder for the files that a function makes; the runner makes it when there are any. */
export function newMediaDir(): string {
  return join(tmpdir(), `flag-review-${randomUUID()}`);
}

/** The workers beside the bundles. */
export function workersIn(installation: string): WorkerPaths {
  return {
    pythonWorker: join(installation, '..', 'python', 'worker.py'),
    javascriptWorker: join(installation, 'javascriptWorker.cjs'),
    classifierWorker: join(installation, 'classifierWorker.cjs'),
  };
}

/** The runner of a demo's function. */
export function runnerOf(
  terminal: Terminal,
  demo: Demo,
  mediaDir: string,
  options: Pick<RunArguments, 'python' | 'allowHosts'>,
): Runner {
  const { cwd, environment, installation, log } = terminal;
  return createRunner(demo.fn, demo, {
    mediaDir,
    log,
    cwd: demo.baseDir,
    workers: workersIn(installation),
    python: () => findPython({ setting: options.python, baseDir: demo.baseDir, folders: [cwd], environment }),
    consent: (host) => {
      if (options.allowHosts.includes(host)) return Promise.resolve(true);
      const next = `Add --allow-host ${host} if the inputs may be sent there.`;
      return Promise.reject(new ExpectedError(`The demo sends its inputs to ${host}.`, next));
    },
  });
}
