import { isRecord, jsonOrUndefined } from '../../json';
import type { Call } from './attempt';
import { ExpiredAddress } from './failures';
import type { Transport } from './transport';

/** How often the Hub is asked for another address of one file. */
const mostRenewals = 3;

/** A file that the Hub gave an address for, and how it was asked. */
interface Asked {
  readonly address: string;
  readonly init: RequestInit;
  readonly body: Readonly<Record<string, unknown>>;
  /** As in the request and in the answer: `{oid, size}`. */
  readonly object: Readonly<Record<string, unknown>>;
}

/**
 * The signed addresses to which the files of a commit go. Each is good for a while only, and a slow upload may come to its
 * file after that: then the Hub is asked again, for this file alone. A file that goes in parts has an address for each of
 * them, which no other set of addresses can continue.
 */
export class LfsAddresses {
  private readonly asked = new Map<string, Asked>();

  constructor(private readonly transport: Transport) {}

  /** Asks the Hub where files go, and keeps in mind how. */
  async ask(address: string, init: RequestInit, call: Call): Promise<Response> {
    const response = await this.transport.send(address, init, call);
    const body: unknown = typeof init.body === 'string' ? jsonOrUndefined(init.body) : undefined;
    const answer = jsonOrUndefined(await response.clone().text());
    for (const object of objectsOf(answer)) {
      const href = hrefOf(object);
      const { oid, size } = object;
      if (href !== undefined && isRecord(body)) this.asked.set(href, { address, init, body, object: { oid, size } });
    }
    return response;
  }

  /** Sends a file, or a part of one, to its address, or to another one where that is no longer good. */
  async put(address: string, init: RequestInit, call: Call): Promise<Response> {
    let to = address;
    for (let renewals = 0; ; renewals++) {
      try {
        return await this.transport.send(to, init, call);
      } catch (error) {
        const asked = this.asked.get(address);
        if (!(error instanceof ExpiredAddress) || !asked || renewals === mostRenewals) throw error;
        const [object] = objectsOf(await this.askAgain(asked, call));
        // The Hub gives no address for what it has.
        if (object && object.actions === undefined && object.error === undefined) return new Response();
        const renewed = object && hrefOf(object);
        if (renewed === undefined) throw error;
        to = renewed;
      }
    }
  }

  private async askAgain({ address, init, body, object }: Asked, call: Call): Promise<unknown> {
    const again = { ...init, body: JSON.stringify({ ...body, transfers: ['basic'], objects: [object] }) };
    return this.transport.parsed(await this.transport.send(address, again, call));
  }
}

function objectsOf(answer: unknown): readonly Readonly<Record<string, unknown>>[] {
  const objects: unknown = isRecord(answer) ? answer.objects : undefined;
  return Array.isArray(objects) ? (objects as readonly unknown[]).filter(isRecord) : [];
}

/** Where a file goes that is sent as a whole. */
function hrefOf({ actions }: Readonly<Record<string, unknown>>): string | undefined {
  const upload: unknown = isRecord(actions) ? actions.upload : undefined;
  if (!isRecord(upload) || typeof upload.href !== 'string') return undefined;
  const isInParts = isRecord(upload.header) && 'chunk_size' in upload.header;
  return isInParts ? undefined : upload.href;
}
