import { formatPercent } from '../ui/outputs/number';
import { labelText } from './labels';
import type { Review } from './review';
import type { Shown } from './state';
import { StatusMark } from './StatusMark';
import { strings } from './strings';

interface SimilarProps {
  readonly review: Review;
  readonly shown: Shown;
}

/** The records most like this one that carry another label: a press shows one, where it can be decided as well. */
export function Similar({ review, shown: { similar } }: SimilarProps) {
  if (!similar || similar.length === 0) return null;
  return (
    <section class="similar" aria-labelledby="similar-heading">
      <h3 id="similar-heading">{strings.similar}</h3>
      <ul>
        {similar.map(({ row, text, labels, similarity, status }) => (
          <li key={row}>
            <button
              type="button"
              class="similar-record"
              title={strings.openSimilar(row)}
              onClick={() => void review.walk.openSimilar(row)}
            >
              <span class="similar-label" dir="auto">
                {labelText(labels)}
              </span>
              <span class="similar-text" dir="auto">
                {text}
              </span>
              <span class="similar-notes">
                {strings.similarity(formatPercent(similarity))}
                {status !== 'pending' && <StatusMark status={status} />}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
