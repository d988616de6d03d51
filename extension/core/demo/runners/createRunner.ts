import { basename } from 'node:path';
import type { Log } from '../../log';
import type { FunctionReference } from '../definition';
import type { Runner, RunnerComponents } from '../runner';
import { ClassifierRunner } from './classifierRunner';
import { HttpRunner } from './httpRunner';
import { ProcessRunner } from './processRunner';
import type { Interpreter } from './pythonInterpreter';
import { WorkerClient, type WorkerLaunch } from './workerClient';

/** Absolute paths of `python/worker.py` and of the bundles of our own workers. */
export interface WorkerPaths {
  readonly pythonWorker: string;
  readonly javascriptWorker: string;
  readonly classifierWorker: string;
}

/** What the processes need in which functions run. */
export interface WorkerServices {
  readonly log: Log;
  /** Asked before each start of a Python worker. */
  readonly python: () => Promise<Interpreter>;
  readonly workers: WorkerPaths;
  /** Where functions find relative paths. */
  readonly cwd: string;
}

/** What runners need of their surroundings. */
export interface RunnerServices extends WorkerServices {
  /** Folder for the files that functions make; it is created when needed and the caller removes it. */
  readonly mediaDir: string;
  /** Whether inputs may be sent to a host (`example.org`, `localhost:8000`). */
  readonly consent: (host: string) => Promise<boolean>;
}

/** A file whose code, or whose records, a process of its own works with. */
export interface WorkerFile {
  readonly type: 'python' | 'javascript' | 'classifier';
  /** Absolute. */
  readonly file: string;
}

/** The runner for a demo's `fn`; nothing is started before its first call. */
export function createRunner(fn: FunctionReference, components: RunnerComponents, services: RunnerServices): Runner {
  const { mediaDir, consent } = services;
  if (fn.type === 'http') return new HttpRunner(fn.url, components, { mediaDir, consent });
  const worker = createWorker(fn, services);
  if (fn.type === 'classifier') return new ClassifierRunner(fn, components, worker, mediaDir);
  return new ProcessRunner(fn, components, worker, mediaDir);
}

/** A worker of the file's language, started by its first call. */
export function createWorker({ type, file }: WorkerFile, services: WorkerServices): WorkerClient {
  const { log, workers, cwd } = services;
  const launch =
    type === 'python'
      ? () => launchPython(services)
      : () => Promise.resolve(javascriptLaunch(workers[`${type}Worker`], cwd));
  return new WorkerClient({ launch, log, name: basename(file) });
}

async function launchPython({ python, workers, cwd }: WorkerServices): Promise<WorkerLaunch> {
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
