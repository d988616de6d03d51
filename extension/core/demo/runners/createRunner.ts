import { basename } from 'node:path';
import type { Log } from '../../log';
import type { FunctionReference } from '../definition';
import type { Runner, RunnerComponents } from '../runner';
import { HttpRunner } from './httpRunner';
import { ProcessRunner } from './processRunner';
import type { Interpreter } from './pythonInterpreter';
import { WorkerClient, type WorkerLaunch } from './workerClient';

/** What runners need of their surroundings. */
export interface RunnerServices {
  /** Folder for the files that functions make; it is created when needed and the caller removes it. */
  readonly mediaDir: string;
  readonly log: Log;
  /** Asked before each start of a Python worker. */
  readonly python: () => Promise<Interpreter>;
  /** Absolute paths of `python/worker.py` and `dist/javascriptWorker.cjs`. */
  readonly workers: { readonly pythonWorker: string; readonly javascriptWorker: string };
  /** Whether inputs may be sent to a host (`example.org`, `localhost:8000`). */
  readonly consent: (host: string) => Promise<boolean>;
  /** Where functions find relative paths. */
  readonly cwd: string;
}

/** The runner for a demo's `fn`; nothing is started before its first call. */
export function createRunner(fn: FunctionReference, components: RunnerComponents, services: RunnerServices): Runner {
  const { mediaDir, log, consent } = services;
  if (fn.type === 'http') return new HttpRunner(fn.url, components, { mediaDir, consent });
  const { workers, cwd } = services;
  const launch =
    fn.type === 'python'
      ? () => launchPython(services)
      : () => Promise.resolve(javascriptLaunch(workers.javascriptWorker, cwd));
  const worker = new WorkerClient({ launch, log, name: basename(fn.file) });
  return new ProcessRunner(fn, components, worker, mediaDir);
}

async function launchPython({ python, workers, cwd }: RunnerServices): Promise<WorkerLaunch> {
  const { path, version } = await python();
  return {
    title: `Python ${version.split('.').slice(0, 2).join('.')}`,
    command: { command: path, args: [workers.pythonWorker], cwd, environment: {}, wire: 'stdio' },
  };
}

/** The editor's own Node.js, or ours in a terminal: a person needs none. */
export function javascriptLaunch(worker: string, cwd: string): WorkerLaunch {
  return {
    title: 'Node.js',
    command: {
      command: process.execPath,
      args: [worker],
      cwd,
      environment: { ELECTRON_RUN_AS_NODE: '1' },
      wire: 'fd3',
    },
  };
}
