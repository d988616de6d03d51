import { basename } from 'node:path';
import { inspect } from 'node:util';
import { ExpectedError } from '../../errors';
import { isRecord } from '../../json';
import { withoutVersions } from './version';

/** A failure as the wire tells it. */
export class CallFailure extends ExpectedError {
  constructor(
    what: string,
    next: string,
    details: string,
    /** Whether the function itself failed, rather than what it needs. */
    readonly byFunction: boolean,
  ) {
    super(what, next, details);
  }
}

/**
 * What the person's code threw.
 *
 * @param doing begins the sentence: "predict threw"
 */
export function failureOf(thrown: unknown, doing: string, byFunction: boolean): CallFailure {
  if (thrown instanceof CallFailure) return thrown;
  if (thrown instanceof ExpectedError) return new CallFailure(thrown.what, thrown.next, thrown.details, byFunction);
  return new CallFailure(`${doing} ${summaryOf(thrown)}.`, installHint(thrown), stackOf(thrown), byFunction);
}

/** `TypeError: text`, on one bounded line. Errors of the function may come from another realm. */
function summaryOf(thrown: unknown): string {
  const text = isErrorLike(thrown)
    ? `${thrown.name}: ${thrown.message}`
    : inspect(thrown, { depth: 1, breakLength: Infinity });
  const line = withoutVersions(text).replace(/\s+/g, ' ').trim().replace(/\.$/, '');
  return line.length > 500 ? `${line.slice(0, 500)}…` : line;
}

function isErrorLike(thrown: unknown): thrown is Error {
  return isRecord(thrown) && typeof thrown.message === 'string' && typeof thrown.name === 'string';
}

/** The stack with the frames of the person's files only, and those of its causes. */
function stackOf(thrown: unknown, depth = 0): string {
  if (!isErrorLike(thrown) || typeof thrown.stack !== 'string') return '';
  const lines = withoutVersions(thrown.stack).split('\n');
  const kept = lines.filter((line) => !/^\s+at /.test(line) || isFrameOfPerson(line));
  const cause = depth < 5 && thrown.cause !== undefined ? stackOf(thrown.cause, depth + 1) : '';
  return kept.join('\n').replaceAll('file://', '') + (cause && `\nCaused by ${cause}`);
}

function isFrameOfPerson(frame: string): boolean {
  return !/\(?node:|<anonymous>\)?$/.test(frame) && !frame.includes(basename(__filename));
}

function installHint(thrown: unknown): string {
  if (!isErrorLike(thrown)) return '';
  const missing = /^Cannot find (?:package|module) '((?:@[\w.-]+\/)?[\w-][\w.-]*)/.exec(thrown.message)?.[1];
  return missing === undefined ? '' : `Install it: npm install ${missing}`;
}
