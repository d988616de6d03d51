import { ExpectedError } from '../../errors';
import type { Log } from '../../log';
import type { RunEvents } from '../runner';
import { FunctionError } from './functionError';
import { OutputLog } from './outputLog';
import type { WorkerEvent, WorkerRequest } from './wire';
import { WorkerProcess, type WorkerCommand, type WorkerEnd } from './workerProcess';

/** How long a function may take to give up when asked; then its process is ended. */
const graceMs = 1_500;

/** A worker to start: its command, and its name as a person knows it ("Python 3.11"). */
export interface WorkerLaunch {
  readonly title: string;
  readonly command: WorkerCommand;
}

export interface WorkerOptions {
  /** Called before each start, so that another interpreter can be chosen meanwhile. */
  readonly launch: () => Promise<WorkerLaunch>;
  readonly log: Log;
  /** Begins the lines that the function prints: "model.py". */
  readonly name: string;
}

/**
 * Calls to a worker that is started on first use and again after it has ended. Calls are answered one after the other;
 * one that is cancelled is asked to stop, then stopped, and the next one finds a usable worker.
 */
export class WorkerClient {
  private worker: WorkerProcess | undefined;
  private lastId = 0;
  private queue: Promise<unknown> = Promise.resolve();
  private readonly closing = new AbortController();
  private readonly output: OutputLog;

  constructor(private readonly options: WorkerOptions) {
    this.output = new OutputLog(options.log, options.name);
  }

  /** @returns the worker's `result` */
  call(request: WorkerRequest, events: RunEvents = {}): Promise<unknown> {
    const signal = AbortSignal.any([this.closing.signal, ...(events.signal ? [events.signal] : [])]);
    const before = this.queue;
    const turn = (async () => {
      await settledOrAborted(before, signal);
      return this.perform(request, { ...events, signal });
    })();
    this.queue = Promise.allSettled([before, turn]);
    return turn;
  }

  /** Ends the worker and everything it started; calls under way are rejected. */
  async dispose(): Promise<void> {
    this.closing.abort();
    this.worker?.kill();
    await this.queue;
    await this.worker?.ended;
    this.output.flush(); // What was printed may come after the answer.
  }

  private async perform(
    request: WorkerRequest,
    events: RunEvents & { readonly signal: AbortSignal },
  ): Promise<unknown> {
    this.stopIfAborted(events.signal);
    if (this.worker && !this.worker.usable) await this.worker.ended;
    const worker = this.worker ?? (await this.start(events));
    this.stopIfAborted(events.signal);
    this.output.begin();
    try {
      return await this.exchange(worker, request, events);
    } finally {
      worker.listener = undefined;
      this.output.flush();
    }
  }

  private async start({ onStatus }: RunEvents): Promise<WorkerProcess> {
    const { title, command } = await this.options.launch();
    onStatus?.(`Starting ${title}…`);
    this.options.log.debug(`Starting ${title}: ${[command.command, ...command.args].join(' ')}`);
    const worker = new WorkerProcess(command, this.output);
    this.worker = worker;
    void worker.ended.then(() => {
      if (this.worker === worker) this.worker = undefined;
    });
    return worker;
  }

  private exchange(
    worker: WorkerProcess,
    request: WorkerRequest,
    { signal, onPartial, onStatus }: RunEvents & { readonly signal: AbortSignal },
  ): Promise<unknown> {
    const id = ++this.lastId;
    return new Promise((resolve, reject) => {
      let grace: NodeJS.Timeout | undefined;
      const cancel = (): void => {
        worker.send({ id, op: 'cancel' });
        grace ??= setTimeout(() => worker.kill(), graceMs);
      };
      const settle = (act: () => void): void => {
        clearTimeout(grace);
        signal.removeEventListener('abort', cancel);
        act();
      };
      const fail = (error: Error): void => settle(() => reject(signal.aborted ? this.stopped() : error));
      worker.listener = {
        onEvent: (event) => {
          if (event.id !== id) return;
          if (event.event === 'status') onStatus?.(event.text);
          else if (event.event === 'partial') onPartial?.(event.outputs);
          else if (event.event === 'done') settle(() => resolve(event.result));
          else fail(failureOf(event));
        },
        onEnded: (end) => fail(endedError(end, this.output.tail)),
        onTooLong: () => {
          worker.kill();
          fail(new FunctionError('The outputs are larger than 256 MB.', 'Return large outputs as files.'));
        },
      };
      signal.addEventListener('abort', cancel);
      worker.send({ ...request, id });
    });
  }

  private stopIfAborted(signal: AbortSignal): void {
    if (signal.aborted) throw this.stopped();
  }

  private stopped(): ExpectedError {
    return new ExpectedError(this.closing.signal.aborted ? 'The demo was closed.' : 'The run was stopped.');
  }
}

async function settledOrAborted(before: Promise<unknown>, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  const stop = new AbortController();
  const aborted = new Promise<void>((resolve) =>
    signal.addEventListener('abort', () => resolve(), { once: true, signal: stop.signal }),
  );
  await Promise.race([before, aborted]);
  stop.abort();
}

function failureOf(event: Extract<WorkerEvent, { event: 'error' }>): ExpectedError {
  const Failure = event.byFunction ? FunctionError : ExpectedError;
  return new Failure(event.what, event.next, event.details);
}

function endedError({ code, signal, error }: WorkerEnd, tail: string): ExpectedError {
  if (error) return new ExpectedError(`The function's process could not be started: ${error.message}.`, '', tail);
  const how = signal ?? `exit code ${code ?? '?'}`;
  return new FunctionError(`The function ended its process (${how}).`, 'The next run starts it again.', tail);
}
