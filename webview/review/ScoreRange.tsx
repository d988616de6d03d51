import { useState } from 'preact/hooks';
import type { ReviewFilter } from '../../extension/protocol/review';
import { NumberField } from '../ui/NumberField';
import { strings } from './strings';

type Scores = ReviewFilter['scores'];

interface ScoreRangeProps {
  readonly scores: Scores;
  readonly onChange: (scores: Scores) => void;
}

/** Two bounds of the label quality score; an empty one does not restrict. */
export function ScoreRange({ scores, onChange }: ScoreRangeProps) {
  const [problem, setProblem] = useState('');
  const [low, high] = scores ?? [0, 1];
  const set = (from: number | null, to: number | null): void => {
    setProblem('');
    const [least, most] = [from ?? 0, to ?? 1];
    onChange(least <= 0 && most >= 1 ? null : [least, most]);
  };
  const field = (id: string, label: string, value: number | null, change: (value: number | null) => void) => (
    <>
      <span class="visually-hidden" id={`${id}-label`}>
        {label}
      </span>
      <NumberField
        id={id}
        labelId={`${id}-label`}
        labelledBy={`${id}-label`}
        describedBy={problem ? 'score-problem' : undefined}
        invalid={problem !== ''}
        disabled={false}
        minimum={0}
        maximum={1}
        step={0.05}
        value={value}
        onChange={change}
        onProblem={setProblem}
      />
    </>
  );
  return (
    <div class="score-range" title={problem || strings.labelQuality}>
      <span aria-hidden="true">{strings.scoreFrom}</span>
      {field('score-from', strings.scoreFrom, scores && low > 0 ? low : null, (value) => set(value, high))}
      <span aria-hidden="true">{strings.scoreTo}</span>
      {field('score-to', strings.scoreToLong, scores && high < 1 ? high : null, (value) => set(low, value))}
      <span class="visually-hidden" id="score-problem" role="status">
        {problem}
      </span>
    </div>
  );
}
