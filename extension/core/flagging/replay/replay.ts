import { performance } from 'node:perf_hooks';
import type { Component } from '../../demo/components';
import type { Runner } from '../../demo/runner';
import type { Failure } from '../../../protocol/envelope';
import { ExpectedError } from '../../errors';
import { judge } from './judge';
import { sameOutput, type Comparison } from './sameOutput';
import { verdicts, type ReplayResult, type ReplaySample, type Verdict } from './types';

export interface ReplayOptions {
  readonly runner: Runner;
  readonly outputs: readonly Component[];
  readonly comparison: Comparison;
  readonly signal?: AbortSignal;
}

/**
 * Runs samples again, one after the other. What was judged before a cancellation stays; a function that fails for one
 * sample is asked for the next.
 */
export async function* replay(
  samples: Iterable<ReplaySample> | AsyncIterable<ReplaySample>,
  options: ReplayOptions,
): AsyncGenerator<ReplayResult> {
  for await (const sample of samples) {
    if (options.signal?.aborted) return;
    const result = await replayOne(sample, options);
    if (options.signal?.aborted) return;
    yield result;
  }
}

async function replayOne(sample: ReplaySample, options: ReplayOptions): Promise<ReplayResult> {
  const { runner, outputs, comparison, signal } = options;
  if (sample.problem) return failed(sample, outputs, sample.problem, 0);
  const started = performance.now();
  const seconds = (): number => (performance.now() - started) / 1000;
  try {
    const now = await runner.run(sample.inputs, signal ? { signal } : {});
    const took = seconds();
    const judged = await judge(sample, now, (output, expected, value) =>
      sameOutput(outputs[output]?.kind ?? 'json', expected, value, comparison),
    );
    return { sample, ...judged, now, failure: null, seconds: took };
  } catch (error) {
    if (!(error instanceof ExpectedError)) throw error;
    const { what, next, details } = error;
    return failed(sample, outputs, { what, next, details }, seconds());
  }
}

function failed(sample: ReplaySample, outputs: readonly Component[], failure: Failure, seconds: number): ReplayResult {
  return { sample, verdict: 'failed', differs: outputs.map(() => true), now: null, failure, seconds };
}

/** How many samples have each verdict. */
export function countVerdicts(results: readonly ReplayResult[]): Record<Verdict, number> {
  const counts = Object.fromEntries(verdicts.map((verdict) => [verdict, 0])) as Record<Verdict, number>;
  for (const { verdict } of results) counts[verdict]++;
  return counts;
}
