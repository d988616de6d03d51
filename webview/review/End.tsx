import type { ReviewView } from '../../extension/protocol/review';
import { Button } from '../ui/Button';
import { isEverything, type Review } from './review';
import { strings } from './strings';

interface EndProps {
  readonly review: Review;
  readonly view: ReviewView;
}

/** Nothing is left to decide in the list: what to do next. */
export function End({ review, view }: EndProps) {
  const { pending, skip, candidates, unapplied } = view.counts;
  const left = pending + skip;
  const whole = isEverything(view.filter);
  return (
    <div class="review-empty">
      <h2>{left === 0 ? strings.allDecided(candidates) : whole ? strings.endReached(left) : strings.matchedDecided}</h2>
      {left === 0 && <p>{unapplied > 0 ? strings.applyNext(unapplied) : strings.allApplied}</p>}
      <div class="buttons">
        {unapplied > 0 && (
          <Button
            primary={left === 0}
            caption={strings.apply(unapplied)}
            onClick={() => review.store.aside(review.host.apply())}
          />
        )}
        {left > 0 && whole && (
          <Button primary caption={strings.reviewPending} onClick={() => void review.walk.restart()} />
        )}
        {!whole && <Button caption={strings.clearFilter} onClick={() => void review.clearFilter()} />}
        <Button caption={strings.showLast} onClick={() => void review.walk.move(0)} />
      </div>
    </div>
  );
}
