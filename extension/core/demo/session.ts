import { ExpectedError } from '../errors';
import type { FlagNote, FlagRecord, FlagRecorder } from '../flagging/types';
import type { Demo } from './definition';
import type { RunEvents, Runner } from './runner';

/** One call of the demo's function. Inputs and outputs have one payload per component. */
export interface RunRecord {
  /** Counts from 1 within a session. */
  readonly id: number;
  readonly inputs: readonly unknown[];
  /** The last partial outputs when the run failed or was stopped after some. */
  readonly outputs: readonly unknown[];
  readonly outcome: 'finished' | 'failed' | 'stopped';
  readonly error: Error | undefined;
  readonly seconds: number;
  /** The flag that auto mode recorded for this run, or why it could not even be spooled. */
  readonly autoFlag: FlagRecord | Error | undefined;
}

/** What a person asks to record of a run. */
export interface FlagOfRun {
  readonly runId: number;
  readonly option: string | null;
  readonly note?: FlagNote | undefined;
  readonly timestamp?: string | undefined;
}

export interface SessionServices {
  readonly runner: Runner;
  readonly recorder: FlagRecorder;
  /** Who flags, when known. */
  readonly username: () => string | null;
}

/**
 * A demo in use: its runs, its state components and its flags. The sample that is flagged is always the one that was
 * run, whatever has been typed since. Knows neither a panel nor a terminal.
 */
export class DemoSession {
  /** In auto mode: whether successful runs are recorded. The person may stop it at any time. */
  autoFlag: boolean;
  private runs = 0;
  private current: { readonly stop: AbortController; readonly done: Promise<unknown> } | undefined;
  private last: RunRecord | undefined;
  private state: readonly unknown[];
  /** Flags by run and option, so that a second click does not record a second row. */
  private readonly flags = new Map<string, Promise<FlagRecord>>();

  constructor(
    readonly demo: Demo,
    private readonly services: SessionServices,
  ) {
    this.autoFlag = demo.flaggingMode === 'auto';
    this.state = initialState(demo);
  }

  /** The last run that ended, or undefined after `clear`. */
  get lastRun(): RunRecord | undefined {
    return this.last;
  }

  get running(): boolean {
    return this.current !== undefined;
  }

  /**
   * Runs the function; a run under way is stopped first. Never throws for what the function does: the failure is part
   * of the record.
   *
   * @param values one payload per input component; those of state components are ignored
   */
  async run(values: readonly unknown[], events: Omit<RunEvents, 'signal'> = {}): Promise<RunRecord> {
    const before = this.current;
    before?.stop.abort();
    const id = ++this.runs;
    const stop = new AbortController();
    const done = (before?.done ?? Promise.resolve()).then(() =>
      this.call(id, values, { ...events, signal: stop.signal }),
    );
    const current = { stop, done };
    this.current = current;
    try {
      const run = await done;
      if (this.current === current) this.last = run;
      return run;
    } finally {
      if (this.current === current) this.current = undefined;
    }
  }

  /** Stops the run under way and waits until it has ended. */
  async stop(): Promise<void> {
    this.current?.stop.abort();
    await this.current?.done;
  }

  /** Forgets the last run and what state components hold. */
  clear(): void {
    this.last = undefined;
    this.state = initialState(this.demo);
  }

  /** Records the sample of the last run; a second call for the same run and option gives the first one's record. */
  async flag(request: FlagOfRun): Promise<FlagRecord> {
    const run = this.last;
    if (run?.id !== request.runId || run.outcome !== 'finished') {
      throw new ExpectedError('There is no output to flag.', 'Submit the inputs first.');
    }
    const key = JSON.stringify([request.runId, request.option]);
    const recording = this.flags.get(key)?.catch(() => this.record(run, request)) ?? this.record(run, request);
    this.flags.set(key, recording);
    return recording;
  }

  /** Takes a flag back: its row, its media and its note. The same option may then be flagged anew. */
  async undo(flagId: string): Promise<FlagRecord> {
    const record = await this.services.recorder.undo(flagId);
    for (const [key, flag] of this.flags) {
      if ((await flag.catch(() => undefined))?.id === flagId) this.flags.delete(key);
    }
    return record;
  }

  async dispose(): Promise<void> {
    this.current?.stop.abort();
    await this.services.runner.dispose();
    await this.services.recorder.dispose();
  }

  private async call(id: number, values: readonly unknown[], events: RunEvents): Promise<RunRecord> {
    const inputs = this.withState(values);
    let outputs: readonly unknown[] = [];
    const started = performance.now();
    const ended = (outcome: RunRecord['outcome'], error?: Error): RunRecord => ({
      id,
      inputs,
      outputs,
      outcome,
      error,
      seconds: (performance.now() - started) / 1000,
      autoFlag: undefined,
    });
    const onPartial = (partial: readonly unknown[]): void => {
      outputs = partial;
      events.onPartial?.(partial);
    };
    try {
      events.signal?.throwIfAborted();
      outputs = await this.services.runner.run(inputs, { ...events, onPartial });
    } catch (error) {
      if (events.signal?.aborted) return ended('stopped');
      return ended('failed', toError(error));
    }
    this.keepState(outputs);
    const run = ended('finished');
    if (!this.autoFlag) return run;
    return { ...run, autoFlag: await this.record(run, { runId: id, option: this.autoOption() }).catch(toError) };
  }

  /** Gradio's auto mode gives no option; where options exist the column stays, empty. */
  private autoOption(): string | null {
    return this.demo.flaggingOptions.some(({ value }) => value !== null) ? '' : null;
  }

  private record(run: RunRecord, { option, note, timestamp }: FlagOfRun): Promise<FlagRecord> {
    const sample = { data: [...run.inputs, ...run.outputs], option, username: this.services.username(), timestamp };
    return this.services.recorder.flag(sample, note);
  }

  private withState(values: readonly unknown[]): readonly unknown[] {
    let next = 0;
    return this.demo.inputs.map(({ kind }, index) => (kind === 'state' ? this.state[next++] : values[index]) ?? null);
  }

  private keepState(outputs: readonly unknown[]): void {
    const produced = outputs.filter((_, index) => this.demo.outputs[index]?.kind === 'state');
    this.state = this.state.map((old, index) => (index < produced.length ? produced[index] : old));
  }
}

function initialState(demo: Demo): readonly unknown[] {
  return demo.inputs.flatMap((component) => (component.kind === 'state' ? [component.value ?? null] : []));
}

function toError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}
