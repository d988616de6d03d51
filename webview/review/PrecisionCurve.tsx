import type { ReviewView } from '../../extension/protocol/review';
import { formatPercent } from '../ui/outputs/number';
import { Numbers } from './Numbers';
import { strings } from './strings';

/** Units of the drawing. */
const width = 320;
const height = 72;
/** Lines of the table. */
const listed = 50;

/** Share of errors among the decided candidates, by rank, and where the person wants to stop. */
export function PrecisionCurve({ view: { estimate, stopAt } }: { readonly view: ReviewView }) {
  const { curve } = estimate;
  const lastRank = Math.max(1, curve.at(-1)?.rank ?? 1);
  const y = (share: number): number => height - share * height;
  const points = curve.map(({ rank, precision }) => `${(rank / lastRank) * width},${y(precision)}`).join(' ');
  const last = formatPercent(curve.at(-1)?.precision ?? 0);
  const step = Math.ceil(curve.length / listed);
  return (
    <section class="chart" aria-labelledby="curve-heading">
      <h3 id="curve-heading">{strings.curve}</h3>
      <svg viewBox={`0 -4 ${width} ${height + 20}`} role="img" aria-label={strings.curveSaid(last)}>
        <line class="axis" x1={0} x2={width} y1={height} y2={height} />
        <line class="stop" x1={0} x2={width} y1={y(stopAt)} y2={y(stopAt)} />
        <polyline class="curve" points={points} />
        <text x={0} y={height + 13}>
          1
        </text>
        <text x={width} y={height + 13} text-anchor="end">
          {strings.number(lastRank + 1)}
        </text>
      </svg>
      <p class="chart-key">{strings.curveKey}</p>
      <Numbers
        caption={strings.curve}
        columns={[strings.rank, strings.precisionColumn]}
        rows={curve
          .filter((_, index) => index % step === 0 || index === curve.length - 1)
          .map(({ rank, precision }) => [strings.number(rank + 1), formatPercent(precision)])}
      />
    </section>
  );
}
