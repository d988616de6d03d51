/**
 * The wire between the host and its workers: one JSON object a line, the same for Python and JavaScript. A request is
 * `{id, op, …}`; the worker answers it with any number of `status` and `partial` events and one `done` or `error`.
 * `{id, op: "cancel"}` asks it to end that call early and has no answer of its own.
 */
import { isRecord } from '../../json';
import { decodeSpecialFloats, encodeSpecialFloats } from '../../../protocol/json';

/** A longer line fails its call: the host would run out of memory, or of string length, before a person could see it. */
export const longestLine = 256 * 1024 * 1024;

export interface WorkerRequest {
  readonly op: string;
  readonly [field: string]: unknown;
}

export type WorkerEvent =
  | { readonly id: number; readonly event: 'status'; readonly text: string }
  | { readonly id: number; readonly event: 'partial'; readonly outputs: readonly unknown[] }
  | { readonly id: number; readonly event: 'done'; readonly result: unknown }
  | {
      readonly id: number;
      readonly event: 'error';
      /** `cancelled`: the call ended because the host asked for it. */
      readonly reason: 'failed' | 'cancelled';
      /** Whether the function itself failed, rather than what it needs: its file, its packages, its inputs. */
      readonly byFunction: boolean;
      readonly what: string;
      readonly next: string;
      readonly details: string;
    };

/** A request or an event as its line, line end included. */
export function encodeLine(message: unknown): string {
  return `${JSON.stringify(encodeSpecialFloats(message))}\n`;
}

/** @throws SyntaxError when the line is no JSON */
export function decodeLine(line: string): unknown {
  const value: unknown = JSON.parse(line);
  return line.includes('"__float__"') ? decodeSpecialFloats(value) : value;
}

/** An event from a worker's line, or undefined when it is none: the function may own the process behind it. */
export function parseEvent(line: string): WorkerEvent | undefined {
  let value: unknown;
  try {
    value = decodeLine(line);
  } catch {
    return undefined;
  }
  return isWorkerEvent(value) ? value : undefined;
}

function isWorkerEvent(value: unknown): value is WorkerEvent {
  if (!isRecord(value) || !Number.isSafeInteger(value.id)) return false;
  switch (value.event) {
    case 'status':
      return typeof value.text === 'string';
    case 'partial':
      return Array.isArray(value.outputs);
    case 'done':
      return 'result' in value;
    case 'error':
      return (
        (value.reason === 'failed' || value.reason === 'cancelled') &&
        typeof value.byFunction === 'boolean' &&
        [value.what, value.next, value.details].every((text) => typeof text === 'string')
      );
    default:
      return false;
  }
}
