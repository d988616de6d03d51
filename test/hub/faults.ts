import { Transform, type TransformCallback } from 'node:stream';

/** What goes wrong with the requests that match, instead of or on top of what the Hub does. */
export interface Fault {
  /** Undefined for each. */
  readonly method?: string;
  /** Of the path with its query, as it was sent; of the storage these are `/namespace/name/<sha256>?…`. */
  readonly path: RegExp;
  /** How many requests it is for; 1 unless it says so, and without end for a redirect loop. */
  readonly times?: number;
  /** How many matching requests pass unharmed before. */
  readonly after?: number;
  /** Answered instead of what the Hub would. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** An object is sent as JSON. */
  readonly body?: string | object;
  /** Before the request is looked at, ms. */
  readonly delay?: number;
  /** The connection is cut after so many bytes of the request's body. */
  readonly cutRequestAfter?: number;
  /** The request is carried out, and the connection cut instead of an answer. */
  readonly applyThenCut?: boolean;
  /** The connection is cut after so many bytes of the answer's body. */
  readonly cutAnswerAfter?: number;
  /** The answer points to the address that was asked. */
  readonly redirectLoop?: boolean;
  /** Speed of both bodies, bytes a second. */
  readonly throttle?: number;
  /** Called before the request is carried out, such as to commit something in between. */
  readonly meanwhile?: () => void | Promise<void>;
}

export class Faults {
  private active: { readonly fault: Fault; seen: number }[] = [];

  add(fault: Fault): void {
    this.active.push({ fault, seen: 0 });
  }

  clear(): void {
    this.active = [];
  }

  /** The first fault that is for this request. */
  next(method: string, path: string): Fault | undefined {
    for (const entry of this.active) {
      const { fault } = entry;
      if ((fault.method !== undefined && fault.method !== method) || !fault.path.test(path)) continue;
      const turn = entry.seen++ - (fault.after ?? 0);
      if (turn >= 0 && turn < (fault.times ?? (fault.redirectLoop ? Infinity : 1))) return fault;
    }
    return undefined;
  }
}

/** Passes so many bytes, then calls back instead. */
export function cutAfter(bytes: number, cut: () => void): Transform {
  let left = bytes;
  return new Transform({
    transform(chunk: Buffer, _, done: TransformCallback) {
      if (chunk.length < left) {
        left -= chunk.length;
        done(null, chunk);
        return;
      }
      this.push(chunk.subarray(0, left));
      // What was passed on has to be written before the connection goes.
      setImmediate(cut);
    },
  });
}

export function throttled(bytesPerSecond: number): Transform {
  const started = performance.now();
  let passed = 0;
  return new Transform({
    transform(chunk: Buffer, _, done: TransformCallback) {
      passed += chunk.length;
      const due = started + (passed / bytesPerSecond) * 1000;
      setTimeout(() => done(null, chunk), Math.max(0, due - performance.now()));
    },
  });
}
