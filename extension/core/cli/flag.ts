import { rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { loggedComponents, type Demo } from '../demo/definition';
import type { Runner } from '../demo/runner';
import { FunctionError } from '../demo/runners/functionError';
import { ExpectedError, messageOf } from '../errors';
import { createCallback } from '../flagging/callbacks';
import { plainValue } from '../flagging/format/pythonValue';
import { checkTimestamp } from '../flagging/format/timestamp';
import { createFlagRecorder } from '../flagging/recorder';
import { spoolDirectory } from '../flagging/spoolDirectory';
import type { FlagRecord, FlagRecorder } from '../flagging/types';
import type { FlagQueue } from '../hub/saver/flagQueue';
import type { FlagArguments } from './demoArguments';
import { demoOf, newMediaDir, runnerOf, type Terminal } from './context';
import { sendFlags } from './sendFlags';
import { completePayloads, parsePayloads, parseSampleLine, type GivenSample } from './samples';

/** `flag-review flag`: records one sample, or those of standard input, and prints the log and its rows. */
export async function flagCommand(terminal: Terminal, options: FlagArguments): Promise<void> {
  const demo = await demoOf(terminal, options.demo, options.logFormat);
  const mediaDir = newMediaDir();
  const runner = runnerOf(terminal, demo, mediaDir, options);
  const queues = new Map<string, FlagQueue>();
  const recorder = recorderOf(terminal, demo, options, (queue) => queues.set(queue.path, queue));
  const flag = (sample: GivenSample): Promise<FlagRecord> => flagSample({ terminal, demo, runner, recorder }, sample);
  try {
    if (options.stdin) await flagLines(terminal, options, flag);
    else {
      const { log, rows } = await flag(givenSample(options));
      terminal.print(JSON.stringify({ log, rows }));
    }
  } finally {
    await runner.dispose();
    await recorder.dispose();
    await sendFlags(terminal, queues.values());
    await rm(mediaDir, { recursive: true, force: true });
  }
}

interface Flagging {
  readonly terminal: Terminal;
  readonly demo: Demo;
  readonly runner: Runner;
  readonly recorder: FlagRecorder;
}

async function flagSample({ terminal, demo, runner, recorder }: Flagging, sample: GivenSample): Promise<FlagRecord> {
  const inputs = completePayloads(demo.inputs, sample.inputs, 'inputs', terminal.cwd);
  const option = optionOf(demo, sample.option);
  if (sample.timestamp !== undefined) checkTimestamp(sample.timestamp);
  const outputs =
    sample.outputs === undefined
      ? await runner.run(inputs.map(plainValue), { onStatus: (status) => terminal.log.info(status) })
      : completePayloads(demo.outputs, sample.outputs, 'outputs', terminal.cwd);
  const record = await recorder.flag(
    {
      data: [...inputs, ...outputs],
      option,
      username: sample.username ?? null,
      timestamp: sample.timestamp,
    },
    { note: sample.note },
  );
  if (record.state === 'flagged') {
    if (record.error) terminal.log.warn(record.error.message);
    return record;
  }
  const next = 'It is kept and will be offered again in the editor.';
  throw new ExpectedError(
    `The sample could not be recorded: ${record.error ? messageOf(record.error) : 'no reason was given'}`,
    next,
    '',
    {
      cause: record.error,
    },
  );
}

/** Flags each line of standard input; the samples before a bad line stay recorded. */
async function flagLines(
  terminal: Terminal,
  options: FlagArguments,
  flag: (sample: GivenSample) => Promise<FlagRecord>,
): Promise<void> {
  let flagged = 0;
  let line = 0;
  let last: FlagRecord | undefined;
  for await (const text of createInterface({ input: Readable.from(terminal.stdin), crlfDelay: Infinity })) {
    line++;
    if (text.trim() === '') continue;
    try {
      last = await flag(withDefaults(parseSampleLine(text), options));
    } catch (error) {
      if (!(error instanceof ExpectedError)) throw error;
      const so = flagged === 1 ? 'The sample before it was flagged.' : `The ${flagged} samples before it were flagged.`;
      const Failure = error instanceof FunctionError ? FunctionError : ExpectedError;
      throw new Failure(`Line ${line}: ${error.message}`, so, error.details, { cause: error });
    }
    flagged++;
  }
  if (last === undefined) throw new ExpectedError('Standard input held no sample.', 'Give one JSON object a line.');
  terminal.print(JSON.stringify({ log: last.log, rows: last.rows, flagged }));
}

function withDefaults(sample: GivenSample, { option, username, timestamp, note }: FlagArguments): GivenSample {
  return {
    ...sample,
    option: sample.option ?? option,
    username: sample.username ?? username,
    timestamp: sample.timestamp ?? timestamp,
    note: sample.note ?? note,
  };
}

function givenSample(options: FlagArguments): GivenSample {
  if (options.inputs === undefined) {
    throw new ExpectedError(
      'flag needs --inputs.',
      'Give a JSON array, one value per input, or "-" for standard input.',
    );
  }
  const { option, username, timestamp, note, outputs } = options;
  return {
    inputs: parsePayloads(options.inputs, '--inputs'),
    outputs: outputs === undefined ? undefined : parsePayloads(outputs, '--outputs'),
    option,
    username,
    timestamp,
    note,
  };
}

function recorderOf(
  terminal: Terminal,
  demo: Demo,
  { flaggingDir }: FlagArguments,
  onQueued: (queue: FlagQueue) => void,
): FlagRecorder {
  const given = flaggingDir ?? demo.flaggingDir;
  const components = loggedComponents(demo);
  const absolute = flaggingDir === undefined ? resolve(demo.baseDir, given) : resolve(terminal.cwd, given);
  return createFlagRecorder({
    callback: createCallback(demo, {
      flaggingDirAsGiven: given,
      javascriptWorker: join(terminal.installation, 'javascriptWorker.cjs'),
      log: terminal.log,
      onQueued,
    }),
    components,
    flaggingDir: absolute,
    spoolDir: spoolDirectory(terminal.environment),
    log: terminal.log,
  });
}

/** An option is given by its value or by the caption of its button; a demo without options takes any. */
function optionOf({ flaggingOptions }: Demo, given: string | undefined): string | null {
  if (given === undefined) return null;
  const declared = flaggingOptions.filter(({ value }) => value !== null);
  if (declared.length === 0) return given;
  const found = declared.find(({ value }) => value === given) ?? declared.find(({ label }) => label === given);
  if (found) return found.value;
  const values = declared.map(({ value }) => JSON.stringify(value)).join(', ');
  throw new ExpectedError(`"${given}" is not a flagging option of this demo.`, `Its options are ${values}.`);
}
