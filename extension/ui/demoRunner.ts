import * as path from 'node:path';
import * as vscode from 'vscode';
import type { FunctionReference } from '../core/demo/definition';
import type { Runner, RunnerComponents } from '../core/demo/runner';
import { createRunner, type WorkerPaths, type WorkerServices } from '../core/demo/runners/createRunner';
import { findPython } from '../core/demo/runners/pythonInterpreter';
import { configuredInterpreter, interpreterOfPythonExtension } from './pythonInterpreter';
import type { Services } from './services';

/** What of a demo its runner needs. */
export interface RunnableDemo extends RunnerComponents {
  readonly fn: FunctionReference;
  readonly title: string;
  readonly baseDir: string;
}

/** The bundled code that user functions run in, beside the bundle of the extension. */
export function workersOf({ extensionUri }: vscode.ExtensionContext): WorkerPaths {
  const path = (...parts: readonly string[]): string => vscode.Uri.joinPath(extensionUri, ...parts).fsPath;
  return {
    pythonWorker: path('python', 'worker.py'),
    javascriptWorker: path('dist', 'javascriptWorker.cjs'),
    classifierWorker: path('dist', 'classifierWorker.cjs'),
  };
}

/**
 * A runner that starts nothing before its first call.
 *
 * @param mediaDir where files that the function makes are kept; absolute
 */
export function createDemoRunner(
  { context, log, consent }: Pick<Services, 'context' | 'log' | 'consent'>,
  demo: RunnableDemo,
  mediaDir: string,
): Runner {
  const { fn, title, baseDir } = demo;
  const scope = vscode.Uri.file(fn.type === 'http' ? baseDir : fn.file);
  return createRunner(fn, demo, {
    ...workerServices({ context, log }, scope, baseDir),
    mediaDir: path.join(mediaDir, 'outputs'),
    consent: async () => {
      if (fn.type === 'http') await consent.require(fn.url, title);
      return true;
    },
  });
}

/**
 * What functions of the workspace run with.
 *
 * @param scope whose settings count
 * @param cwd absolute
 */
export function workerServices(
  { context, log }: Pick<Services, 'context' | 'log'>,
  scope: vscode.Uri,
  cwd: string,
): WorkerServices {
  return {
    log,
    cwd,
    workers: workersOf(context),
    python: async () =>
      findPython({
        setting: configuredInterpreter(scope),
        pythonExtension: await interpreterOfPythonExtension(scope, log),
        baseDir: cwd,
        folders: (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri.fsPath),
        environment: process.env,
      }),
  };
}
