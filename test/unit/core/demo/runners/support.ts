import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import type { Component } from '../../../../../extension/core/demo/components';
import type { Runner } from '../../../../../extension/core/demo/runner';
import { createRunner, type RunnerServices } from '../../../../../extension/core/demo/runners/createRunner';
import { findPython } from '../../../../../extension/core/demo/runners/pythonInterpreter';
import { ExpectedError } from '../../../../../extension/core/errors';
import type { Log } from '../../../../../extension/core/log';

export const repository = join(dirname(fileURLToPath(import.meta.url)), '../../../../..');

/** A log that can be read. */
export class MemoryLog implements Log {
  readonly lines: string[] = [];
  readonly trace = (message: string): void => void this.lines.push(message);
  readonly debug = this.trace;
  readonly info = this.trace;
  readonly warn = this.trace;
  readonly error = (message: string | Error): void => void this.lines.push(String(message));
}

export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'flag-review-test-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true, maxRetries: 3 }));
  return folder;
}

export interface Bench {
  readonly runner: Runner;
  readonly folder: string;
  readonly file: string;
  readonly log: MemoryLog;
}

interface BenchOptions {
  readonly inputs?: readonly Component[];
  readonly outputs?: readonly Component[];
  readonly services?: Partial<RunnerServices>;
}

export const text: Component = { kind: 'textbox', label: 'text' };
export const number: Component = { kind: 'number', label: 'number' };

/** A runner for a function of this source text, in a folder of its own. */
export async function bench(
  fileName: string,
  source: string,
  name: string,
  options: BenchOptions = {},
): Promise<Bench> {
  const folder = await temporaryFolder();
  const file = join(folder, fileName);
  const log = new MemoryLog();
  await writeFile(file, source);
  const type = fileName.endsWith('.py') ? 'python' : 'javascript';
  const { inputs = [text], outputs = [text] } = options;
  const runner = createRunner(
    { type, file, name },
    { inputs, outputs },
    { ...services(folder, log), ...options.services },
  );
  onTestFinished(() => runner.dispose());
  return { runner, folder, file, log };
}

export function services(folder: string, log: Log): RunnerServices {
  return {
    mediaDir: join(folder, 'media'),
    log,
    cwd: folder,
    workers: {
      pythonWorker: join(repository, 'python/worker.py'),
      javascriptWorker: join(repository, 'node_modules/.cache/flag-review/javascriptWorker.cjs'),
    },
    python: () => findPython({ baseDir: folder, folders: [folder], environment: process.env }),
    consent: () => Promise.resolve(true),
  };
}

/** What an action failed with, as an expected failure. */
export async function failure(action: Promise<unknown>): Promise<ExpectedError> {
  const error = await action.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error instanceof ExpectedError) return error;
  throw new Error('An ExpectedError was due.', { cause: error });
}
