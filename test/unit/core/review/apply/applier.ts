// Applies decisions in a process of its own that dies at a chosen step: `applier <plan|undo> <dataset> <entries> <step>`.
// A step is a change of anything on disk, or a wait for it to be there for good. Prints how many steps it took.
import * as fs from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { planApply } from '../../../../../extension/core/review/apply/plan';
import { runApply } from '../../../../../extension/core/review/apply/run';
import { planUndo, runUndo } from '../../../../../extension/core/review/apply/undo';
import type { DecisionEntry } from '../../../../../extension/core/review/types';

type Call = (this: unknown, ...args: unknown[]) => unknown;

const [, , what = '', dataset = '', entries = '', last = ''] = process.argv;
let steps = 0;

/** Counts the calls of a function, and ends the process before the chosen one. */
function counted(target: object, name: string): void {
  const real = Reflect.get(target, name) as Call;
  const replacement: Call = function (...args) {
    if (steps++ === Number(last)) process.kill(process.pid, 'SIGKILL');
    return real.apply(this, args);
  };
  Reflect.set(target, name, replacement);
}

async function main(): Promise<void> {
  const decisions = JSON.parse(await fs.readFile(entries, 'utf8')) as DecisionEntry[];
  const probe: FileHandle = await fs.open(entries, 'r');
  const handles = Object.getPrototypeOf(probe) as object;
  await probe.close();
  const module = process.getBuiltinModule('node:fs/promises');
  for (const name of ['open', 'rename', 'rm', 'unlink', 'mkdir', 'writeFile', 'chmod']) counted(module, name);
  for (const name of ['writeFile', 'sync', 'chmod', 'chown', 'utimes']) counted(handles, name);
  if (what === 'undo') await runUndo(await planUndo(dataset));
  else await runApply(await planApply({ dataset, entries: decisions, discard: 'remove' }));
  process.stdout.write(String(steps));
}

void main();
