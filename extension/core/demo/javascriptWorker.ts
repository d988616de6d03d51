/**
 * The process in which JavaScript functions run. The same bundle is loaded a second time, in a thread of Node's module
 * loader, for the hooks that it exports.
 */
import { isMainThread } from 'node:worker_threads';
import { serve } from './javascript/server';

export { initialize, load, resolve } from './javascript/moduleHooks';

if (isMainThread) serve(__filename);
