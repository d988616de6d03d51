import { useState } from 'preact/hooks';
import type { ReviewView } from '../../extension/protocol/review';
import { Field } from '../ui/Field';
import { Notice } from '../ui/Notice';
import { NumberField } from '../ui/NumberField';
import { estimateTexts, stopText } from './precision';
import type { Review } from './review';
import { strings } from './strings';

interface EstimateProps {
  readonly review: Review;
  readonly view: ReviewView;
}

/** What the decisions so far say about the rest, and when it may be time to stop. */
export function Estimate({ review, view }: EstimateProps) {
  const stop = stopText(view);
  return (
    <section class="estimate" aria-labelledby="estimate-heading">
      <h3 id="estimate-heading">{strings.estimate}</h3>
      {estimateTexts(view.estimate).map((text) => (
        <p key={text}>{text}</p>
      ))}
      {stop && (
        <Notice severity="info">
          <p>{stop}</p>
        </Notice>
      )}
      <StopAt review={review} stopAt={view.stopAt} />
    </section>
  );
}

function StopAt({ review, stopAt }: { readonly review: Review; readonly stopAt: number }) {
  const [problem, setProblem] = useState('');
  const change = (percent: number | null): void => {
    const isShare = percent !== null && percent >= 0 && percent <= 100;
    setProblem(isShare ? '' : strings.notOfHundred);
    if (isShare) review.change(review.host.setStopAt(percent / 100));
  };
  return (
    <Field id="stop-at" label={strings.stopAt} problem={problem}>
      {(wiring) => (
        <NumberField
          {...wiring}
          minimum={0}
          maximum={100}
          step={1}
          value={Math.round(1000 * stopAt) / 10}
          onChange={change}
          onProblem={setProblem}
        />
      )}
    </Field>
  );
}
