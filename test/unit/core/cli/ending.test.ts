import { describe, expect, it } from 'vitest';
import { endingOf } from '../../../../extension/core/cli/ending';
import { FunctionError } from '../../../../extension/core/demo/runners/functionError';
import { ExpectedError } from '../../../../extension/core/errors';

const running = new AbortController().signal;
const stopped = AbortSignal.abort();
const stoppedRun = new ExpectedError('The run was stopped.');

describe('a command that fails', () => {
  it.each([
    ['bad input', new ExpectedError('No column.', 'Name one.', 'a, b'), 'flag-review: No column. Name one.\na, b', 2],
    [
      'what the function raised',
      new FunctionError('divide raised ValueError.'),
      'flag-review: divide raised ValueError.',
      1,
    ],
  ])('says %s in its own words', (_, error, message, status) => {
    expect(endingOf(error, running)).toEqual({ message, status });
  });

  it.each([
    ['on its way', stopped.reason as unknown, 'flag-review: Interrupted.'],
    ['and says what that means', stoppedRun, 'flag-review: The run was stopped.'],
  ])('ends as shells expect it when it is interrupted %s', (_, error, message) => {
    expect(endingOf(error, stopped)).toEqual({ message, status: 130 });
  });

  it.each([
    ['meanwhile', stopped, new TypeError('x is undefined')],
    ['by itself', running, stopped.reason as Error],
  ])('shows where a bug is that came up %s', (_, interrupt, bug) => {
    expect(endingOf(bug, interrupt)).toEqual({ message: bug.stack, status: 1 });
  });
});
