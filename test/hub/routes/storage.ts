import { content, route, type Call, type Reply, type Route } from '../http';
import { Refusal } from '../refusal';
import type { TestRepository } from '../repository';
import type { HubState } from '../state';

/** The storage of LFS objects, a server of its own that knows signed addresses and no tokens, as S3 does. */
export function storageRoutes(hub: HubState): Route[] {
  return [
    route('PUT', '/:namespace/:name/:sha256', (call) => put(hub, call)),
    route('GET', '/:namespace/:name/:sha256', (call) => {
      const { objects } = bucketOf(hub, call);
      const sha256 = call.param('sha256');
      if (!objects.has(sha256)) throw new Refusal(404, 'NoSuchKey: there is no such object');
      return content(call, objects.file(sha256), objects.size(sha256), { etag: `"${sha256}"` });
    }),
  ];
}

/** Errors of S3 are XML; the code stands before the colon of our messages. */
export function storageError({ status, message }: Refusal): Reply {
  const [, code = 'InvalidRequest', text = message] = /^(\w+): (.*)$/.exec(message) ?? [];
  const body = `<?xml version="1.0"?><Error><Code>${code}</Code><Message>${text}</Message></Error>`;
  return { status, headers: { 'content-type': 'application/xml' }, body: Buffer.from(body) };
}

async function put(hub: HubState, call: Call): Promise<Reply> {
  const { objects } = bucketOf(hub, call);
  if (call.headers['content-length'] === undefined) {
    throw new Refusal(501, 'NotImplemented: the length has to be known before the content.');
  }
  const query = call.url.searchParams;
  const upload = hub.uploads.get(query.get('uploadId') ?? '');
  if (!query.has('uploadId')) {
    await objects.receive(call.param('sha256'), call.body);
    return { status: 200, headers: { etag: `"${call.param('sha256')}"` } };
  }
  if (!upload) throw new Refusal(404, 'NoSuchUpload: the upload is over.');
  const part = await objects.receivePart(call.body);
  upload.parts.set(Number(query.get('partNumber')), part);
  return { status: 200, headers: { etag: part.etag } };
}

function bucketOf(hub: HubState, call: Call): TestRepository {
  if (call.headers.authorization !== undefined) {
    throw new Refusal(400, 'InvalidArgument: Only one auth mechanism allowed');
  }
  const repository = hub.repositories.get(`${call.param('namespace')}/${call.param('name')}`);
  if (!repository || !hub.isSigned(call.url))
    throw new Refusal(403, 'SignatureDoesNotMatch: the address is not signed.');
  if (hub.isExpired(call.url)) throw new Refusal(403, 'AccessDenied: Request has expired');
  return repository;
}
