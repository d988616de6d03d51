import { parseArgs, type ParseArgsConfig } from 'node:util';
import type { LogFormat } from '../demo/definition';
import { ExpectedError, messageOf } from '../errors';
import { trainArguments, trainUsage, type TrainArguments } from './trainArguments';
import { verdicts, type Verdict } from '../flagging/replay/types';
import {
  healthArguments,
  labelErrorsArguments,
  labelErrorsUsage,
  type HealthArguments,
  type LabelErrorsArguments,
} from './labelErrorsArguments';

export const usage = `Usage:
  flag-review run <demo> --inputs '[…]' [--python PATH] [--allow-host HOST]
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

  flag-review log <file> [--format jsonl|csv|table]
      Prints the samples of a flag log of any Gradio release, or of this extension: by default one JSON object a
      line, {"log", "row", "era", "components": {label: value}, "raw": [cells], "option", "username", "timestamp",
      "media": [paths]}. "media" has absolute paths where the files were found, else the texts of the cells.

  flag-review check <log> [--fix]
      Says what is wrong with a flag log and shows what would mend it; --fix does that. Files that no row names are
      moved to .flag-review-trash beside the log. Exit status 1 when something is wrong still.

  flag-review merge <log>… --out DIR [--log-format guide|gradio-4|gradio-6] [--once] [--dry-run]
      Joins flag logs of any era into one in a new directory, with their files and notes. --once leaves samples out
      that are the same as an earlier one, --dry-run only says what would be done.

${trainUsage}
${labelErrorsUsage}
<demo> is a *.demo.json file. A file in a payload may be given by its path, relative to the working directory.
Exit status: 0 done, 1 the function failed or a limit was passed, 2 bad input, 130 interrupted.
`;

/** Options that both commands take. */
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

const formats = ['jsonl', 'csv', 'table'] as const;

export interface LogArguments {
  readonly log: string;
  readonly format: (typeof formats)[number];
}

export interface CheckArguments {
  readonly log: string;
  readonly fix: boolean;
}

export interface MergeArguments {
  readonly logs: readonly string[];
  /** A directory that is not there yet. */
  readonly out: string;
  readonly logFormat: LogFormat;
  /** Leaves samples out that are the same as an earlier one. */
  readonly once: boolean;
  readonly dryRun: boolean;
}

export type Command =
  | { readonly command: 'help' | 'version' }
  | { readonly command: 'run'; readonly options: RunArguments }
  | { readonly command: 'flag'; readonly options: FlagArguments }
  | { readonly command: 'log'; readonly options: LogArguments }
  | { readonly command: 'check'; readonly options: CheckArguments }
  | { readonly command: 'merge'; readonly options: MergeArguments }
  | { readonly command: 'train'; readonly options: TrainArguments }
  | { readonly command: 'replay'; readonly options: ReplayArguments }
  | { readonly command: 'label-errors'; readonly options: LabelErrorsArguments }
  | { readonly command: 'health'; readonly options: HealthArguments };

const logFormats: readonly LogFormat[] = ['guide', 'gradio-4', 'gradio-6'];

const text = { type: 'string' } as const;
const runOptions = { inputs: text, python: text, 'allow-host': { type: 'string', multiple: true } } as const;
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
  'allow-host': { type: 'string', multiple: true },
  'fail-on': text,
  tolerance: text,
  'pixel-tolerance': text,
  praising: { type: 'string', multiple: true },
  'save-regression': text,
  format: text,
} as const;

/** @param argv what follows the program's name */
export function parseCommand(argv: readonly string[]): Command {
  const [name, ...rest] = argv;
  switch (name) {
    case undefined:
    case 'help':
    case '--help':
    case '-h':
      return { command: 'help' };
    case '--version':
      return { command: 'version' };
    case 'run':
      return rest.includes('--help') ? { command: 'help' } : { command: 'run', options: runArguments(rest) };
    case 'flag':
      return rest.includes('--help') ? { command: 'help' } : { command: 'flag', options: flagArguments(rest) };
    case 'check':
      return rest.includes('--help') ? { command: 'help' } : { command: 'check', options: checkArguments(rest) };
    case 'merge':
      return rest.includes('--help') ? { command: 'help' } : { command: 'merge', options: mergeArguments(rest) };
    case 'replay':
      return rest.includes('--help') ? { command: 'help' } : { command: 'replay', options: replayArguments(rest) };
    case 'train':
      return rest.includes('--help') ? { command: 'help' } : { command: 'train', options: trainArguments(rest) };
    case 'label-errors':
      return rest.includes('--help') ? { command: 'help' } : { command: name, options: labelErrorsArguments(rest) };
    case 'health':
      return rest.includes('--help') ? { command: 'help' } : { command: name, options: healthArguments(rest) };
    case 'log':
      return rest.includes('--help') ? { command: 'help' } : { command: 'log', options: logArguments(rest) };
    default:
      throw new ExpectedError(`"${name}" is not a command of flag-review.`, 'See flag-review --help.');
  }
}

function runArguments(argv: readonly string[]): RunArguments {
  const { values, positionals } = parse(argv, runOptions);
  const [demo] = positionals;
  if (demo === undefined || positionals.length > 1)
    throw new ExpectedError('run takes one demo file.', 'See flag-review --help.');
  return { demo, inputs: values.inputs, python: values.python, allowHosts: values['allow-host'] ?? [] };
}

function flagArguments(argv: readonly string[]): FlagArguments {
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

function replayArguments(argv: readonly string[]): ReplayArguments {
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

function logArguments(argv: readonly string[]): LogArguments {
  const { values, positionals } = parse(argv, { format: text });
  const [log, ...more] = positionals;
  if (log === undefined || more.length > 0) throw new ExpectedError('log takes one file.', 'See flag-review --help.');
  const format = formats.find((known) => known === (values.format ?? 'jsonl'));
  if (format === undefined)
    throw new ExpectedError(`"${values.format}" is no format of a log's samples.`, `Use one of ${formats.join(', ')}.`);
  return { log, format };
}

function checkArguments(argv: readonly string[]): CheckArguments {
  const { values, positionals } = parse(argv, { fix: { type: 'boolean' } });
  const [log, ...more] = positionals;
  if (log === undefined || more.length > 0) throw new ExpectedError('check takes one log.', 'See flag-review --help.');
  return { log, fix: values.fix ?? false };
}

function mergeArguments(argv: readonly string[]): MergeArguments {
  const flag = { type: 'boolean' } as const;
  const { values, positionals } = parse(argv, { out: text, 'log-format': text, once: flag, 'dry-run': flag });
  const { out, once = false } = values;
  if (positionals.length === 0 || out === undefined)
    throw new ExpectedError('merge takes logs and a new directory, --out DIR.', 'See flag-review --help.');
  const logFormat = logFormatOf(values['log-format']) ?? 'guide';
  return { logs: positionals, out, logFormat, once, dryRun: values['dry-run'] ?? false };
}

function logFormatOf(given: string | undefined): LogFormat | undefined {
  if (given === undefined) return undefined;
  const format = logFormats.find((known) => known === given);
  if (format === undefined)
    throw new ExpectedError(`"${given}" is not a log format.`, `Formats are ${logFormats.join(', ')}.`);
  return format;
}

function parse<T extends NonNullable<ParseArgsConfig['options']>>(argv: readonly string[], options: T) {
  try {
    return parseArgs({ args: [...argv], options, allowPositionals: true });
  } catch (error) {
    throw new ExpectedError(messageOf(error), 'See flag-review --help.');
  }
}
