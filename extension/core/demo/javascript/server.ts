import { Socket } from 'node:net';
import { LineSplitter } from '../runners/lineSplitter';
import { decodeLine, encodeLine, longestLine } from '../runners/wire';
import { blockOnOutput } from './blockingOutput';
import { Calls, type CallEvents } from './calls';
import { endWithChildren } from './endWithHost';
import { CallFailure, failureOf } from './failure';
import { ModuleLoader } from './moduleLoader';
import { isRequest, type Request } from './requests';

/** The host's end of the wire: standard output stays the function's own. */
const wireDescriptor = 3;

/** Answers the host's requests, one after the other, until the host closes the wire. */
export function serve(bundle: string): void {
  blockOnOutput([process.stdout, process.stderr]);
  const wire = new Socket({ fd: wireDescriptor, readable: true, writable: true });
  const server = new Server(wire, new Calls(new ModuleLoader(bundle)));
  const lines = new LineSplitter(
    longestLine,
    (line) => server.receive(decodeLine(line)),
    () => console.error('A request was too long and was dropped.'),
  );
  wire.on('data', (chunk: Buffer) => lines.push(chunk));
  wire.on('error', endWithChildren);
  wire.on('close', endWithChildren);
}

class Server {
  private queue: Promise<void> = Promise.resolve();
  private readonly waiting = new Map<number, AbortController>();

  constructor(
    private readonly wire: Socket,
    private readonly calls: Calls,
  ) {}

  receive(message: unknown): void {
    if (!isRequest(message)) return;
    if (message.op === 'cancel') {
      this.waiting.get(message.id)?.abort();
      return;
    }
    const request = message;
    const stop = new AbortController();
    this.waiting.set(request.id, stop);
    this.queue = this.queue.then(() => this.answer(request, stop.signal));
  }

  private async answer(request: Exclude<Request, { op: 'cancel' }>, signal: AbortSignal): Promise<void> {
    const { id } = request;
    const events: CallEvents = {
      signal,
      status: (text) => this.send({ id, event: 'status', text }),
      partial: (outputs) => this.send({ id, event: 'partial', outputs }),
    };
    try {
      const result = signal.aborted ? null : await this.calls.perform(request, events);
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

function cancelled(id: number): object {
  const what = 'The run was stopped.';
  return { id, event: 'error', reason: 'cancelled', byFunction: false, what, next: '', details: '' };
}

function failed(id: number, error: unknown): object {
  const failure = error instanceof CallFailure ? error : failureOf(error, 'The worker failed:', false);
  const { what, next, details, byFunction } = failure;
  return { id, event: 'error', reason: 'failed', byFunction, what, next, details };
}
