import { byCodePoint } from '../../labels/tokens';
import type { DecisionEntry, Labelling } from '../types';
import type { LabelCodec } from './labelCodec';
import type { LocatedDecision } from './locateRecords';

/** What one reviewer says of one record in the end. */
export interface Rating {
  readonly reviewer: string;
  /** Number of the record, from 0. */
  readonly row: number;
  /** Equal for equal verdicts only. */
  readonly verdict: string;
  /** The verdict for people: names of the classes, `(ambiguous)`, `(discard)` or `(no label)`. */
  readonly name: string;
  readonly entry: DecisionEntry;
}

/** All that was said of one record. */
export interface RatedRecord {
  readonly row: number;
  /** One a reviewer, in the order of the reviewers. */
  readonly ratings: readonly Rating[];
}

/** Two reviewers on the records that both decided. */
export interface PairAgreement {
  readonly first: string;
  readonly second: string;
  /** Decided by both. */
  readonly records: number;
  readonly agreed: number;
  /** 0 to 1; null without records. */
  readonly share: number | null;
  /** Cohen's kappa; null without records, and when all verdicts are one. */
  readonly kappa: number | null;
  /** Names of the verdicts, in the order of the confusion matrix. */
  readonly verdicts: readonly string[];
  /** Records; row = verdict of the first, column = of the second. */
  readonly confusion: readonly (readonly number[])[];
  /** Decided by one of them alone. */
  readonly onlyFirst: number;
  readonly onlySecond: number;
}

export interface Agreement {
  readonly reviewers: readonly string[];
  /** Every two reviewers. */
  readonly pairs: readonly PairAgreement[];
  /** Records on which reviewers differ, ascending. */
  readonly conflicts: readonly RatedRecord[];
  /** Records that some of the reviewers have not decided, ascending. */
  readonly undecided: readonly RatedRecord[];
}

/**
 * What is compared of decisions: the label that the record would have, given ones when they are kept and new ones when they
 * are changed. Ambiguous and discarded records are verdicts of their own; a record that was skipped has none.
 */
export function ratingsOf(located: readonly LocatedDecision[], codec: Pick<LabelCodec, 'names'>): Rating[] {
  return located.flatMap(({ entry, row }) => {
    const verdict = verdictOf(entry, codec);
    return verdict ? [{ reviewer: entry.reviewer, row, ...verdict, entry }] : [];
  });
}

function verdictOf(
  { decision, given, label = null }: DecisionEntry,
  codec: Pick<LabelCodec, 'names'>,
): Pick<Rating, 'verdict' | 'name'> | undefined {
  switch (decision) {
    case 'skip':
      return undefined;
    case 'ambiguous':
    case 'discard':
      return { verdict: decision, name: `(${decision})` };
    case 'keep':
      return labelVerdict(codec.names(given));
    case 'change':
      return labelVerdict(codec.names(label));
  }
}

function labelVerdict(labelling: Labelling | null): Pick<Rating, 'verdict' | 'name'> {
  const names = [...(labelling ?? [])].sort(byCodePoint);
  return { verdict: JSON.stringify(names), name: names.join(', ') || '(no label)' };
}

/** @param reviewers at least two */
export function agreementOf(ratings: readonly Rating[], reviewers: readonly string[]): Agreement {
  const records = recordsOf(ratings, reviewers);
  return {
    reviewers,
    pairs: reviewers.flatMap((first, at) =>
      reviewers.slice(at + 1).map((second) => pairAgreement(records, first, second)),
    ),
    conflicts: conflictsAmong(records, reviewers),
    undecided: records.filter(({ ratings: own }) => own.length < reviewers.length),
  };
}

/** Those records on which some of these reviewers differ. */
export function conflictsAmong(records: readonly RatedRecord[], reviewers: readonly string[]): RatedRecord[] {
  return records.filter(({ ratings }) => {
    const verdicts = ratings.filter(({ reviewer }) => reviewers.includes(reviewer)).map(({ verdict }) => verdict);
    return new Set(verdicts).size > 1;
  });
}

function recordsOf(ratings: readonly Rating[], reviewers: readonly string[]): RatedRecord[] {
  const rows = new Map<number, Map<string, Rating>>();
  for (const rating of ratings)
    rows.set(rating.row, (rows.get(rating.row) ?? new Map<string, Rating>()).set(rating.reviewer, rating));
  return [...rows]
    .map(([row, own]) => ({ row, ratings: reviewers.flatMap((reviewer) => own.get(reviewer) ?? []) }))
    .filter((record) => record.ratings.length > 0)
    .sort((a, b) => a.row - b.row);
}

function pairAgreement(records: readonly RatedRecord[], first: string, second: string): PairAgreement {
  const names = new Map<string, string>();
  const both: (readonly [Rating, Rating])[] = [];
  let [onlyFirst, onlySecond] = [0, 0];
  for (const { ratings } of records) {
    const one = ratings.find(({ reviewer }) => reviewer === first);
    const other = ratings.find(({ reviewer }) => reviewer === second);
    if (one && other) both.push([one, other]);
    else if (one) onlyFirst++;
    else if (other) onlySecond++;
  }
  for (const { verdict, name } of both.flat()) names.set(verdict, name);
  const sorted = [...names].sort(([a], [b]) => byCodePoint(a, b));
  const indices = new Map(sorted.map(([verdict], index) => [verdict, index]));
  const confusion = sorted.map(() => sorted.map(() => 0));
  for (const [one, other] of both) {
    const [row, column] = [confusion[indices.get(one.verdict) ?? -1], indices.get(other.verdict) ?? -1];
    if (row) row[column] = (row[column] ?? 0) + 1;
  }
  const agreed = both.filter(([one, other]) => one.verdict === other.verdict).length;
  return {
    first,
    second,
    records: both.length,
    agreed,
    share: both.length > 0 ? agreed / both.length : null,
    kappa: cohenKappa(confusion),
    verdicts: sorted.map(([, name]) => name),
    confusion,
    onlyFirst,
    onlySecond,
  };
}

/**
 * Cohen's kappa, as scikit-learn's `cohen_kappa_score` computes it: how much less two differ than they would by chance.
 *
 * @param confusion square; counts
 * @returns null when chance alone would make them agree on everything
 */
export function cohenKappa(confusion: readonly (readonly number[])[]): number | null {
  const rows = confusion.map(sum);
  const columns = confusion.map((_, column) => sum(confusion.map((row) => row[column] ?? 0)));
  const total = sum(rows);
  const observed = total - sum(confusion.map((row, index) => row[index] ?? 0));
  const expected = sum(rows.map((count, index) => (count * (total - (columns[index] ?? 0))) / total));
  return expected > 0 ? 1 - observed / expected : null;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
