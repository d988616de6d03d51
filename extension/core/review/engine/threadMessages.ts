/** What the host and the thread of the engine say to each other; the thread is ours, so that nothing is checked. */
import type { WorkerPaths } from '../../demo/runners/createRunner';
import type { Interpreter } from '../../demo/runners/pythonInterpreter';
import { ExpectedError } from '../../errors';
import type { Labelling } from '../types';
import type { FindSettings, LabelChange } from './types';

/** What a thread is started with. */
export interface ThreadSettings {
  readonly cwd: string;
  readonly workers: WorkerPaths;
}

/** A call of `ReviewEngine`. */
export type EngineCall =
  | { readonly method: 'find'; readonly settings: FindSettings; readonly labels: readonly LabelChange[] }
  | { readonly method: 'change'; readonly changes: readonly LabelChange[] }
  | { readonly method: 'probabilities'; readonly row: number }
  | { readonly method: 'reason'; readonly row: number; readonly given: Labelling; readonly suggested: Labelling }
  | { readonly method: 'similar'; readonly row: number; readonly count: number };

export type ToThread =
  | { readonly kind: 'call'; readonly id: number; readonly call: EngineCall }
  | { readonly kind: 'cancel'; readonly id: number }
  | { readonly kind: 'python'; readonly id: number; readonly answer: Answer };

export type ToHost =
  | { readonly kind: 'answer'; readonly id: number; readonly answer: Answer }
  | { readonly kind: 'progress'; readonly id: number; readonly what: string; readonly done: number }
  | { readonly kind: 'log'; readonly level: LogLevel; readonly text: string }
  /** Which interpreter a model is to run in, which only the host knows. */
  | { readonly kind: 'python'; readonly id: number };

export type LogLevel = 'trace' | 'debug' | 'info' | 'warn' | 'error';

export type Answer = { readonly result: unknown } | { readonly failure: Failure };

/** An error, which would lose its class on the way. */
export interface Failure {
  readonly isExpected: boolean;
  readonly what: string;
  readonly next: string;
  /** The stack of what was not expected. */
  readonly details: string;
}

export async function answerOf(perform: () => Promise<unknown>): Promise<Answer> {
  try {
    return { result: await perform() };
  } catch (error) {
    return { failure: failureOf(error) };
  }
}

function failureOf(error: unknown): Failure {
  if (error instanceof ExpectedError) {
    const { what, next, details } = error;
    return { isExpected: true, what, next, details };
  }
  const { message, stack = '' } = error instanceof Error ? error : new Error(String(error));
  if (error instanceof RangeError && allocation.test(message)) return failureOf(notEnoughMemory(stack));
  return { isExpected: false, what: message, next: '', details: stack };
}

/** V8's words for an array that does not fit. */
const allocation = /array buffer allocation failed|invalid (typed )?array length/i;

export function notEnoughMemory(details: string): ExpectedError {
  return new ExpectedError(
    'The memory that the editor gives a search is not enough for this dataset.',
    'Search a part of it, or run "flag-review label-errors" in a terminal.',
    details,
  );
}

/** @throws what the other side threw */
export function resultOf(answer: Answer): unknown {
  if ('result' in answer) return answer.result;
  const { isExpected, what, next, details } = answer.failure;
  if (isExpected) throw new ExpectedError(what, next, details);
  throw Object.assign(new Error(what), { stack: details });
}

/** The interpreter that the host answers with. */
export function interpreterOf(answer: Answer): Interpreter {
  return resultOf(answer) as Interpreter;
}
