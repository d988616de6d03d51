import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { pipeline, Readable, Transform } from 'node:stream';
import { pipeline as piped } from 'node:stream/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { cutAfter, throttled, type Fault, type Faults } from './faults';
import { json, type Call, type Reply, type Route } from './http';
import { Refusal } from './refusal';

/** A request that a server got. */
export interface LoggedRequest {
  readonly server: 'hub' | 'storage';
  readonly method: string;
  /** As it was sent: encoded, without the query. */
  readonly path: string;
  /** With its `?`; '' for none. */
  readonly query: string;
  readonly headers: IncomingHttpHeaders;
  /** Of the answer; undefined while there is none, and where the connection was cut before. */
  status: number | undefined;
  /** Bytes of the body. */
  received: number;
}

export interface ServerOptions {
  readonly name: LoggedRequest['server'];
  readonly routes: readonly Route[];
  readonly faults: Faults;
  readonly requests: LoggedRequest[];
  readonly refused: (refusal: Refusal) => Reply;
  /** Headers of every answer, and the refusal that it has to be. */
  readonly count?: (path: string) => {
    readonly headers: Record<string, string>;
    readonly refusal: Refusal | undefined;
  };
}

/** Listens on a free port of the host. */
export async function listen(host: string, options: ServerOptions): Promise<{ server: Server; url: string }> {
  const server = createServer((request, response) => {
    serve(request, response, options).catch((error: unknown) => {
      // The other side went away in the middle; all else is a bug of this server, which no test should overlook.
      if (request.socket.destroyed) return;
      console.error('The test Hub failed.', error);
      response.destroy();
    });
  });
  server.requestTimeout = 0;
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  const { port } = server.address() as AddressInfo;
  return { server, url: `http://${host}:${port}` };
}

async function serve(request: IncomingMessage, response: ServerResponse, options: ServerOptions): Promise<void> {
  const { method = 'GET', headers } = request;
  const url = new URL(request.url ?? '/', `http://${headers.host ?? 'host'}`);
  const { pathname: path, search: query } = url;
  const logged: LoggedRequest = { server: options.name, method, path, query, headers, status: undefined, received: 0 };
  options.requests.push(logged);
  const fault = options.faults.next(method, path + query);
  const cut = (): void => void request.socket.destroy();
  const body = bodyOf(request, logged, fault, cut);
  if (fault?.delay !== undefined) await wait(fault.delay);
  await fault?.meanwhile?.();

  const { headers: always = {}, refusal } = options.count?.(path) ?? {};
  const reply = (fault && replyOf(fault, url)) ?? (await replyTo(method, { url, headers, body }, options, refusal));
  if (fault?.applyThenCut) {
    cut();
    return;
  }
  logged.status = reply.status;
  response.writeHead(reply.status, {
    ...{ 'x-request-id': randomUUID(), ...always, ...reply.headers },
    'content-length': lengthOf(reply),
  });
  if (method === 'HEAD' || lengthOf(reply) === 0) response.end();
  else await piped([sourceOf(reply), ...answerStages(fault, cut), response]);
  // What a route did not want to read has to go, or the next request of the connection would never be seen.
  body.resume();
}

/** The body under a fault; fails when the other side goes away. */
function bodyOf(request: IncomingMessage, logged: LoggedRequest, fault: Fault | undefined, cut: () => void): Readable {
  const counting = new Transform({
    transform(chunk: Buffer, _, done) {
      logged.received += chunk.length;
      done(null, chunk);
    },
  });
  const stages = [counting];
  if (fault?.throttle !== undefined) stages.push(throttled(fault.throttle));
  if (fault?.cutRequestAfter !== undefined) stages.push(cutAfter(fault.cutRequestAfter, cut));
  // A failure reaches the route, which reads the last stage.
  pipeline([request, ...stages], () => undefined);
  return stages.at(-1) ?? counting;
}

function answerStages(fault: Fault | undefined, cut: () => void): Transform[] {
  const stages: Transform[] = [];
  if (fault?.throttle !== undefined) stages.push(throttled(fault.throttle));
  if (fault?.cutAnswerAfter !== undefined) stages.push(cutAfter(fault.cutAnswerAfter, cut));
  return stages;
}

/** What a fault answers on its own. */
function replyOf({ status, headers, body, redirectLoop }: Fault, { href }: URL): Reply | undefined {
  if (redirectLoop) return { status: 302, headers: { location: href, ...headers } };
  if (status === undefined) return undefined;
  if (typeof body === 'object') return json(body, headers, status);
  return { status, headers: { 'content-type': 'text/html', ...headers }, body: Buffer.from(body ?? '') };
}

async function replyTo(
  method: string,
  call: Omit<Call, 'param'>,
  { routes, refused }: ServerOptions,
  refusal: Refusal | undefined,
): Promise<Reply> {
  try {
    if (refusal) throw refusal;
    for (const route of routes) {
      const found = route.method === (method === 'HEAD' ? 'GET' : method) && route.path.exec(call.url.pathname);
      if (!found) continue;
      const param = (name: string): string => decodeURIComponent(found.groups?.[name] ?? '');
      return await route.handle({ ...call, param });
    }
    throw new Refusal(404, 'Sorry, we cannot find the page you are looking for.');
  } catch (error) {
    if (error instanceof Refusal) return refused(error);
    throw error;
  }
}

function lengthOf({ body }: Reply): number {
  if (body === undefined) return 0;
  return Buffer.isBuffer(body) ? body.length : body.end - body.start;
}

function sourceOf({ body = Buffer.alloc(0) }: Reply): Readable {
  if (Buffer.isBuffer(body)) return Readable.from([body]);
  return createReadStream(body.file, { start: body.start, end: body.end - 1 });
}
