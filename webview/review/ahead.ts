import type { Reason } from '../../extension/core/review/engine/types';
import type { ReviewHost, ReviewRecord, ReviewSimilar } from '../../extension/protocol/review';
import type { Remote } from '../../extension/protocol/rpc';

/** What is drawn around a record. */
export interface Around {
  readonly reason: Reason | null;
  readonly similar: readonly ReviewSimilar[];
}

/** A record that can be drawn, and what is drawn around it once the model has told. */
export interface Found {
  readonly record: ReviewRecord;
  readonly around: Promise<Around>;
}

/**
 * Reads what is drawn around a record.
 *
 * @param hidden whether that would give away a suggestion that is hidden
 */
export async function loadAround(host: Remote<ReviewHost>, row: number, hidden: boolean): Promise<Around> {
  if (hidden) return { reason: null, similar: [] };
  const [reason, similar] = await Promise.all([host.reason(row), host.similar(row)]);
  return { reason, similar };
}

/** Looks for the record that comes next before it is asked for, so that it is drawn at once. */
export class Ahead {
  private known: Found | null | undefined;
  private looking: Promise<Found | null> = Promise.resolve(null);
  private turn = 0;

  /** @param look for the record that comes next; null when there is none */
  constructor(private readonly look: () => Promise<Found | null>) {}

  /** Looks again; what was found before is good until there is an answer. */
  renew(): void {
    const turn = ++this.turn;
    this.looking = this.look();
    this.looking.then(
      (found) => {
        if (turn === this.turn) this.known = found;
        const media = found?.record.media;
        if (media?.kind === 'image') new Image().src = media.url;
      },
      // Whoever takes it looks again, and meets the failure if it is still there.
      () => undefined,
    );
  }

  /** Forgets what was found. */
  clear(): void {
    this.turn++;
    this.known = undefined;
  }

  /** The record that was found, when it is one that is wanted; else a promise of one. */
  take(isWanted: (row: number) => boolean): Found | Promise<Found | null> {
    const { known } = this;
    this.clear();
    if (known && isWanted(known.record.row)) return known;
    return this.lookUntil(isWanted);
  }

  private async lookUntil(isWanted: (row: number) => boolean): Promise<Found | null> {
    const found = await this.looking.catch(() => null);
    if (found && isWanted(found.record.row)) return found;
    return this.look();
  }
}
