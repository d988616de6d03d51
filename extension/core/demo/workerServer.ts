import { Socket } from 'node:net';
import { blockOnOutput } from './javascript/blockingOutput';
import { endWithChildren } from './javascript/endWithHost';
import { CallFailure, failureOf } from './javascript/failure';
import { LineSplitter } from './runners/lineSplitter';
import { decodeLine, encodeLine, longestLine } from './runners/wire';
import { isRecord } from '../json';

/** What a call reports on its way, and how it learns that it should end. */
export interface CallEvents {
  readonly signal: AbortSignal;
  status(text: string): Promise<void>;
  partial(outputs: readonly unknown[]): Promise<void>;
}

/** What a worker is asked; the host that built it is trusted with the rest of its shape. */
export interface WorkerCall {
  readonly id: number;
  readonly op: string;
}

type Perform = (request: WorkerCall, events: CallEvents) => Promise<unknown>;

/** The host's end of the wire: standard output stays the function's own. */
const wireDescriptor = 3;

/**
 * Answers the host's requests, one after the other, until the host closes the wire.
 *
 * @param perform gives the result of a request; what it throws is told to the host
 */
export function serveCalls(perform: Perform): void {
  blockOnOutput([process.stdout, process.stderr]);
  const wire = new Socket({ fd: wireDescriptor, readable: true, writable: true });
  const server = new WorkerServer(wire, perform);
  const lines = new LineSplitter(
    longestLine,
    (line) => server.receive(decodeLine(line)),
    () => console.error('A request was too long and was dropped.'),
  );
  wire.on('data', (chunk: Buffer) => lines.push(chunk));
  wire.on('error', endWithChildren);
  wire.on('close', endWithChildren);
}

class WorkerServer {
  private queue: Promise<void> = Promise.resolve();
  private readonly waiting = new Map<number, AbortController>();

  constructor(
    private readonly wire: Socket,
    private readonly perform: Perform,
  ) {}

  receive(message: unknown): void {
    if (!isCall(message)) return;
    if (message.op === 'cancel') {
      this.waiting.get(message.id)?.abort();
      return;
    }
    const stop = new AbortController();
    this.waiting.set(message.id, stop);
    this.queue = this.queue.then(() => this.answer(message, stop.signal));
  }

  private async answer(request: WorkerCall, signal: AbortSignal): Promise<void> {
    const { id } = request;
    const events: CallEvents = {
      signal,
      status: (text) => this.send({ id, event: 'status', text }),
      partial: (outputs) => this.send({ id, event: 'partial', outputs }),
    };
    try {
      const result = signal.aborted ? null : await this.perform(request, events);
      await this.send(signal.aborted ? cancelled(id) : { id, event: 'done', result });
    } catch (error) {
      await this.send(signal.aborted ? cancelled(id) : failed(id, error));
    } finally {
      this.waiting.delete(id);
    }
  }

  /** Settles when the host's system has taken the line, so that a fast generator waits for a slow reader. */
  private send(event: object): Promise<void> {
    return new Promise((resolve) => this.wire.write(encodeLine(event), () => resolve()));
  }
}

function isCall(value: unknown): value is WorkerCall {
  return isRecord(value) && typeof value.id === 'number' && typeof value.op === 'string';
}

function cancelled(id: number): object {
  const what = 'The run was stopped.';
  return { id, event: 'error', reason: 'cancelled', byFunction: false, what, next: '', details: '' };
}

function failed(id: number, error: unknown): object {
  const failure = error instanceof CallFailure ? error : failureOf(error, 'The worker failed:', false);
  const { what, next, details, byFunction } = failure;
  return { id, event: 'error', reason: 'failed', byFunction, what, next, details };
}
