import type { WorkerServices } from '../../demo/runners/createRunner';
import { ExpectedError } from '../../errors';
import type { Labelling } from '../types';
import { EngineThread, ThreadStopped } from './engineThread';
import type { EngineCall } from './threadMessages';
import type {
  EngineProgress,
  FindSettings,
  Found,
  LabelChange,
  Reason,
  Reranked,
  ReviewEngine,
  SimilarRecord,
} from './types';

export interface EngineOptions extends WorkerServices {
  /** Absolute path of the bundle of `engineWorker.ts`. */
  readonly worker: string;
}

/** A search that a new thread can repeat. */
interface Repeatable {
  readonly settings: FindSettings;
  readonly labels: readonly LabelChange[];
  /** Since then, by record. */
  readonly changes: Map<number, LabelChange>;
}

/**
 * The engine in a thread that is started when it is needed. After it broke, or had to be ended, the next call starts
 * another one and repeats the last search in it.
 *
 * @param options relative paths of models begin at `cwd`; names of classes are looked for up to it
 */
export function createEngine(options: EngineOptions): ReviewEngine {
  return new ThreadedEngine(options);
}

class ThreadedEngine implements ReviewEngine {
  private thread: EngineThread | undefined;
  private known: Repeatable | undefined;
  /** The one that goes on. */
  private finding: Repeatable | undefined;
  private closed = false;

  constructor(private readonly options: EngineOptions) {}

  async find(settings: FindSettings, labels: readonly LabelChange[], progress: EngineProgress = {}): Promise<Found> {
    const finding: Repeatable = { settings, labels, changes: new Map() };
    this.finding = finding;
    return this.withThread(async (thread) => {
      const found = (await thread.call({ method: 'find', settings, labels }, progress)) as Found;
      this.known = finding;
      thread.primed = Promise.resolve();
      return found;
    });
  }

  async change(changes: readonly LabelChange[]): Promise<Reranked | null> {
    for (const change of changes) {
      this.known?.changes.set(change.row, change);
      this.finding?.changes.set(change.row, change);
    }
    return (await this.ask({ method: 'change', changes })) as Reranked | null;
  }

  async probabilities(row: number): Promise<readonly number[] | null> {
    return (await this.ask({ method: 'probabilities', row })) as readonly number[] | null;
  }

  async reason(row: number, given: Labelling, suggested: Labelling): Promise<Reason | null> {
    return (await this.ask({ method: 'reason', row, given, suggested })) as Reason | null;
  }

  async similar(row: number, count: number): Promise<readonly SimilarRecord[]> {
    return (await this.ask({ method: 'similar', row, count })) as readonly SimilarRecord[];
  }

  async close(): Promise<void> {
    this.closed = true;
    await this.thread?.close();
  }

  /** Asks about the model. */
  private ask(call: EngineCall): Promise<unknown> {
    return this.withThread(async (thread) => {
      await this.prime(thread);
      return thread.call(call);
    });
  }

  /** A thread that was stopped because another call would not end is replaced. */
  private async withThread<T>(act: (thread: EngineThread) => Promise<T>): Promise<T> {
    for (;;) {
      try {
        return await act(this.usable());
      } catch (error) {
        if (!(error instanceof ThreadStopped)) throw error;
      }
    }
  }

  private usable(): EngineThread {
    if (this.closed) throw new ExpectedError('The review was closed.');
    if (!this.thread?.isUsable) this.thread = new EngineThread(this.options.worker, this.options);
    return this.thread;
  }

  /** Repeats the last search in a thread that does not know it. */
  private async prime(thread: EngineThread): Promise<void> {
    const { known } = this;
    if (!known) return;
    const { settings, labels, changes } = known;
    thread.primed ??= (async () => {
      await thread.call({ method: 'find', settings, labels });
      if (changes.size > 0) await thread.call({ method: 'change', changes: [...changes.values()] });
    })();
    try {
      await thread.primed;
    } catch (error) {
      thread.primed = undefined;
      throw error;
    }
  }
}
