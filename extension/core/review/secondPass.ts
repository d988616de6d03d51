import { createHash } from 'node:crypto';
import type { Review, Standing } from './review';

/** A record that another reviewer decided on. */
interface Decided {
  readonly row: number;
  /** Where it stands among all by chance: the same for everybody, and whatever rows came or went. */
  readonly order: string;
}

/** Reviewers besides the one of the review who decided on candidates. */
export function otherReviewers(review: Pick<Review, 'reviewer' | 'standings'>): string[] {
  const names = review.standings().map(({ entry }) => entry.reviewer);
  return [...new Set(names)].filter((name) => name !== review.reviewer).sort();
}

/**
 * A sample of the candidates that somebody else decided on, to decide them again without knowing what was said: how far both
 * agree on it says how far the rest can be trusted.
 *
 * @param share of what is not decided by the reviewer of this review yet; 0 to 1
 * @returns their rows in the order of the candidates, the same ones each time
 */
export function secondPassRows(review: Review, other: string, share: number): number[] {
  const decided = Array.from(review.candidates.rows).flatMap((row): Decided[] => {
    const { own = null, others = [] } = review.detail(row) ?? {};
    const isTheirs = ({ entry }: Standing): boolean => entry.reviewer === other && entry.source !== 'model';
    const entry = others.find(isTheirs)?.entry;
    if (!entry || entry.decision === 'skip' || own) return [];
    return [{ row, order: createHash('sha256').update(entry.hash).digest('hex') }];
  });
  const sorted = [...decided].sort((a, b) => (a.order < b.order ? -1 : 1));
  const chosen = new Set(sorted.slice(0, Math.ceil(share * decided.length)).map(({ row }) => row));
  return decided.flatMap(({ row }) => (chosen.has(row) ? [row] : []));
}
