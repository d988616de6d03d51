import type { Log } from '../log';
import { openTable } from '../dataset/openTable';
import { noCandidates } from './candidateList';
import type { ReviewEngine } from './engine/types';
import type { Review } from './review';

export interface DatasetReviewOptions {
  /** Absolute. */
  readonly dataset: string;
  readonly reviewer: string;
  readonly log: Log;
  readonly createEngine: () => ReviewEngine;
}

/**
 * Opens the review of a dataset as its files have it.
 *
 * @throws ExpectedError when the dataset or its ledgers cannot be read
 */
export async function openDatasetReview({ dataset, reviewer }: DatasetReviewOptions): Promise<Review> {
  const table = await openTable(dataset);
  const later = (): never => {
    throw new Error('This part of the review is being built.');
  };
  return {
    dataset,
    reviewer,
    found: undefined,
    candidates: noCandidates,
    counts: { candidates: 0, unapplied: 0, pending: 0, keep: 0, change: 0, ambiguous: 0, discard: 0, skip: 0 },
    finding: undefined,
    stale: false,
    live: false,
    frozen: false,
    held: undefined,
    canUndo: false,
    canRedo: false,
    subscribe: () => () => undefined,
    find: later,
    select: () => Promise.resolve(new Uint32Array()),
    pairs: () => [],
    detail: () => undefined,
    statusOf: () => 'pending',
    records: later,
    columns: table.columns,
    decide: later,
    note: later,
    propose: later,
    undo: () => Promise.resolve([]),
    redo: () => Promise.resolve([]),
    probabilities: () => Promise.resolve(null),
    reason: () => Promise.resolve(null),
    similar: () => Promise.resolve([]),
    estimate: () => ({ decided: 0, errors: 0, precision: null, remaining: null, secondsPerItem: null, curve: [] }),
    standings: () => [],
    reload: () => Promise.resolve(),
    dispose: () => Promise.resolve(),
  };
}
