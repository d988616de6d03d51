import type { ReviewView } from '../../extension/protocol/review';
import { scoreText } from './shares';
import type { Shown } from './state';
import { strings } from './strings';

interface ScoresProps {
  readonly shown: Shown;
  readonly view: ReviewView;
}

/** The figures by which the record is a candidate. */
export function Scores({ shown: { record }, view }: ScoresProps) {
  const { labelQuality, normalizedMargin, selfConfidence, rank, labelErrorCandidate } = record;
  const rows = [
    [strings.labelQuality, scoreText(labelQuality)],
    [strings.margin, scoreText(normalizedMargin)],
    [strings.selfConfidence, scoreText(selfConfidence)],
    [strings.rank, rank === null ? strings.noCandidate : strings.rankOf(rank, view.counts.candidates)],
    [strings.candidateRank, labelErrorCandidate === null ? strings.none : strings.number(labelErrorCandidate)],
  ] as const;
  return (
    <section aria-labelledby="scores-heading">
      <h3 id="scores-heading">{strings.scores}</h3>
      <dl class="figures-list">
        {rows.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
