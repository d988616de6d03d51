import { ExpectedError } from '../../core/errors';
import type { PrecisionEstimate } from '../../core/review/precision';
import type { FoundSummary, Review } from '../../core/review/review';
import type { ReviewView } from '../../protocol/review';

/** Pairs of labels that one answer holds at most. */
export const mostPairs = 1000;
const mostCurvePoints = 400;

/** What the panel knows and the review does not. */
export type OfPanel = Pick<
  ReviewView,
  'dataset' | 'filter' | 'matched' | 'position' | 'blind' | 'stopAt' | 'secondOpinion' | 'version' | 'restore'
>;

/**
 * What a page draws around the record.
 *
 * @throws ExpectedError when nothing was found yet
 */
export function reviewView(review: Review, ofPanel: OfPanel): ReviewView {
  const { found } = review;
  if (!found) {
    throw new ExpectedError('No label errors were looked for in this dataset yet.', 'Run “Find Label Errors” on it.');
  }
  const { settings, classes, records, accuracy, healthScore } = found;
  const everyCandidate = Uint32Array.from(review.candidates.rows.keys());
  return {
    ...ofPanel,
    textColumn: settings.text,
    labelColumn: settings.label,
    classes,
    multiLabel: settings.multiLabel,
    reviewer: review.reviewer,
    model: modelOf(found),
    records,
    accuracy,
    healthScore,
    counts: review.counts,
    pairs: review.pairs(everyCandidate).slice(0, mostPairs),
    live: review.live,
    frozen: review.frozen,
    estimate: thinned(review.estimate()),
    stale: review.stale,
    canUndo: review.canUndo,
    canRedo: review.canRedo,
  };
}

function modelOf({ settings: { source } }: FoundSummary): string {
  switch (source.kind) {
    case 'built-in':
      return `built-in, ${source.folds} folds`;
    case 'file':
      return source.path;
    case 'columns':
      return source.columns.join(', ');
    case 'model':
      return `${source.fn}, ${source.folds} folds`;
  }
}

/** A curve of thousands of decisions is drawn by some of its points. */
function thinned(estimate: PrecisionEstimate): PrecisionEstimate {
  const { curve } = estimate;
  const step = Math.ceil(curve.length / mostCurvePoints);
  if (step <= 1) return estimate;
  return { ...estimate, curve: curve.filter((_, index) => index % step === 0 || index === curve.length - 1) };
}
