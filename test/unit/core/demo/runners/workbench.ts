import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach } from 'vitest';
import type { Component } from '../../../../../extension/core/demo/components';
import type { FunctionReference } from '../../../../../extension/core/demo/definition';
import type { Runner } from '../../../../../extension/core/demo/runner';
import { createRunner, type RunnerServices } from '../../../../../extension/core/demo/runners/createRunner';
import { findPython } from '../../../../../extension/core/demo/runners/pythonInterpreter';
import { silentLog, type Log } from '../../../../../extension/core/log';

export const pythonWorker = resolve('python/worker.py');

export const number: Component = { kind: 'number' };
export const textbox: Component = { kind: 'textbox' };
export const json: Component = { kind: 'json' };

/** A folder with a function in it, and the runners that were made for it; all is gone after the test. */
export class Workbench {
  readonly lines: string[] = [];
  readonly log: Log = {
    ...silentLog,
    info: (line) => void this.lines.push(line),
    warn: (line) => void this.lines.push(line),
  };
  private readonly runners: Runner[] = [];

  private constructor(
    readonly folder: string,
    private readonly worker: string,
  ) {}

  static async open(worker = 'none'): Promise<Workbench> {
    return new Workbench(await mkdtemp(join(tmpdir(), 'runner-')), worker);
  }

  async write(name: string, text: string): Promise<string> {
    const path = join(this.folder, name);
    await writeFile(path, text);
    return path;
  }

  runner(
    fn: FunctionReference,
    inputs: readonly Component[],
    outputs: readonly Component[],
    services: Partial<RunnerServices> = {},
  ): Runner {
    const runner = createRunner(
      fn,
      { inputs, outputs },
      {
        mediaDir: join(this.folder, 'media'),
        log: this.log,
        cwd: this.folder,
        workers: { pythonWorker, javascriptWorker: this.worker, classifierWorker: this.worker },
        python: () => findPython({ baseDir: this.folder, folders: [], environment: process.env }),
        consent: () => Promise.resolve(true),
        ...services,
      },
    );
    this.runners.push(runner);
    return runner;
  }

  /** A runner for the function `f` of a Python module. */
  async python(text: string, inputs: readonly Component[], outputs: readonly Component[]): Promise<Runner> {
    return this.runner({ type: 'python', file: await this.write('model.py', text), name: 'f' }, inputs, outputs);
  }

  async close(): Promise<void> {
    await Promise.all(this.runners.map((runner) => runner.dispose()));
    await rm(this.folder, { recursive: true, force: true });
  }
}

/** Opens workbenches and closes them after each test. */
export function workbenches(worker?: () => string): () => Promise<Workbench> {
  const open: Workbench[] = [];
  afterEach(async () => {
    await Promise.all(open.splice(0).map((bench) => bench.close()));
  });
  return async () => {
    const bench = await Workbench.open(worker?.());
    open.push(bench);
    return bench;
  };
}
