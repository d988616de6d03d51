import { setTimeout } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { WorkerServices } from '../../demo/runners/createRunner';
import { errorCode, ExpectedError } from '../../errors';
import {
  answerOf,
  notEnoughMemory,
  resultOf,
  type Answer,
  type EngineCall,
  type ThreadSettings,
  type ToHost,
  type ToThread,
} from './threadMessages';
import type { EngineProgress } from './types';

/** How long a call may take to give up when asked, longer than a model's own process; then the thread is ended. */
const graceMs = 2_500;

/** The thread was ended on purpose while it had this call: another one can take it. */
export class ThreadStopped extends Error {
  override readonly name = 'ThreadStopped';
}

interface Waiting {
  readonly settle: (answer: Answer) => void;
  readonly fail: (error: Error) => void;
  readonly progress: EngineProgress;
}

/** One life of the engine's thread. */
export class EngineThread {
  /** Settles once it knows a model; undefined before anyone has told it of one. */
  primed: Promise<unknown> | undefined;
  private readonly worker: Worker;
  private readonly waiting = new Map<number, Waiting>();
  /** Of the calls that are waiting. */
  private readonly answers = new Set<Promise<Answer>>();
  private readonly exited: Promise<void>;
  private failure: Error | undefined;
  private lastId = 0;
  private over = false;

  /** @param worker absolute path of the bundle of `engineWorker.ts` */
  constructor(
    worker: string,
    private readonly services: WorkerServices,
  ) {
    const { cwd, workers } = services;
    this.worker = new Worker(worker, { workerData: { cwd, workers } satisfies ThreadSettings });
    this.worker.on('message', (message: ToHost) => void this.receive(message));
    this.worker.on('error', (error: unknown) => {
      this.failure = crashOf(error);
    });
    this.exited = new Promise((resolve) => {
      this.worker.once('exit', (code) => {
        this.end(this.failure ?? crashOf(new Error(`It ended with ${code}.`)));
        resolve();
      });
    });
  }

  /** Whether it can take another call. */
  get isUsable(): boolean {
    return !this.over;
  }

  /** @throws ThreadStopped when the thread was stopped meanwhile; ExpectedError when it broke; the signal's reason */
  async call(call: EngineCall, progress: EngineProgress = {}): Promise<unknown> {
    const { signal } = progress;
    signal?.throwIfAborted();
    if (this.over) throw new ThreadStopped('The thread was stopped.');
    const id = ++this.lastId;
    const answer = new Promise<Answer>((settle, fail) => this.waiting.set(id, { settle, fail, progress }));
    this.say({ kind: 'call', id, call });
    this.answers.add(answer);
    const forget = (): boolean => this.answers.delete(answer);
    answer.then(forget, forget);
    return resultOf(signal ? await this.unlessAborted(id, answer, signal) : await answer);
  }

  /** Ends it; calls under way are rejected. */
  async stop(): Promise<void> {
    this.failure ??= new ThreadStopped('The thread was stopped.');
    this.over = true;
    await this.worker.terminate();
    await this.exited;
  }

  /** Ends it, and before that whatever it has started. */
  async close(): Promise<void> {
    this.over = true;
    for (const id of this.waiting.keys()) this.say({ kind: 'cancel', id });
    await settledInTime([...this.answers]);
    await this.stop();
  }

  /** The caller need not wait until the thread has given up. */
  private async unlessAborted(id: number, answer: Promise<Answer>, signal: AbortSignal): Promise<Answer> {
    const listening = new AbortController();
    const aborted = new Promise<never>((_, reject) => {
      const cancel = (): void => {
        this.say({ kind: 'cancel', id });
        void settledInTime([answer]).then((inTime) => (inTime ? undefined : this.stop()));
        reject(signal.reason as Error);
      };
      signal.addEventListener('abort', cancel, { once: true, signal: listening.signal });
    });
    try {
      return await Promise.race([answer, aborted]);
    } finally {
      listening.abort();
    }
  }

  private say(message: ToThread): void {
    this.worker.postMessage(message);
  }

  private async receive(message: ToHost): Promise<void> {
    const { log, python } = this.services;
    if (message.kind === 'log') log[message.level](message.text);
    else if (message.kind === 'python')
      this.say({ kind: 'python', id: message.id, answer: await answerOf(() => python()) });
    else if (message.kind === 'progress')
      this.waiting.get(message.id)?.progress.onProgress?.(message.what, message.done);
    else {
      this.waiting.get(message.id)?.settle(message.answer);
      this.waiting.delete(message.id);
    }
  }

  private end(error: Error): void {
    this.over = true;
    for (const { fail } of this.waiting.values()) fail(error);
    this.waiting.clear();
  }
}

/** Waits until calls have ended in one way or another. @returns whether they did before the time was over */
async function settledInTime(answers: readonly Promise<Answer>[]): Promise<boolean> {
  const timer = new AbortController();
  const late = setTimeout(graceMs, false, { signal: timer.signal }).catch(() => false);
  const inTime = await Promise.race([Promise.allSettled(answers).then(() => true), late]);
  timer.abort();
  return inTime;
}

function crashOf(error: unknown): ExpectedError {
  const { message, stack = '' } = error instanceof Error ? error : new Error(String(error));
  if (errorCode(error) === 'ERR_WORKER_OUT_OF_MEMORY') return notEnoughMemory(message);
  return new ExpectedError(`The search ended unexpectedly: ${message}`, 'Try again: it starts anew.', stack);
}
