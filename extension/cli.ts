import { applyCommand } from './core/cli/apply';
import { agreementCommand } from './core/cli/agreement';
import { flagCommand } from './core/cli/flag';
import { checkCommand } from './core/cli/check';
import { mergeCommand } from './core/cli/merge';
import { diffCommand } from './core/cli/diff';
import { parseCommand, usage } from './core/cli/arguments';
import type { Terminal } from './core/cli/context';
import { endingOf } from './core/cli/ending';
import { healthCommand } from './core/cli/health';
import { labelErrorsCommand } from './core/cli/labelErrors';
import { logCommand } from './core/cli/log';
import { printable } from './core/cli/printable';
import { pushCommand } from './core/cli/push';
import { pullCommand } from './core/cli/pull';
import { replayCommand } from './core/cli/replay';
import { runCommand } from './core/cli/run';
import { trainCommand } from './core/cli/train';
import { errorCode } from './core/errors';
import type { Log } from './core/log';

/** What is said of progress makes room for what stays. */
const clearLine = process.stderr.isTTY ? '\r\u001b[2K' : '';

const toStderr = (text: string | Error): void => {
  process.stderr.write(`${clearLine}${printable(text instanceof Error ? (text.stack ?? text.message) : text)}\n`);
};
const quietly = (): void => undefined;
const log: Log = {
  trace: quietly,
  debug: quietly,
  info: process.stderr.isTTY ? toStderr : quietly,
  warn: toStderr,
  error: toStderr,
};

/** Keeps one line of the terminal for it. */
function showProgress(line: string): void {
  process.stderr.write(`${clearLine}${printable(line)}`);
}

const terminal: Terminal = {
  cwd: process.cwd(),
  environment: process.env,
  stdin: process.stdin,
  print: (line) => process.stdout.write(`${process.stdout.isTTY ? printable(line) : line}\n`),
  log,
  installation: __dirname,
  progress: process.stderr.isTTY ? showProgress : undefined,
};

const interruption = new AbortController();

/** A terminal for commands that end in their own way at Ctrl+C. */
function interruptible(): Terminal {
  process.once('SIGINT', () => interruption.abort());
  return { ...terminal, interrupt: interruption.signal };
}

async function main(argv: readonly string[]): Promise<void> {
  const parsed = parseCommand(argv);
  switch (parsed.command) {
    case 'help':
      process.stdout.write(usage);
      return;
    case 'version':
      terminal.print(process.env.FLAG_REVIEW_VERSION ?? 'development');
      return;
    case 'run':
      return runCommand(terminal, parsed.options);
    case 'flag':
      return flagCommand(terminal, parsed.options);
    case 'log':
      return logCommand(terminal, parsed.options);
    case 'check':
      process.exitCode = await checkCommand(terminal, parsed.options);
      return;
    case 'merge':
      return mergeCommand(interruptible(), parsed.options);
    case 'train':
      return trainCommand(terminal, parsed.options);
    case 'label-errors':
      process.exitCode = await labelErrorsCommand(interruptible(), parsed.options);
      return;
    case 'health':
      return healthCommand(interruptible(), parsed.options);
    case 'apply':
      return applyCommand(interruptible(), parsed.options);
    case 'agreement':
      return agreementCommand(interruptible(), parsed.options);
    case 'diff':
      return diffCommand(interruptible(), parsed.options);
    case 'push':
      process.exitCode = await pushCommand(interruptible(), parsed.options);
      return;
    case 'pull':
      process.exitCode = await pullCommand(interruptible(), parsed.options);
      return;
    case 'replay':
      process.exitCode = await replayCommand(interruptible(), parsed.options);
      return;
  }
}

// Who reads the output may have seen enough of it, as `head` does.
process.stdout.on('error', (error) => process.exit(errorCode(error) === 'EPIPE' ? 0 : 1));

main(process.argv.slice(2)).catch((error: unknown) => {
  const { message, status } = endingOf(error, interruption.signal);
  toStderr(message);
  process.exitCode = status;
});
