import { randomUUID } from 'node:crypto';
import { uploadModeOf } from '../gitAttributes';
import { json, jsonBody, route, type Call, type Reply, type Route } from '../http';
import { Refusal } from '../refusal';
import type { TestRepository } from '../repository';
import type { HubState } from '../state';

const lfsType = { 'content-type': 'application/vnd.git-lfs+json' };
/** What `huggingface_hub` asks about at once, at the most. */
const maxPreupload = 256;
const maxBatch = 256;

interface PreuploadBody {
  readonly gitAttributes: string;
  readonly files: readonly { readonly path: string; readonly size: number; readonly sample: string }[];
}

interface LfsObject {
  readonly oid: string;
  readonly size: number;
}

interface BatchBody {
  readonly operation: string;
  readonly transfers: readonly string[];
  readonly hash_algo: string;
  readonly objects: readonly LfsObject[];
}

interface CompleteBody {
  readonly oid: string;
  readonly parts: readonly { readonly partNumber: number; readonly etag: string }[];
}

/** What comes before a commit: which files go to LFS, and where. */
export function uploadRoutes(hub: HubState): Route[] {
  const lfs = '/datasets/:namespace/:name.git/info/lfs/objects';
  return [
    route('POST', '/api/datasets/:namespace/:name/preupload/:revision', (call) => preupload(hub, call)),
    route('POST', `${lfs}/batch`, (call) => batch(hub, call)),
    route('POST', `${lfs}/verify`, (call) => verify(hub, call)),
    route('POST', '/api/complete_multipart/:upload', (call) => complete(hub, call)),
  ];
}

async function preupload(hub: HubState, call: Call): Promise<Reply> {
  const repository = hub.open(call, call.url.searchParams.get('create_pr') ? 'discuss' : 'write');
  const { files: current } = repository.at(call.param('revision'));
  const { files = [], gitAttributes } = await jsonBody<PreuploadBody>(call);
  if (files.length > maxPreupload) throw new Refusal(400, `At most ${maxPreupload} files can be asked for at once`);
  const attributes = gitAttributes ?? current.get('.gitattributes')?.blob.toString() ?? '';
  const modes = files.map(({ path, size, sample }) => {
    const uploadMode = uploadModeOf(path, size, Buffer.from(sample, 'base64'), attributes);
    return { path, uploadMode, shouldIgnore: false, oid: current.get(path)?.oid };
  });
  return json({ files: modes });
}

async function batch(hub: HubState, call: Call): Promise<Reply> {
  // Who opens a pull request uploads too; the commit decides what becomes of it.
  const repository = hub.open(call, 'discuss');
  const { operation, transfers = [], hash_algo: algorithm = 'sha256', objects = [] } = await jsonBody<BatchBody>(call);
  hub.offers.push(transfers);
  if (operation !== 'upload') throw new Refusal(422, 'Only uploads are supported');
  if (objects.length > maxBatch) throw new Refusal(413, `A batch has at most ${maxBatch} objects`);
  if (!/^sha_?256$/.test(algorithm)) throw new Refusal(409, 'The hash has to be SHA-256');
  const inParts = ({ size }: LfsObject): boolean =>
    transfers.includes('multipart') && size >= hub.options.multipartFrom;
  const answers = objects.map((object) => {
    const { oid, size } = object;
    if (!/^[0-9a-f]{64}$/.test(oid)) return { oid, size, error: { code: 422, message: 'The oid is no SHA-256' } };
    if (repository.objects.has(oid)) return { oid, size };
    const upload = inParts(object) ? multipart(hub, call, repository, object) : basic(hub, repository, object);
    return { oid, size, actions: { upload, verify: { href: call.url.href.replace(/batch$/, 'verify') } } };
  });
  return json({ transfer: objects.some(inParts) ? 'multipart' : 'basic', objects: answers }, lfsType);
}

function basic(hub: HubState, { id }: TestRepository, { oid }: LfsObject): Record<string, unknown> {
  return { href: hub.signed(`/${id}/${oid}`) };
}

/** Numbered addresses of parts, and one to call when all are there. */
function multipart(
  hub: HubState,
  call: Call,
  repository: TestRepository,
  { oid, size }: LfsObject,
): Record<string, unknown> {
  const upload = randomUUID();
  hub.uploads.set(upload, { repository, sha256: oid, size, parts: new Map() });
  const header: Record<string, string> = { chunk_size: `${hub.options.partBytes}` };
  for (let part = 1; part <= Math.ceil(size / hub.options.partBytes); part++) {
    header[`${part}`.padStart(5, '0')] = hub.signed(`/${repository.id}/${oid}?uploadId=${upload}&partNumber=${part}`);
  }
  return { href: `${call.url.origin}/api/complete_multipart/${upload}`, header };
}

async function complete(hub: HubState, call: Call): Promise<Reply> {
  const name = call.param('upload');
  const upload = hub.uploads.get(name);
  if (!upload) throw new Refusal(404, 'No such upload');
  const { oid, parts = [] } = await jsonBody<CompleteBody>(call);
  const expected = Math.ceil(upload.size / hub.options.partBytes);
  if (oid !== upload.sha256 || parts.length !== expected) throw new Refusal(400, `There have to be ${expected} parts`);
  const files = parts.map(({ partNumber, etag }, index) => {
    const part = upload.parts.get(partNumber);
    if (part?.etag !== etag || partNumber !== index + 1) throw new Refusal(400, `InvalidPart ${partNumber}`);
    return part.file;
  });
  await upload.repository.objects.join(oid, files);
  hub.uploads.delete(name);
  return json({ success: true });
}

async function verify(hub: HubState, call: Call): Promise<Reply> {
  const { objects } = hub.open(call, 'discuss');
  const { oid = '', size } = await jsonBody<LfsObject>(call);
  if (!objects.has(oid)) throw new Refusal(404, 'Object not found');
  if (objects.size(oid) !== size) throw new Refusal(422, 'The object has another size');
  return json({ message: 'ok' }, lfsType);
}
