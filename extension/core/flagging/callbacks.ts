import { resolve } from 'node:path';
import type { Demo } from '../demo/definition';
import { ExpectedError } from '../errors';
import { HubSaver, type HubSaverOptions } from '../hub/saver/hubSaver';
import type { Log } from '../log';
import { createModuleCallback } from './javascriptCallback';
import { createLogger } from './loggers';
import { builtInLoggers, type FlaggingCallback } from './types';

export interface CallbackServices {
  /** The flagging directory as the person gave it, for the path text of Gradio's formats. */
  readonly flaggingDirAsGiven: string;
  /** Path of the bundled worker that runs a workspace's module. */
  readonly javascriptWorker: string;
  readonly log: Log;
  /** Told of a flag that waits to be sent to the Hub. */
  readonly onQueued: HubSaverOptions['onQueued'];
}

/**
 * The callback that a definition names: a built-in logger, or a module of the workspace.
 *
 * @throws ExpectedError for a name that is neither
 */
export function createCallback(demo: Demo, services: CallbackServices): FlaggingCallback {
  const { flaggingCallback, flaggingOptions, logFormat, baseDir } = demo;
  const name = typeof flaggingCallback === 'string' ? flaggingCallback : 'CSVLogger';
  const builtIn = builtInLoggers.find((known) => known === name);
  if (builtIn) {
    const hasOptions = flaggingOptions.some(({ value }) => value !== null);
    const { flaggingDirAsGiven, log, onQueued } = services;
    const logger = createLogger(builtIn, { format: logFormat, flaggingDirAsGiven, hasOptions }, { log });
    return typeof flaggingCallback === 'string'
      ? logger
      : new HubSaver(logger, { target: flaggingCallback, log, onQueued });
  }
  const [, file, exported] = /^(.+\.(?:mjs|cjs|js|ts)):([^:]+)$/.exec(name) ?? [];
  if (file !== undefined && exported !== undefined) {
    return createModuleCallback({ file: resolve(baseDir, file), name: exported }, services);
  }
  throw new ExpectedError(
    `There is no flagging callback named "${name}".`,
    `Use ${builtInLoggers.join(', ')}, a file.mjs:Export, or install the extension that registers it.`,
  );
}
