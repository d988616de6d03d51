import { basename, dirname } from 'node:path';
import { javascriptLaunch } from '../demo/runners/createRunner';
import { WorkerClient } from '../demo/runners/workerClient';
import { ExpectedError } from '../errors';
import type { Log } from '../log';
import type { FlaggingCallback, LoggedComponent } from './types';

export interface ModuleCallbackServices {
  /** Path of the bundled worker that runs the module. */
  readonly javascriptWorker: string;
  readonly log: Log;
}

export type ModuleCallback = FlaggingCallback & { dispose(): Promise<void> };

/**
 * A flagging callback that a module of the workspace exports, in a process of its own. What it throws reaches the caller;
 * after a crash, or a change of the file, the next flag sets it up again.
 *
 * @param reference absolute path of the module and the name of its export
 */
export function createModuleCallback(
  reference: { readonly file: string; readonly name: string },
  { javascriptWorker, log }: ModuleCallbackServices,
): ModuleCallback {
  const { file } = reference;
  const launch = () => Promise.resolve(javascriptLaunch(javascriptWorker, dirname(file)));
  const worker = new WorkerClient({ launch, log, name: basename(file) });
  let target: { readonly components: readonly LoggedComponent[]; readonly flaggingDir: string } | undefined;
  return {
    setup: async (components, flaggingDir) => {
      target = { components, flaggingDir };
      await worker.call({ op: 'callback.setup', ...reference, ...target });
    },
    flag: async (data, flagOption = null, username = null) => {
      if (!target) throw new Error('The callback was not set up.');
      const rows = await worker.call({ op: 'callback.flag', ...reference, ...target, data, flagOption, username });
      if (typeof rows !== 'number') throw new ExpectedError(`${basename(file)} gave no number of rows.`);
      return rows;
    },
    dispose: () => worker.dispose(),
  };
}
