import type { IncomingHttpHeaders } from 'node:http';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { Refusal } from './refusal';

/** One request as a route sees it. */
export interface Call {
  readonly url: URL;
  readonly headers: IncomingHttpHeaders;
  readonly body: Readable;
  /** A part of the path, decoded; '' for one that is not there. */
  param(name: string): string;
}

export interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** A part of a file is read when it is sent; `end` is exclusive. */
  readonly body?: Buffer | { readonly file: string; readonly start: number; readonly end: number };
}

export interface Route {
  readonly method: string;
  readonly path: RegExp;
  readonly handle: (call: Call) => Reply | Promise<Reply>;
}

/**
 * @param template `:name` stands for one segment, `*name` at the end for the rest, which may be empty
 * @param method `GET` answers `HEAD` too
 */
export function route(method: string, template: string, handle: Route['handle']): Route {
  const pattern = template
    .replaceAll('.', '\\.')
    .replaceAll(/:(\w+)/g, '(?<$1>[^/]+)')
    .replace(/\/\*(\w+)$/, '(?:/(?<$1>.*))?');
  return { method, path: new RegExp(`^${pattern}$`), handle };
}

export function json(value: unknown, headers: Readonly<Record<string, string>> = {}, status = 200): Reply {
  const type = { 'content-type': 'application/json; charset=utf-8' };
  return { status, headers: { ...type, ...headers }, body: Buffer.from(JSON.stringify(value)) };
}

export function refused({ status, message, code, details }: Refusal): Reply {
  // A header has one line of plain characters.
  const headers = {
    'x-error-message': message.replaceAll(/[^ -~]+/g, ' '),
    ...(code === undefined ? {} : { 'x-error-code': code }),
  };
  return json({ error: message, ...details }, headers, status);
}

/** @throws Refusal for a body that is no JSON object */
export async function jsonBody<Body extends object>(call: Call): Promise<Partial<Body>> {
  try {
    const value: unknown = JSON.parse(await text(call.body));
    if (typeof value === 'object' && value !== null) return value;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw new Refusal(400, 'The body of the request is no JSON object.');
}

/** The first and the last byte + 1 that `Range` asks for; undefined for all, or for a header that is none. */
export function rangeOf(header: string | undefined, size: number): { start: number; end: number } | undefined {
  const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? [];
  if (first === '' && last === '') return undefined;
  if (first === '') return { start: Math.max(0, size - Number(last)), end: size };
  const start = Number(first);
  if (start >= size) throw new Refusal(416, `There are only ${size} bytes.`);
  return { start, end: last === '' ? size : Math.min(size, Number(last) + 1) };
}

/** Content, or the part of it that was asked for. */
export function content(call: Call, source: Buffer | string, size: number, headers: Record<string, string>): Reply {
  const range = rangeOf(call.headers.range, size);
  const { start, end } = range ?? { start: 0, end: size };
  const body = typeof source === 'string' ? { file: source, start, end } : source.subarray(start, end);
  const part = range && { 'content-range': `bytes ${start}-${end - 1}/${size}` };
  return { status: range ? 206 : 200, headers: { ...headers, 'accept-ranges': 'bytes', ...part }, body };
}
