import { HubError } from '../hubError';
import type { RepositoryId } from '../repository';
import { Attempt, type Call } from './attempt';
import { PassingFailure } from './failures';
import type { Transport } from './transport';
import type { HubOptions } from './types';

/** A file to download: which, and from which byte on. */
interface DownloadRequest {
  readonly repo: RepositoryId;
  readonly revision: string;
  readonly path: string;
  readonly from: number;
}

/** What the first answer says of the file, so that a later one goes on with the same. */
interface Identity {
  readonly tag: string | null;
  /** Bytes; undefined where the answer does not tell. */
  readonly size: number | undefined;
}

/** The content of a file; where an answer breaks off, the next one goes on. */
export async function* download(
  transport: Transport,
  request: DownloadRequest,
  options: HubOptions,
): AsyncGenerator<Uint8Array> {
  const { repo, path } = request;
  const call: Call = { ...options, repo, file: path };
  let identity: Identity | undefined;
  let at = request.from;
  let tries = 1;
  for (;;) {
    const attempt = new Attempt(
      transport.connection,
      addressOf(transport, request),
      { headers: headersFrom(at) },
      call,
    );
    try {
      const answer = await attempt.answer();
      identity = sameFile(identity, identityOf(answer), path);
      const before = answer.status === 206 ? Math.min(at, 1) : at;
      for await (const piece of without(before, attempt.pieces(answer))) {
        at += piece.length;
        options.onBytes?.(piece.length);
        tries = 1;
        yield piece;
      }
      if (identity.size === undefined || at === identity.size) return;
      throw new PassingFailure('unreachable', `The download of ${path} ended early.`, 'Try again later.', '');
    } catch (error) {
      if (isOutOfRange(error)) throw changed(path, error);
      await transport.pause(error, tries++, call);
    } finally {
      attempt.stop();
    }
  }
}

/** The library does not encode paths. */
function addressOf(transport: Transport, { repo, revision, path }: DownloadRequest): string {
  const name = path.split('/').map(encodeURIComponent).join('/');
  return transport.address(`/datasets/${repo}/resolve/${encodeURIComponent(revision)}/${name}`);
}

/** One byte more than is missing: a range must not be empty. What is compressed has no ranges. */
function headersFrom(at: number): Record<string, string> {
  return { 'accept-encoding': 'identity', ...(at > 0 && { range: `bytes=${at - 1}-` }) };
}

function identityOf({ headers, status }: Response): Identity {
  const isPlain = (headers.get('content-encoding') ?? 'identity') === 'identity';
  const range = /\/(\d+)$/.exec(headers.get('content-range') ?? '')?.[1];
  const length = status === 206 || !isPlain ? range : (headers.get('content-length') ?? undefined);
  return { tag: headers.get('etag'), size: length === undefined ? undefined : Number(length) };
}

function sameFile(before: Identity | undefined, now: Identity, path: string): Identity {
  const isOther = before !== undefined && (before.size !== now.size || before.tag !== now.tag);
  if (isOther) throw changed(path);
  return now;
}

function isOutOfRange(error: unknown): boolean {
  return error instanceof HubError && error.answer.status === 416;
}

function changed(path: string, cause?: unknown): HubError {
  const what = `${path} changed on the Hub while it was downloaded.`;
  return new HubError('conflict', what, 'Download it again from its beginning.', '', {}, { cause });
}

/** All but the first bytes. */
async function* without(count: number, pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let left = count;
  for await (const piece of pieces) {
    const rest = piece.subarray(Math.min(left, piece.length));
    left -= piece.length - rest.length;
    if (rest.length > 0) yield rest;
  }
}
