import type { LogFormat } from '../demo/definition';
import { ExpectedError } from '../errors';
import { verdicts, type Verdict } from '../flagging/replay/types';
import { logFormatOf, parse, text, texts } from './optionValues';

export const demoUsage = `  flag-review run <demo> --inputs '[…]' [--python PATH] [--allow-host HOST]
      Calls the demo's function and prints its outputs as a JSON array.

  flag-review flag <demo> --inputs '[…]' [--outputs '[…]'] [--option X] [--username U] [--note TEXT]
                   [--log-format guide|gradio-4|gradio-6] [--flagging-dir DIR]
                   [--timestamp "YYYY-MM-DD HH:MM:SS.ffffff"] [--python PATH] [--allow-host HOST]
  flag-review flag <demo> -
      Records one sample and prints {"log": …, "rows": …}. Without --outputs the function is called first.
      With "-" samples are read from standard input, one JSON object a line:
      {"inputs": […], "outputs": […], "option": …, "username": …, "timestamp": …, "note": …}

  flag-review replay <demo> <log> [--fail-on still-wrong,failed,newly-different] [--tolerance 1e-6]
                   [--pixel-tolerance 1] [--praising OPTION] [--save-regression FILE] [--format json|table]
                   [--python PATH] [--allow-host HOST]
      Runs the samples of a flag log, or of a regression file, again and prints what became of each: fixed,
      still-wrong, newly-different, same or failed. Exit status 1 when one has a verdict that --fail-on names.
`;

/** Options of all commands that call a function. */
export interface RunArguments {
  readonly demo: string;
  readonly inputs: string | undefined;
  /** Interpreter for Python functions; found as in the editor when undefined. */
  readonly python: string | undefined;
  /** Hosts that an `https://…` function may be called on. */
  readonly allowHosts: readonly string[];
}

export interface FlagArguments extends RunArguments {
  readonly outputs: string | undefined;
  /** Samples come from standard input. */
  readonly stdin: boolean;
  readonly option: string | undefined;
  readonly username: string | undefined;
  readonly note: string | undefined;
  readonly logFormat: LogFormat | undefined;
  readonly flaggingDir: string | undefined;
  readonly timestamp: string | undefined;
}

export interface ReplayArguments extends Omit<RunArguments, 'inputs'> {
  /** A flag log or a regression file. */
  readonly log: string;
  /** Verdicts that make the exit status 1. */
  readonly failOn: readonly Verdict[];
  /** Of numbers and confidences, absolute and relative. */
  readonly tolerance: number | undefined;
  readonly pixelTolerance: number | undefined;
  /** Flagging options that report no fault, besides the usual words. */
  readonly praising: readonly string[];
  readonly saveRegression: string | undefined;
  readonly format: 'json' | 'table';
}

const runOptions = { inputs: text, python: text, 'allow-host': texts } as const;
const flagOptions = {
  ...runOptions,
  outputs: text,
  option: text,
  username: text,
  note: text,
  'log-format': text,
  'flagging-dir': text,
  timestamp: text,
} as const;

const replayOptions = {
  python: text,
  'allow-host': texts,
  'fail-on': text,
  tolerance: text,
  'pixel-tolerance': text,
  praising: texts,
  'save-regression': text,
  format: text,
} as const;

export function runArguments(argv: readonly string[]): RunArguments {
  const { values, positionals } = parse(argv, runOptions);
  const [demo] = positionals;
  if (demo === undefined || positionals.length > 1)
    throw new ExpectedError('run takes one demo file.', 'See flag-review --help.');
  return { demo, inputs: values.inputs, python: values.python, allowHosts: values['allow-host'] ?? [] };
}

export function flagArguments(argv: readonly string[]): FlagArguments {
  const { values, positionals } = parse(argv, flagOptions);
  const [demo, dash, ...more] = positionals;
  if (demo === undefined || more.length > 0 || (dash ?? '-') !== '-') {
    throw new ExpectedError(
      'flag takes one demo file, and "-" for samples on standard input.',
      'See flag-review --help.',
    );
  }
  const stdin = dash === '-' || values.inputs === '-';
  return {
    demo,
    stdin,
    inputs: stdin ? undefined : values.inputs,
    outputs: values.outputs,
    option: values.option,
    username: values.username,
    note: values.note,
    logFormat: logFormatOf(values['log-format']),
    flaggingDir: values['flagging-dir'],
    timestamp: values.timestamp,
    python: values.python,
    allowHosts: values['allow-host'] ?? [],
  };
}

export function replayArguments(argv: readonly string[]): ReplayArguments {
  const { values, positionals } = parse(argv, replayOptions);
  const [demo, log, ...more] = positionals;
  if (demo === undefined || log === undefined || more.length > 0) {
    throw new ExpectedError('replay takes one demo file and one log.', 'See flag-review --help.');
  }
  const { format = 'json' } = values;
  if (format !== 'json' && format !== 'table')
    throw new ExpectedError(`"${format}" is not a format.`, 'Formats are json, table.');
  return {
    demo,
    log,
    failOn: (values['fail-on'] ?? '').split(',').filter(Boolean).map(verdictOf),
    tolerance: toleranceOf(values.tolerance, '--tolerance'),
    pixelTolerance: toleranceOf(values['pixel-tolerance'], '--pixel-tolerance'),
    praising: values.praising ?? [],
    saveRegression: values['save-regression'],
    format,
    python: values.python,
    allowHosts: values['allow-host'] ?? [],
  };
}

function verdictOf(name: string): Verdict {
  const found = verdicts.find((verdict) => verdict === name.trim());
  if (found === undefined)
    throw new ExpectedError(`"${name}" is not a verdict.`, `Verdicts are ${verdicts.join(', ')}.`);
  return found;
}

function toleranceOf(value: string | undefined, name: string): number | undefined {
  if (value === undefined) return undefined;
  const number = Number(value);
  if (value.trim() === '' || !(number >= 0)) throw new ExpectedError(`${name} ${value} is not a number from 0 on.`);
  return number;
}
