/**
 * The process in which JavaScript functions run. The same bundle is loaded a second time, in a thread of Node's module
 * loader, for the hooks that it exports.
 */
import { isMainThread } from 'node:worker_threads';
import { Calls } from './javascript/calls';
import { ModuleLoader } from './javascript/moduleLoader';
import type { Request } from './javascript/requests';
import { serveCalls } from './workerServer';

export { initialize, load, resolve } from './javascript/moduleHooks';

if (isMainThread) {
  const calls = new Calls(new ModuleLoader(__filename));
  serveCalls((request, events) => calls.perform(request as Request, events));
}
