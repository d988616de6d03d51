import { ExpectedError } from '../errors';
import { agreementArguments, agreementUsage } from './agreementArguments';
import { applyArguments, applyUsage } from './applyArguments';
import { demoUsage, flagArguments, replayArguments, runArguments } from './demoArguments';
import { diffArguments, diffUsage } from './diffArguments';
import { healthArguments, labelErrorsArguments, labelErrorsUsage } from './labelErrorsArguments';
import { checkArguments, logArguments, logUsage, mergeArguments } from './logArguments';
import { pushArguments, pushUsage } from './pushArguments';
import { pullArguments, pullUsage } from './pullArguments';
import { trainArguments, trainUsage } from './trainArguments';

/** In the order of the help. */
const usages = [
  demoUsage,
  logUsage,
  trainUsage,
  labelErrorsUsage,
  applyUsage,
  diffUsage,
  agreementUsage,
  pushUsage,
  pullUsage,
];

const commands = [
  command('run', runArguments),
  command('flag', flagArguments),
  command('replay', replayArguments),
  command('log', logArguments),
  command('check', checkArguments),
  command('merge', mergeArguments),
  command('train', trainArguments),
  command('label-errors', labelErrorsArguments),
  command('health', healthArguments),
  command('apply', applyArguments),
  command('diff', diffArguments),
  command('push', pushArguments),
  command('pull', pullArguments),
  command('agreement', agreementArguments),
];

export type Command = { readonly command: 'help' | 'version' } | ReturnType<(typeof commands)[number]['parse']>;

export const usage = `Usage:
${usages.join('\n')}
<demo> is a *.demo.json file. A file in a payload may be given by its path, relative to the working directory.
Exit status: 0 done, 1 the function of a demo failed or a limit was passed, 2 bad input, 130 interrupted.
`;

/**
 * @param argv what follows the program's name
 * @throws ExpectedError when a command or its options are not known
 */
export function parseCommand(argv: readonly string[]): Command {
  const [name, ...rest] = argv;
  if (name === undefined || ['help', '--help', '-h'].includes(name)) return { command: 'help' };
  if (name === '--version') return { command: 'version' };
  const found = commands.find((known) => known.name === name);
  if (!found) throw new ExpectedError(`"${name}" is not a command of flag-review.`, 'See flag-review --help.');
  return rest.includes('--help') ? { command: 'help' } : found.parse(rest);
}

function command<const Name extends string, Options>(name: Name, options: (argv: readonly string[]) => Options) {
  return {
    name,
    parse: (argv: readonly string[]): { readonly command: Name; readonly options: Options } => ({
      command: name,
      options: options(argv),
    }),
  };
}
