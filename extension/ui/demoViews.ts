import type { Component } from '../core/demo/components';
import type { Demo, Problem } from '../core/demo/definition';
import { kindsWithFiles } from '../core/demo/fileKinds';
import type { RunRecord } from '../core/demo/session';
import type { FlagRecord } from '../core/flagging/types';
import type { FlagView, RunView, ViewProblem } from '../protocol/demo';
import type { Failure } from '../protocol/envelope';
import type { PageFiles } from './pageFiles';

/** How the records of a session become what a page draws. */
export interface ViewContext {
  readonly files: PageFiles;
  readonly describe: (error: unknown) => Failure;
  /** A path as a person reads it. */
  readonly readable: (path: string) => string;
}

export async function runView(run: RunRecord, context: ViewContext): Promise<RunView> {
  const { autoFlag } = run;
  return {
    id: run.id,
    outputs: await context.files.toPage(run.outputs),
    failure: run.error ? context.describe(run.error) : autoFlag instanceof Error ? context.describe(autoFlag) : null,
    seconds: run.seconds,
    stopped: run.outcome === 'stopped',
    flag: autoFlag && !(autoFlag instanceof Error) ? flagView(autoFlag, run.id, context) : null,
  };
}

export function flagView(record: FlagRecord, runId: number, context: Omit<ViewContext, 'files'>): FlagView {
  return {
    id: record.id,
    runId,
    option: record.option,
    state: record.state,
    log: context.readable(record.log),
    rows: record.rows,
    canUndo: record.canUndo,
    failure: record.error ? context.describe(record.error) : null,
  };
}

export function viewProblems(problems: readonly Problem[]): readonly ViewProblem[] {
  return problems.map(({ message, severity, line }) => ({ message, severity, line: line + 1 }));
}

/** Corrected payloads by output label, as a note keeps them. */
export function correctedByLabel(
  demo: Demo,
  corrected: Readonly<Record<number, unknown>>,
): Readonly<Record<string, unknown>> | undefined {
  const entries = demo.outputs.flatMap((output, index) =>
    Object.hasOwn(corrected, index)
      ? [[output.label ?? `component ${demo.inputs.length + index}`, corrected[index]] as const]
      : [],
  );
  return entries.length > 0 ? Object.fromEntries(entries) : undefined;
}

export function holdsFiles(component: Component | undefined): boolean {
  return component !== undefined && kindsWithFiles.has(component.kind);
}
