import type { ReviewCharts, ReviewRecord, ReviewView } from '../../extension/protocol/review';
import { formatPercent } from '../ui/outputs/number';
import { Confusion } from './Confusion';
import { Histogram } from './Histogram';
import { PrecisionCurve } from './PrecisionCurve';
import type { Review } from './review';
import { strings } from './strings';

interface FiguresProps {
  readonly review: Review;
  readonly view: ReviewView;
  readonly charts: ReviewCharts | null;
  /** Null in the table. */
  readonly record: ReviewRecord | null;
}

/** Small charts, each with its numbers, and what was searched how. */
export function Figures({ review, view, charts, record }: FiguresProps) {
  return (
    <>
      {charts && <Histogram bins={charts.scores} score={record?.labelQuality ?? null} />}
      {charts?.confusion && <Confusion review={review} view={view} confusion={charts.confusion} />}
      {view.estimate.curve.length > 1 && <PrecisionCurve view={view} />}
      <About view={view} />
    </>
  );
}

function About({ view }: { readonly view: ReviewView }) {
  const names = strings.aboutRows;
  const { candidates } = view.counts;
  const share = formatPercent(candidates / Math.max(1, view.records));
  const rows = [
    ...(view.textColumn === null ? [] : [[names.textColumn, view.textColumn] as const]),
    [names.labelColumn, view.labelColumn],
    [names.model, view.model],
    [names.records, strings.number(view.records)],
    [names.candidates, strings.candidatesOf(candidates, share)],
    [names.accuracy, formatPercent(view.accuracy)],
    [names.health, formatPercent(view.healthScore)],
    [names.reviewer, view.reviewer],
  ] as const;
  return (
    <section aria-labelledby="about-heading">
      <h3 id="about-heading">{strings.about}</h3>
      <dl class="figures-list">
        {rows.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd dir="auto">{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
