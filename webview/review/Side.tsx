import { Estimate } from './Estimate';
import { Figures } from './Figures';
import { LabelBars } from './LabelBars';
import type { RecordProps } from './RecordView';
import { Scores } from './Scores';

/** Beside the record: its labels and scores, then how the review goes. */
export function Side({ review, state, view, shown, narrow }: RecordProps) {
  return (
    <aside class="review-side">
      {!narrow && <LabelBars review={review} view={view} shown={shown} />}
      <Scores shown={shown} view={view} />
      <Estimate review={review} view={view} />
      {state.figures && <Figures review={review} view={view} charts={state.charts} record={shown.record} />}
    </aside>
  );
}
