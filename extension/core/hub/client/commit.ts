import { commitIter, type CommitOperation as LibraryOperation } from '@huggingface/hub';
import { isRecord } from '../../json';
import { HubError } from '../hubError';
import type { Call } from './attempt';
import { FileContent, TextContent } from './content';
import { isCommitId, notFromHub, PassingFailure } from './failures';
import { LfsAddresses } from './lfsAddresses';
import { libraryFailure } from './library';
import { madeCommit } from './madeCommit';
import { addressOf, type Transport } from './transport';
import type { CommitOperation, CommitRequest, CommitResult, HubOptions, UploadContent } from './types';

/** Uploads with `commitIter` of `@huggingface/hub`, and sees to what it leaves to its `fetch`. */
export class Committing {
  private readonly call: Call;
  private readonly addresses: LfsAddresses;
  private readonly sizes: ReadonlyMap<string, number>;
  /** Bytes of the files that travel in the commit itself. */
  private regular = 0;
  /** Bytes that `onBytes` was told of. */
  private told = 0;

  constructor(
    private readonly transport: Transport,
    private readonly request: CommitRequest,
    private readonly options: HubOptions,
    private readonly useXet: boolean,
  ) {
    this.call = { ...options, repo: request.repo, judgesOthers: true, onBytes: (bytes) => this.tell(bytes) };
    this.addresses = new LfsAddresses(transport);
    this.sizes = new Map(
      request.operations.flatMap((one) => (one.kind === 'put' ? [[one.path, sizeOf(one.content)]] : [])),
    );
  }

  async run(): Promise<CommitResult> {
    const { signal } = this.options;
    // The library does not look at a signal that is aborted already.
    signal?.throwIfAborted();
    try {
      const result = await this.commit();
      const all = [...this.sizes.values()].reduce((sum, size) => sum + size, 0);
      this.tell(all - this.told);
      return result;
    } catch (error) {
      throw libraryFailure(error, this.transport, signal);
    }
  }

  private async commit(): Promise<CommitResult> {
    const { repo, branch, parentCommit, title, description, pullRequest = false, operations } = this.request;
    const { signal } = this.options;
    const steps = commitIter({
      repo: { type: 'dataset', name: repo },
      hubUrl: this.transport.address(''),
      branch,
      parentCommit,
      title,
      ...(description && { description }),
      isPullRequest: pullRequest,
      operations: operations.map(operationOf),
      useXet: this.useXet,
      fetch: (input, init = {}) => this.fetch(addressOf(input), init),
      // The library never stops listening: to a signal of its own, which goes with the commit.
      ...(signal && { abortSignal: AbortSignal.any([signal]) }),
    });
    let step = await steps.next();
    while (!step.done) step = await steps.next();
    if (!step.value) throw new Error('a commit of a dataset has a result');
    const { commit, pullRequestUrl } = step.value;
    if (!isCommitId(commit.oid)) throw notFromHub(this.transport.hub, 'it names no commit');
    return { oid: commit.oid, url: commit.url, pullRequestUrl };
  }

  private fetch(address: string, init: RequestInit): Promise<Response> {
    const { pathname } = new URL(address);
    const api = `/api/datasets/${this.request.repo}`;
    if (pathname.includes(`${api}/preupload/`)) return this.preupload(address, init);
    if (pathname.includes(`${api}/commit/`)) return this.post(address, init);
    if (pathname.endsWith('/info/lfs/objects/batch')) return this.addresses.ask(address, init, this.call);
    if (init.method === 'PUT') return this.addresses.put(address, init, this.call);
    return this.transport.send(address, init, this.call);
  }

  /** Files without content are regular, whatever the Hub says: a storage does not take them (S3 answers 501). */
  private async preupload(address: string, init: RequestInit): Promise<Response> {
    const answer = await this.transport.parsed(await this.transport.send(address, init, this.call));
    if (!isRecord(answer) || !Array.isArray(answer.files)) {
      throw notFromHub(this.transport.hub, 'it does not say what goes to LFS');
    }
    const decided = (answer.files as readonly unknown[]).filter(isRecord).map((file) => {
      const size = this.sizes.get(String(file.path)) ?? 0;
      const uploadMode = size > 0 ? file.uploadMode : 'regular';
      if (uploadMode === 'regular') this.regular += size;
      return { ...file, uploadMode };
    });
    return Response.json({ files: decided });
  }

  /**
   * Sends the commit. Without an answer it may have been made all the same: then the history of the branch tells. Where
   * it was not, sending it again does no harm, for the Hub refuses one whose parent is no longer the head.
   */
  private async post(address: string, init: RequestInit): Promise<Response> {
    const text = typeof init.body === 'string' ? init.body : '';
    const body = new TextContent(text);
    const call: Call = { ...this.call, heldOnceSent: true, onBytes: this.shareOf(body.size) };
    let lost = false;
    for (let tries = 1; ; tries++) {
      try {
        return await this.transport.once(address, { ...init, body, signal: null }, call);
      } catch (error) {
        lost ||= isUnanswered(error);
        const made = lost && error instanceof HubError ? await this.ifMade(text) : undefined;
        if (made) return Response.json(made);
        await this.transport.pause(error, tries, this.call);
      }
    }
  }

  private async ifMade(body: string): Promise<object | undefined> {
    try {
      const { onWait } = this.options;
      return await madeCommit(this.transport, this.request, body, onWait && { onWait });
    } catch (error) {
      const what = `The connection to ${this.transport.hub} was lost while it made the commit, which may be there or not.`;
      throw new HubError('unreachable', what, 'Plan the push again: it shows what is left.', '', {}, { cause: error });
    }
  }

  /** Tells of the regular files' bytes in the measure that the body goes out, in which they are text among others. */
  private shareOf(size: number): (bytes: number) => void {
    let out = 0;
    let told = 0;
    return (bytes) => {
      out += bytes;
      const due = Math.floor((this.regular * out) / size);
      this.tell(due - told);
      told = due;
    };
  }

  private tell(bytes: number): void {
    if (bytes === 0) return;
    this.told += bytes;
    this.options.onBytes?.(bytes);
  }
}

/** Whether the Hub may have done what it was asked for. */
function isUnanswered(error: unknown): boolean {
  return error instanceof PassingFailure && error.failure === 'unreachable';
}

function sizeOf(content: UploadContent): number {
  return 'bytes' in content ? content.bytes.length : content.size;
}

function operationOf(operation: CommitOperation): LibraryOperation {
  const { path } = operation;
  if (operation.kind === 'delete') return { operation: 'delete', path };
  return { operation: 'addOrUpdate', path, content: blobOf(operation.content) };
}

function blobOf(content: UploadContent): Blob {
  return 'bytes' in content ? new Blob([new Uint8Array(content.bytes)]) : new FileContent(content.file, content.size);
}
