import type { Component } from '../../demo/components';
import type { Runner } from '../../demo/runner';
import { countVerdicts, replay } from './replay';
import type { Comparison } from './sameOutput';
import type { ReplayResult, ReplaySample, Verdict } from './types';

/** What one run of a replay works with; opened anew for each, since log and function change. */
export interface ReplaySetup {
  readonly total: number;
  readonly samples: AsyncIterable<ReplaySample>;
  readonly outputs: readonly Component[];
  readonly comparison: Comparison;
  readonly runner: Runner;
  /** Loads the function, or asks for consent to send samples away: what fails here fails for every sample. */
  prepare(signal: AbortSignal): Promise<void>;
}

export type ReplayState = 'running' | 'cancelled' | 'finished' | 'failed';

/** A replay and what came of it so far. */
export class ReplayRun {
  private readonly judged: ReplayResult[] = [];
  private readonly positions = new Map<number, number>();
  private readonly abort = new AbortController();
  private expected = 0;
  private current: ReplayState = 'running';
  private reason: unknown;

  /** @param changed called after each sample and at the end */
  constructor(private readonly changed: () => void) {}

  get state(): ReplayState {
    return this.current;
  }

  /** Samples to run; 0 until the log is read. */
  get total(): number {
    return this.expected;
  }

  get results(): readonly ReplayResult[] {
    return this.judged;
  }

  /** What ended it early; undefined unless the state is `failed`. */
  get error(): unknown {
    return this.reason;
  }

  counts(): Record<Verdict, number> {
    return countVerdicts(this.judged);
  }

  /** The result of a row of the log. */
  result(row: number): ReplayResult | undefined {
    const position = this.positions.get(row);
    return position === undefined ? undefined : this.judged[position];
  }

  /** Runs to the end, or until it is cancelled. Never throws: what ends it early is its `error`. */
  async run(open: () => Promise<ReplaySetup>): Promise<void> {
    const { signal } = this.abort;
    let setup: ReplaySetup | undefined;
    try {
      setup = await open();
      this.expected = setup.total;
      this.changed();
      if (setup.total > 0) await setup.prepare(signal);
      for await (const result of replay(setup.samples, { ...setup, signal })) {
        this.positions.set(result.sample.row, this.judged.length);
        this.judged.push(result);
        this.changed();
      }
      this.current = signal.aborted ? 'cancelled' : 'finished';
    } catch (error) {
      this.current = signal.aborted ? 'cancelled' : 'failed';
      if (!signal.aborted) this.reason = error;
    } finally {
      await setup?.runner.dispose();
      this.changed();
    }
  }

  /** What was judged stays. */
  cancel(): void {
    this.abort.abort();
  }
}
