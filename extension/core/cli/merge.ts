import { relative, resolve } from 'node:path';
import { ExpectedError } from '../errors';
import { describeMerge } from '../flagging/merge/describe';
import { checkNewDirectory, mergeLogs } from '../flagging/merge/merge';
import { planMerge } from '../flagging/merge/plan';
import { readSources } from '../flagging/merge/readSources';
import type { MergeArguments } from './logArguments';
import type { Terminal } from './context';
import { printable } from './printable';

/** `flag-review merge`: joins logs of any era into one in a new directory, after it said what that will be. */
export async function mergeCommand(terminal: Terminal, options: MergeArguments): Promise<void> {
  const { cwd, interrupt, progress } = terminal;
  const out = resolve(cwd, options.out);
  await checkNewDirectory(out);
  try {
    const logs = options.logs.map((log) => resolve(cwd, log));
    const plan = await planMerge(await readSources(logs, [cwd], interrupt), options.logFormat, interrupt);
    for (const { title, lines } of describeMerge(plan, out, (path) => relative(cwd, path) || '.')) {
      terminal.print(`${title}:`);
      for (const line of lines) terminal.print(printable(`  ${line}`));
    }
    if (options.dryRun) return;
    await mergeLogs(plan, out, {
      once: options.once,
      signal: interrupt,
      progress: (done, total) => progress?.(`${done} of ${total} samples written`),
    });
  } catch (error) {
    if (interrupt?.aborted) throw new ExpectedError('Merging was interrupted; nothing was left behind.');
    throw error;
  }
}
