import { ExpectedError } from '../errors';
import type { RunArguments } from './demoArguments';
import { demoOf, newMediaDir, runnerOf, type Terminal } from './context';
import { plainValue } from '../flagging/format/pythonValue';
import { completePayloads, parsePayloads } from './samples';

/** `flag-review run`: calls the function once and prints its outputs; files that it made stay where they are named. */
export async function runCommand(terminal: Terminal, options: RunArguments): Promise<void> {
  if (options.inputs === undefined)
    throw new ExpectedError('run needs --inputs.', 'Give a JSON array, one value per input.');
  const demo = await demoOf(terminal, options.demo);
  const payloads = parsePayloads(options.inputs, '--inputs');
  const inputs = completePayloads(demo.inputs, payloads, '--inputs', terminal.cwd).map(plainValue);
  const runner = runnerOf(terminal, demo, newMediaDir(), options);
  try {
    const outputs = await runner.run(inputs, { onStatus: (status) => terminal.log.info(status) });
    terminal.print(JSON.stringify(outputs));
  } finally {
    await runner.dispose();
  }
}
