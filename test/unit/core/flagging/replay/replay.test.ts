import { describe, expect, it } from 'vitest';
import type { Component } from '../../../../../extension/core/demo/components';
import type { Runner } from '../../../../../extension/core/demo/runner';
import { ExpectedError } from '../../../../../extension/core/errors';
import { parseRegression, regressionLines } from '../../../../../extension/core/flagging/replay/regression';
import { countVerdicts, replay } from '../../../../../extension/core/flagging/replay/replay';
import {
  defaultTolerance,
  type ReplayResult,
  type ReplaySample,
} from '../../../../../extension/core/flagging/replay/types';

const outputs: readonly Component[] = [{ kind: 'number', label: 'Output' }];
const comparison = { tolerance: defaultTolerance, pixels: () => Promise.resolve(undefined) };

const runnerOf = (run: (value: number) => number): Runner => ({
  describe: () => Promise.reject(new Error('not asked')),
  run: (inputs) => Promise.resolve([run(Number(inputs[0]))]),
  dispose: () => Promise.resolve(),
});

const sample = (row: number, logged: number, more: Partial<ReplaySample> = {}): ReplaySample => ({
  row,
  inputs: [row],
  logged: [logged],
  corrected: {},
  option: 'wrong',
  reportsFault: true,
  ...more,
});

async function all(samples: readonly ReplaySample[], runner: Runner, signal?: AbortSignal): Promise<ReplayResult[]> {
  const results: ReplayResult[] = [];
  for await (const result of replay(samples, { runner, outputs, comparison, ...(signal ? { signal } : {}) })) {
    results.push(result);
  }
  return results;
}

describe('a replay', () => {
  it('goes on after a sample for which the function fails, and counts the verdicts', async () => {
    const runner = runnerOf((value) => {
      if (value === 1) throw new ExpectedError('division by zero', '', 'Traceback');
      return value;
    });
    const results = await all([sample(0, 5, { corrected: { 0: 0 } }), sample(1, 1), sample(2, 2)], runner);
    expect(results.map(({ verdict }) => verdict)).toEqual(['fixed', 'failed', 'still-wrong']);
    expect(results[1]?.failure).toEqual({ what: 'division by zero', next: '', details: 'Traceback' });
    expect(countVerdicts(results)).toEqual({ fixed: 1, 'still-wrong': 1, 'newly-different': 0, same: 0, failed: 1 });
  });

  it('keeps what was judged before it was cancelled', async () => {
    const abort = new AbortController();
    const runner = runnerOf((value) => {
      if (value === 1) abort.abort();
      return value;
    });
    expect(await all([sample(0, 0), sample(1, 1), sample(2, 2)], runner, abort.signal)).toHaveLength(1);
  });

  it('does not take a bug of ours for a failure of the function', async () => {
    const runner = runnerOf(() => {
      throw new TypeError('x is not a function');
    });
    await expect(all([sample(0, 0)], runner)).rejects.toThrow(TypeError);
  });
});

describe('a regression file', () => {
  it('expects the corrected outputs, and the logged ones of samples without a fault', async () => {
    const results = await all(
      [sample(0, 5, { corrected: { 0: 6 } }), sample(1, 1, { reportsFault: false }), sample(2, 2)],
      runnerOf((value) => value),
    );
    const { lines, left } = regressionLines(results);
    expect(left).toBe(1);
    expect(lines).toEqual(['{"inputs": [0], "expected": [6]}', '{"inputs": [1], "expected": [1]}']);
  });

  it('read again judges the same function', async () => {
    const samples = parseRegression('{"inputs": [3], "expected": [3]}\n\n{"inputs": [4], "expected": [5]}\n');
    const results = await all(
      samples,
      runnerOf((value) => value),
    );
    expect(results.map(({ verdict }) => verdict)).toEqual(['fixed', 'still-wrong']);
  });

  it('names a line that is none', () => {
    expect(() => parseRegression('{"inputs": [3], "expected": [3]}\n{"inputs": 3}\n')).toThrow(/Line 2/);
  });
});
