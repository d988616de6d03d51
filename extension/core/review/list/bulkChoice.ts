import type { Review } from '../review';
import type { Choice, DecisionKind, Labelling } from '../types';

/** What a person wants to be done with some records. */
export interface BulkDecision {
  readonly decision: DecisionKind;
  /** With `change`; null for what is suggested for each record. */
  readonly label: Labelling | null;
}

/** How many records of one given label get one outcome. */
export interface BulkPair {
  readonly given: Labelling;
  /** The new label; null when the label stays as it is. */
  readonly label: Labelling | null;
  readonly count: number;
}

/** A decision on several records, before it is made. */
export interface BulkChoice {
  readonly choices: readonly Choice[];
  /** Most records first. */
  readonly pairs: readonly BulkPair[];
  /** Of the records, how many are decided already; those decisions no longer count then. */
  readonly decided: number;
  /** Records that are left out, since nothing is suggested for them. */
  readonly leftOut: number;
  /** Records that are left out, since they changed after the candidates were found. */
  readonly changed: number;
}

/** Plans a decision on several records without making it. A change to the given label is that it is kept. */
export function planBulkChoice(
  review: Pick<Review, 'detail'>,
  rows: Iterable<number>,
  { decision, label }: BulkDecision,
): BulkChoice {
  const choices: Choice[] = [];
  const pairs = new Map<string, BulkPair>();
  let [decided, leftOut, changed] = [0, 0, 0];
  for (const row of rows) {
    const detail = review.detail(row);
    const isLeftOut = !detail || (decision === 'change' && label === null && detail.rank < 0);
    if (isLeftOut) {
      leftOut++;
      continue;
    }
    if (detail.stale) {
      changed++;
      continue;
    }
    const wanted = decision === 'change' ? (label ?? detail.suggested) : null;
    const isChange = wanted !== null && !isSame(wanted, detail.given);
    const target = isChange ? wanted : null;
    if (isChange) choices.push({ row, decision, label: wanted });
    else choices.push({ row, decision: decision === 'change' ? 'keep' : decision });
    if (detail.status !== 'pending' && detail.status !== 'skip') decided++;
    const key = JSON.stringify([detail.given, target]);
    pairs.set(key, { given: detail.given, label: target, count: (pairs.get(key)?.count ?? 0) + 1 });
  }
  return { choices, pairs: [...pairs.values()].sort((a, b) => b.count - a.count), decided, leftOut, changed };
}

/** The order of several labels says nothing. */
function isSame(one: Labelling, other: Labelling): boolean {
  return one.length === other.length && one.every((name) => other.includes(name));
}
