import * as path from 'node:path';
import * as vscode from 'vscode';
import { loggedComponents, type Demo } from '../core/demo/definition';
import { DemoSession } from '../core/demo/session';
import { createCallback } from '../core/flagging/callbacks';
import { createFlagRecorder } from '../core/flagging/recorder';
import { spoolDirectory } from '../core/flagging/spoolDirectory';
import { FlagQueue } from '../core/hub/saver/flagQueue';
import type { FlaggingCallback, FlagRecorder } from '../core/flagging/types';
import { isRegistrable } from './callbacks';
import { createDemoRunner, workersOf } from './demoRunner';
import type { Services } from './services';
import { username } from './settings';

/** A demo's session with what its panel needs beside it. */
export interface OpenSession {
  readonly session: DemoSession;
  readonly recorder: FlagRecorder;
  /** Absolute. */
  readonly flaggingDir: string;
}

/** Starts nothing: the runner and the logger do when they are first needed. */
export function openSession(services: Services, demo: Demo, mediaDir: string): OpenSession {
  const flaggingDir = path.resolve(demo.baseDir, demo.flaggingDir);
  const { flaggingCallback } = demo;
  if (typeof flaggingCallback !== 'string') {
    const resumed = services.flagSenders.resume(new FlagQueue(flaggingDir, flaggingCallback.repo));
    resumed.catch((error: unknown) => services.errors.report(error));
  }
  const recorder = createFlagRecorder({
    callback: callbackOf(services, demo, flaggingDir),
    components: loggedComponents(demo),
    flaggingDir,
    spoolDir: spoolDirectory(process.env),
    log: services.log,
  });
  const session = new DemoSession(demo, {
    runner: createDemoRunner(services, demo, mediaDir),
    recorder,
    username: () => username(vscode.Uri.file(demo.source)),
  });
  return { session, recorder, flaggingDir };
}

function callbackOf(
  { callbacks, context, log, flagSenders }: Services,
  demo: Demo,
  flaggingDir: string,
): FlaggingCallback {
  const name = demo.flaggingCallback;
  const ours = (): FlaggingCallback =>
    createCallback(demo, {
      flaggingDirAsGiven: demo.flaggingDir,
      javascriptWorker: workersOf(context).javascriptWorker,
      log,
      onQueued: flagSenders.queued,
    });
  if (typeof name !== 'string' || !isRegistrable(name)) return ours();
  return lateCallback(() => callbacks.get(name)?.({ demo, flaggingDir }) ?? ours());
}

/**
 * A callback that is made at its `setup`: the extension that registers it may start after the panel was opened, and a
 * factory that throws costs a flag and not the demo.
 */
function lateCallback(make: () => FlaggingCallback): FlaggingCallback {
  let made: FlaggingCallback | undefined;
  return {
    setup: (components, flaggingDir) => {
      made = make();
      return made.setup(components, flaggingDir);
    },
    flag: (data, flagOption, flaggedBy) => {
      if (!made) throw new Error('A flagging callback was asked to flag before its setup.');
      return made.flag(data, flagOption, flaggedBy);
    },
  };
}
