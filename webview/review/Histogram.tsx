import type { ReviewCharts } from '../../extension/protocol/review';
import { Numbers } from './Numbers';
import { scoreText } from './shares';
import { strings } from './strings';

interface HistogramProps {
  readonly bins: ReviewCharts['scores'];
  /** Label quality score of the record that is shown. */
  readonly score: number | null;
}

/** Edges that are named below the bars, the last one aside. */
const mostTicks = 5;
/** Units of the drawing. */
const width = 320;
const height = 72;

/** How many candidates have which score, and where the shown record is among them. */
export function Histogram({ bins, score }: HistogramProps) {
  const most = Math.max(1, ...bins.map(({ candidates }) => candidates));
  const step = width / Math.max(1, bins.length);
  const bar = (count: number, index: number) => {
    const tall = (count / most) * (height - 4);
    return { x: index * step + 0.5, y: height - tall, width: Math.max(1, step - 1), height: tall };
  };
  const here = placeOf(bins, score ?? 0) * step;
  const ticks = Math.ceil(bins.length / mostTicks);
  return (
    <section class="chart" aria-labelledby="histogram-heading">
      <h3 id="histogram-heading">{strings.histogram}</h3>
      <svg
        viewBox={`0 0 ${width} ${height + 16}`}
        role="img"
        aria-label={strings.histogramSaid(score === null ? null : scoreText(score))}
      >
        {bins.map(({ from, to, candidates, pending }, index) => (
          <g key={index}>
            <title>{`${edgeText(from)}–${edgeText(to)}: ${strings.number(candidates)}`}</title>
            <rect class="bar-all" {...bar(candidates, index)} />
            <rect class="bar-pending" {...bar(pending, index)} />
          </g>
        ))}
        <line class="axis" x1={0} x2={width} y1={height} y2={height} />
        {score !== null && <line class="here" x1={here} x2={here} y1={0} y2={height} />}
        {bins.map(({ from }, index) =>
          index % ticks === 0 ? (
            <text key={index} x={index * step} y={height + 13} text-anchor={index === 0 ? 'start' : 'middle'}>
              {edgeText(from)}
            </text>
          ) : null,
        )}
        <text x={width} y={height + 13} text-anchor="end">
          1
        </text>
      </svg>
      <p class="chart-key">{strings.histogramKey}</p>
      <Numbers
        caption={strings.histogram}
        columns={[strings.scoreRange, strings.candidatesColumn, strings.pendingColumn]}
        rows={bins.map(({ from, to, candidates, pending }) => [
          `${edgeText(from)}–${edgeText(to)}`,
          strings.number(candidates),
          strings.number(pending),
        ])}
      />
    </section>
  );
}

/** Where a score is among bins that are drawn equally wide. */
function placeOf(bins: HistogramProps['bins'], score: number): number {
  const index = bins.findIndex(({ to }) => score < to);
  const bin = bins[index];
  return bin ? index + (score - bin.from) / (bin.to - bin.from) : bins.length;
}

function edgeText(score: number): string {
  return score > 0 && score < 0.001 ? score.toExponential() : String(score);
}
