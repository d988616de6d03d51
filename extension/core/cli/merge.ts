import { relative, resolve } from 'node:path';
import { ExpectedError } from '../errors';
import { randomDigits } from '../flagging/media';
import { describeMerge } from '../flagging/merge/describe';
import { checkNewDirectory, mergeLogs } from '../flagging/merge/merge';
import { planMerge } from '../flagging/merge/plan';
import { readSources } from '../flagging/merge/readSources';
import type { MergeArguments } from './arguments';
import type { Terminal } from './context';
import { printable } from './printable';

/** `flag-review merge`: joins logs of any era into one in a new directory, after it said what that will be. */
export async function mergeCommand(terminal: Terminal, options: MergeArguments): Promise<void> {
  const { cwd, interrupt, progress } = terminal;
  const out = resolve(cwd, options.out);
  await checkNewDirectory(out);
  try {
    const logs = options.logs.map((log) => resolve(cwd, log));
    const sources = await readSources(logs, [cwd], interrupt);
    const plan = planMerge({ sources, format: options.logFormat, once: options.once, random: randomDigits });
    for (const line of describeMerge(plan, out, (path) => relative(cwd, path) || '.')) terminal.print(printable(line));
    if (options.dryRun) return;
    const tell = (done: number, total: number): void => progress?.(`${done} of ${total} files copied`);
    await mergeLogs(plan, out, { signal: interrupt, progress: tell });
  } catch (error) {
    if (interrupt?.aborted) throw new ExpectedError('Merging was interrupted; nothing was left behind.');
    throw error;
  }
}
