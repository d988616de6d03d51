import { spawn, type ChildProcess } from 'node:child_process';
import type { Duplex, Readable, Writable } from 'node:stream';
import { LineSplitter } from './lineSplitter';
import type { OutputLog } from './outputLog';
import { encodeLine, longestLine, parseEvent, type WorkerEvent } from './wire';

/** How long the pipes of an ended process may stay open: something that left its process group may hold them. */
const pipesMs = 1_000;

/** How a worker is started. */
export interface WorkerCommand {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  /** Added to our own environment. */
  readonly environment: Readonly<Record<string, string>>;
  /** `stdio`: requests on standard input, events on standard output. `fd3`: both on descriptor 3. */
  readonly wire: 'stdio' | 'fd3';
}

/** How a worker's process ended; `error` when it could not be started. */
export interface WorkerEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly error: Error | undefined;
}

export interface WorkerListener {
  onEvent(event: WorkerEvent): void;
  /** A line above the limit came and was dropped. */
  onTooLong(): void;
  onEnded(end: WorkerEnd): void;
}

/** A worker's process, with its own process group so that whatever it starts ends with it. */
export class WorkerProcess {
  /** Settles when the process is gone and all it wrote has been read; never rejects. */
  readonly ended: Promise<WorkerEnd>;
  /** Who hears of the call under way. */
  listener: WorkerListener | undefined;
  private readonly child: ChildProcess;
  private readonly requests: Writable;
  private killed = false;

  constructor({ command, args, cwd, environment, wire }: WorkerCommand, output: OutputLog) {
    const ownWire = wire === 'fd3';
    this.child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...environment },
      stdio: ownWire ? ['ignore', 'pipe', 'pipe', 'pipe'] : ['pipe', 'pipe', 'pipe'],
      detached: process.platform !== 'win32',
      windowsHide: true,
    });
    const [stdin, stdout, stderr, duplex] = this.child.stdio;
    this.requests = (ownWire ? duplex : stdin) as Duplex;
    const events = (ownWire ? duplex : stdout) as Readable;
    const print = (chunk: Buffer): void => output.push(chunk);
    stderr?.on('data', print);
    if (ownWire) stdout?.on('data', print);
    const splitter = new LineSplitter(
      longestLine,
      (line) => this.receive(line),
      () => this.listener?.onTooLong(),
    );
    events.on('data', (chunk: Buffer) => splitter.push(chunk));
    // A pipe that breaks means the process is gone, which `ended` tells.
    for (const stream of [this.requests, events]) stream.on('error', () => undefined);
    this.ended = this.watch();
    // One reaction per process, not one per call: each would keep its call's outputs in memory.
    void this.ended.then((end) => this.listener?.onEnded(end));
  }

  /** Whether it can take another call. */
  get usable(): boolean {
    return !this.killed && this.child.exitCode === null && this.child.signalCode === null;
  }

  send(message: unknown): void {
    if (this.requests.writable) this.requests.write(encodeLine(message));
  }

  /** Ends the process and everything it started. */
  kill(): void {
    this.killed = true;
    const { pid } = this.child;
    if (pid === undefined) return;
    if (process.platform === 'win32') {
      spawn('taskkill', ['/pid', String(pid), '/T', '/F'], { windowsHide: true }).on('error', () => this.child.kill());
      return;
    }
    try {
      process.kill(-pid, 'SIGKILL');
    } catch {
      this.child.kill('SIGKILL'); // The group is empty, or is not ours any more.
    }
  }

  private receive(line: string): void {
    const event = parseEvent(line);
    if (event) this.listener?.onEvent(event);
  }

  private watch(): Promise<WorkerEnd> {
    return new Promise((resolve) => {
      const settle = (code: number | null, signal: NodeJS.Signals | null): void =>
        resolve({ code, signal, error: undefined });
      this.child.on('error', (error) => resolve({ code: null, signal: null, error }));
      this.child.once('exit', (code, signal) => {
        this.kill();
        const late = setTimeout(() => {
          for (const stream of this.child.stdio) stream?.destroy();
          settle(code, signal);
        }, pipesMs);
        this.child.once('close', () => {
          clearTimeout(late);
          settle(code, signal);
        });
      });
    });
  }
}
