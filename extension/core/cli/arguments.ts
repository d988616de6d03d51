import { parseArgs, type ParseArgsConfig } from 'node:util';
import { ExpectedError, messageOf } from '../errors';

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

<demo> is a *.demo.json file. A file in a payload may be given by its path, relative to the working directory.
Exit status: 0 done, 1 the function failed, 2 bad input.
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
  readonly logFormat: string | undefined;
  readonly flaggingDir: string | undefined;
  readonly timestamp: string | undefined;
}

export type Command =
  | { readonly command: 'help' | 'version' }
  | { readonly command: 'run'; readonly options: RunArguments }
  | { readonly command: 'flag'; readonly options: FlagArguments };

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
    logFormat: values['log-format'],
    flaggingDir: values['flagging-dir'],
    timestamp: values.timestamp,
    python: values.python,
    allowHosts: values['allow-host'] ?? [],
  };
}

function parse<T extends NonNullable<ParseArgsConfig['options']>>(argv: readonly string[], options: T) {
  try {
    return parseArgs({ args: [...argv], options, allowPositionals: true });
  } catch (error) {
    throw new ExpectedError(messageOf(error), 'See flag-review --help.');
  }
}
