import { basename, dirname, relative, resolve } from 'node:path';
import { checkLog } from '../flagging/doctor/checkLog';
import { fixLog, readFixableLog, trashFolder } from '../flagging/doctor/fixLog';
import { listEdits, planFixes, type FixPlan } from '../flagging/doctor/plan';
import type { Finding } from '../flagging/doctor/types';
import { detectLayout } from '../flagging/log/layout';
import { notFound } from '../errors';
import type { CheckArguments } from './logArguments';
import type { Terminal } from './context';
import { printable } from './printable';

/**
 * `flag-review check`: says what is wrong with a log and what would mend it, and mends it when asked.
 *
 * @returns the exit status: 1 when something is wrong still
 */
export async function checkCommand(terminal: Terminal, { log: name, fix }: CheckArguments): Promise<number> {
  const log = resolve(terminal.cwd, name);
  const read = await readFixableLog(log).catch(notFound(`There is no file ${log}.`, 'Check the path.'));
  const { text } = read;
  const say = (line: string): void => terminal.print(printable(line));
  const findings = await checkLog(log, text, [terminal.cwd]);
  for (const finding of findings) sayFinding(name, finding, say);
  const plan = planFixes(findings);
  for (const line of fixLines(text, plan, dirname(log))) say(line);
  if (fix && plan.fixed.length > 0) {
    await fixLog(log, read, detectLayout(basename(log), text), plan, terminal.log);
    say(`${plan.fixed.length} of ${findings.length} findings mended.`);
    return plan.left.length > 0 ? 1 : 0;
  }
  if (findings.length === 0) say(`${name}: nothing is wrong.`);
  else if (plan.fixed.length > 0) say(`Add --fix to mend ${plan.fixed.length} of ${findings.length} findings so.`);
  return findings.length > 0 ? 1 : 0;
}

function sayFinding(name: string, { line, message, fix }: Finding, say: (line: string) => void): void {
  const command =
    fix?.type === 'merge' ? `flag-review merge ${fix.logs.map((log) => basename(log)).join(' ')} --out DIR` : '';
  say(`${name}:${line}: ${message}`);
  if (fix) say(`    ${[fix.title, command].filter(Boolean).join(': ')}`);
}

function fixLines(text: string, { edits, trash }: FixPlan, folder: string): string[] {
  return [
    ...listEdits(text, edits),
    ...trash.map((file) => `${relative(folder, file)} -> ${trashFolder}/${relative(folder, file)}`),
  ];
}
