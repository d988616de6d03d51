import type { Review } from '../../core/review/review';
import { scoreBins } from '../../core/review/scoreBins';
import type { ReviewCharts } from '../../protocol/review';

/** A heat map of more classes than this is no small chart. */
const mostClasses = 50;

/** Figures behind the charts of a review, counted over all its candidates. */
export function reviewCharts(review: Review): ReviewCharts {
  const { rows, labelQuality } = review.candidates;
  const isPending = (position: number): boolean => review.statusOf(rows[position] ?? -1) === 'pending';
  return { scores: scoreBins(labelQuality, isPending), confusion: confusionOf(review) };
}

/** A labelling of one class has the index of that class. */
function confusionOf({ found, candidates }: Review): readonly (readonly number[])[] | null {
  const classes = found?.classes.length ?? 0;
  if (classes === 0 || classes > mostClasses || found?.settings.multiLabel) return null;
  const counts = Array.from({ length: classes }, () => Array.from({ length: classes }, () => 0));
  for (const [position, given] of candidates.given.entries()) {
    const [row, column] = [counts[given], candidates.suggested[position] ?? -1];
    if (row?.[column] !== undefined) row[column]++;
  }
  return counts;
}
