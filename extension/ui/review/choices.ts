import { ExpectedError } from '../../core/errors';
import type { PairCount, Review } from '../../core/review/review';
import type { Choice, Labelling } from '../../core/review/types';
import type { PageChoice } from '../../protocol/review';
import { positionsByRow } from './reviewList';

/** A page that was left open over night did not have its record looked at so long. Seconds. */
const mostSeconds = 3600;

/**
 * What a page's choice means for some records; `change` without a label is what the model suggests for each. Records that
 * the dataset has not, or for which nothing is suggested, are left out.
 *
 * @throws ExpectedError for labels that are no classes, and for suggestions that are hidden
 */
export function choicesFor(
  review: Review,
  rows: readonly number[],
  { decision, label }: PageChoice,
  hides: (row: number) => boolean,
): Choice[] {
  if (decision !== 'change') return rows.filter((row) => review.detail(row)).map((row) => ({ row, decision }));
  if (label) checkLabel(review, label);
  return rows.flatMap((row): Choice[] => {
    const detail = review.detail(row);
    if (!detail) return [];
    if (!label && hides(row)) {
      throw new ExpectedError('What the model suggests is hidden.', 'Choose a label, or switch blind mode off.');
    }
    const chosen = label ?? (detail.rank >= 0 ? detail.suggested : undefined);
    return chosen ? [{ row, decision, label: chosen }] : [];
  });
}

/** Seconds that a person looked at a record, as a page tells them. */
export function credible(seconds: number): number {
  return Math.min(seconds, mostSeconds);
}

/** Counts of those records that are candidates. */
export function pairsOf(review: Review, rows: readonly number[]): readonly PairCount[] {
  const positions = positionsByRow(review.candidates.rows);
  return review.pairs(Uint32Array.from(rows.map((row) => positions[row] ?? -1).filter((position) => position >= 0)));
}

function checkLabel({ found }: Review, label: Labelling): void {
  if (!found) return;
  const unknown = label.find((name) => !found.classes.includes(name));
  if (unknown !== undefined) {
    throw new ExpectedError(`“${unknown}” is none of the classes of this dataset.`, 'Choose one of its labels.');
  }
  if (!found.settings.multiLabel && label.length !== 1) {
    throw new ExpectedError('A record of this dataset has exactly one label.', 'Choose one of its labels.');
  }
}
