import type { Review } from '../../core/review/review';
import type { ReviewCharts } from '../../protocol/review';

const bins = 20;
/** A heat map of more classes than this is no small chart. */
const mostClasses = 50;

/** Figures behind the charts of a review, counted over all its candidates. */
export function reviewCharts(review: Review): ReviewCharts {
  const { rows, labelQuality } = review.candidates;
  const scores = Array.from({ length: bins }, () => ({ candidates: 0, pending: 0 }));
  for (const [position, row] of rows.entries()) {
    const quality = labelQuality[position] ?? 0;
    const bin = scores[Math.min(bins - 1, Math.floor(quality * bins))];
    if (!bin) continue;
    bin.candidates++;
    if (review.statusOf(row) === 'pending') bin.pending++;
  }
  return { scores, confusion: confusionOf(review) };
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
