import { openTable } from '../../dataset/openTable';
import { textOf } from '../../dataset/readRecords';
import { planApply } from '../../review/apply/plan';
import { modelName } from '../../review/drafts';
import { lastSearch } from '../../review/engine/candidatesFile';
import { DecisionHistory } from '../../review/ledger/decisionHistory';
import { readLedgers } from '../../review/ledger/ledgerFile';
import { discardColumn, type DecisionEntry } from '../../review/types';
import type { CorrectionSummary } from '../staging/types';

type Pairs = CorrectionSummary['pairs'];

/**
 * What the review of a dataset came to, as its ledgers say. Reviewers who decided the same on one record count once.
 *
 * @param dataset absolute path
 * @returns undefined when nobody decided anything
 * @throws ExpectedError when the dataset or a ledger cannot be read; the reason of the signal
 */
export async function correctionSummary(dataset: string, signal?: AbortSignal): Promise<CorrectionSummary | undefined> {
  const { entries } = await readLedgers(dataset);
  const standing = new DecisionHistory(entries).standing().filter(({ decision }) => decision !== 'skip');
  if (standing.length === 0) return undefined;
  const once = [...new Map(standing.map((entry) => [verdictOf(entry), entry])).values()];
  const count = (kind: string): number => once.filter(({ decision }) => decision === kind).length;
  const found = await lastSearch(dataset);
  return {
    reviewers: [...new Set(standing.map(({ reviewer }) => reviewer))].sort(),
    candidates: found?.candidates.rows.length,
    decided: {
      keep: count('keep'),
      change: count('change'),
      ambiguous: count('ambiguous'),
      discard: count('discard'),
    },
    pairs: pairsOf(once),
    model: found ? modelName(found.settings.source) : standing.findLast(({ model }) => model !== undefined)?.model,
    unapplied: await unappliedOf(dataset, standing, signal),
  };
}

/** What the reviews of several datasets of one push came to. */
export function joinedSummary(summaries: readonly CorrectionSummary[]): CorrectionSummary | undefined {
  const [first, ...others] = summaries;
  if (!first || others.length === 0) return first;
  const sum = (of: (summary: CorrectionSummary) => number): number => summaries.reduce((n, each) => n + of(each), 0);
  const found = summaries.filter(({ candidates }) => candidates !== undefined);
  const models = [...new Set(summaries.flatMap(({ model }) => model ?? []))];
  return {
    reviewers: [...new Set(summaries.flatMap(({ reviewers }) => reviewers))].sort(),
    candidates: found.length === 0 ? undefined : sum(({ candidates = 0 }) => candidates),
    decided: {
      keep: sum(({ decided }) => decided.keep),
      change: sum(({ decided }) => decided.change),
      ambiguous: sum(({ decided }) => decided.ambiguous),
      discard: sum(({ decided }) => decided.discard),
    },
    pairs: mostFrequent(summaries.flatMap(({ pairs }) => pairs)),
    model: models.length === 0 ? undefined : models.join('; '),
    unapplied: sum(({ unapplied }) => unapplied),
  };
}

/** Tells what was decided on one record from all else. */
function verdictOf({ column, row, hash, decision, label = null }: DecisionEntry): string {
  return JSON.stringify([column, row, hash, decision, label]);
}

function pairsOf(decisions: readonly DecisionEntry[]): Pairs {
  return mostFrequent(
    decisions.flatMap(({ decision, given, label = null }) =>
      decision === 'change' ? [{ given: textOf(given), label: textOf(label), count: 1 }] : [],
    ),
  );
}

/** Equal pairs as one, in the order of their counts. */
function mostFrequent(pairs: Pairs): Pairs {
  const counted = new Map<string, Pairs[number]>();
  for (const pair of pairs) {
    const key = JSON.stringify([pair.given, pair.label]);
    counted.set(key, { ...pair, count: (counted.get(key)?.count ?? 0) + pair.count });
  }
  return [...counted.values()].sort((a, b) => b.count - a.count);
}

/** Decisions that applying now would carry out; those that it would leave out, too, wait for a person. */
async function unappliedOf(
  dataset: string,
  entries: readonly DecisionEntry[],
  signal: AbortSignal | undefined,
): Promise<number> {
  const { columns } = await openTable(dataset);
  const discard = columns.includes(discardColumn) ? 'column' : 'remove';
  const { changes, discards } = await planApply({ dataset, entries, discard }, signal && { signal });
  return changes + discards;
}
