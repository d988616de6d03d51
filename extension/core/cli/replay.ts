import { createReadStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { text as readAll } from 'node:stream/consumers';
import type { Demo } from '../demo/definition';
import { ExpectedError, isNotFound, messageOf } from '../errors';
import { pixelDifferenceIn } from '../flagging/replay/loadPixels';
import { isRegression, loadRegression, saveRegression } from '../flagging/replay/regressionFile';
import { ReplayRun, type ReplaySetup } from '../flagging/replay/replayRun';
import { openSamples } from '../flagging/replay/samples';
import { defaultTolerance, type ReplaySample } from '../flagging/replay/types';
import type { ReplayArguments } from './demoArguments';
import { demoOf, interrupted, newMediaDir, runnerOf, type Terminal } from './context';
import { replayReport, replayTable } from './replayReport';

const headBytes = 65_536;

/**
 * `flag-review replay`: runs the samples of a log or of a regression file again and prints what became of them.
 *
 * @returns the exit status
 */
export async function replayCommand(terminal: Terminal, options: ReplayArguments): Promise<number> {
  const demo = await demoOf(terminal, options.demo);
  const log = resolve(terminal.cwd, options.log);
  const mediaDir = newMediaDir();
  const run = new ReplayRun(() => terminal.progress?.(progressLine(run)));
  const cancel = (): void => run.cancel();
  terminal.interrupt?.addEventListener('abort', cancel);
  try {
    await run.run(() => setupOf(terminal, demo, log, mediaDir, options));
    terminal.progress?.('');
    if (run.state === 'failed') throw run.error;
    await save(terminal, run, options);
    await print(terminal, demo, run, options);
    return statusOf(run, options);
  } finally {
    terminal.interrupt?.removeEventListener('abort', cancel);
    await rm(mediaDir, { recursive: true, force: true });
  }
}

async function setupOf(
  terminal: Terminal,
  demo: Demo,
  log: string,
  mediaDir: string,
  options: ReplayArguments,
): Promise<ReplaySetup> {
  const { total, samples } = await samplesOf(terminal, demo, log, options);
  const runner = runnerOf(terminal, demo, mediaDir, options);
  const { tolerance = defaultTolerance.absolute, pixelTolerance = defaultTolerance.pixels } = options;
  return {
    total,
    samples,
    outputs: demo.outputs,
    comparison: {
      tolerance: { absolute: tolerance, relative: tolerance, pixels: pixelTolerance },
      pixels: pixelDifferenceIn(terminal.installation),
    },
    runner,
    prepare: async (signal) => {
      if (demo.fn.type !== 'http') await runner.describe({ signal });
      else if (!options.allowHosts.includes(new URL(demo.fn.url).host)) throw notAllowed(demo.fn.url);
    },
  };
}

function notAllowed(url: string): ExpectedError {
  const { host } = new URL(url);
  return new ExpectedError(
    `The demo sends its inputs to ${host}.`,
    `Add --allow-host ${host} if the inputs may be sent there.`,
  );
}

async function samplesOf(
  { cwd }: Terminal,
  demo: Demo,
  log: string,
  { log: given, praising }: ReplayArguments,
): Promise<{ readonly total: number; readonly samples: AsyncIterable<ReplaySample> }> {
  const head = await readAll(createReadStream(log, { end: headBytes - 1 })).catch((error: unknown) => {
    const why = isNotFound(error) ? 'does not exist' : `cannot be read: ${messageOf(error)}`;
    throw new ExpectedError(`The log ${given} ${why}.`);
  });
  if (isRegression(head)) {
    const samples = await loadRegression(log, demo);
    return { total: samples.length, samples: Readable.from(samples) };
  }
  const { logged, samples } = await openSamples({ demo, log, folders: [cwd, demo.baseDir, dirname(log)], praising });
  return { total: logged.length, samples };
}

function progressLine({ results, total }: ReplayRun): string {
  return `${results.length} of ${total} samples`;
}

async function save({ cwd, log }: Terminal, run: ReplayRun, { saveRegression: path }: ReplayArguments): Promise<void> {
  if (path === undefined) return;
  const { saved, left } = await saveRegression(resolve(cwd, path), run.results);
  log.info(`${saved} samples saved in ${path}; of ${left} others nobody said what is right.`);
}

async function print({ print: line }: Terminal, demo: Demo, run: ReplayRun, options: ReplayArguments): Promise<void> {
  const report = replayReport(run, demo, options);
  if (options.format === 'json') line(JSON.stringify(report));
  else for await (const text of replayTable(report)) line(text);
}

function statusOf(run: ReplayRun, { failOn }: ReplayArguments): number {
  if (run.state === 'cancelled') return interrupted;
  const counts = run.counts();
  return failOn.some((verdict) => counts[verdict] > 0) ? 1 : 0;
}
