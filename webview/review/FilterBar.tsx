import type { CandidateSort, CandidateStatus } from '../../extension/core/review/types';
import type { ReviewFilter, ReviewView } from '../../extension/protocol/review';
import { LinkButton } from '../ui/Button';
import { FilterField } from '../ui/FilterField';
import { filterName, labelText } from './labels';
import { isEverything, type Review } from './review';
import { ScoreRange } from './ScoreRange';
import { strings } from './strings';

/** Pairs of the list; the table of the figures has the others. */
const listedPairs = 100;

interface FilterBarProps {
  readonly review: Review;
  readonly view: ReviewView;
  readonly filtering: boolean;
}

/** Which candidates are in the list and in which order, and the way back to all of them. */
export function FilterBar({ review, view, filtering }: FilterBarProps) {
  const { filter, matched, counts } = view;
  const set = (change: Partial<ReviewFilter>): void => void review.setFilter({ ...filter, ...change });
  const isWhole = isEverything(filter);
  return (
    <div class={isWhole ? 'filter-bar' : 'filter-bar on'} role="group" aria-label={strings.filters}>
      <PairSelect view={view} onChange={set} />
      <Choice
        label={strings.status}
        value={filter.status ?? ''}
        choices={[['', strings.anyStatus], ...Object.entries(strings.statuses)]}
        onChange={(status) => set({ status: status === '' ? null : (status as CandidateStatus) })}
      />
      <ScoreRange scores={filter.scores} onChange={(scores) => set({ scores })} />
      <FilterField label={strings.search} value={filter.text} onChange={(text) => set({ text })} />
      <Choice
        label={strings.sort}
        value={filter.sort}
        choices={Object.entries(strings.sorts)}
        onChange={(sort) => set({ sort: sort as CandidateSort })}
      />
      {!isWhole && (
        <p class="filter-count">
          {filter.only && `${filter.only.name} · `}
          {filtering ? strings.searching : strings.matched(matched, counts.candidates)} ·{' '}
          <LinkButton caption={strings.clearFilter} onClick={() => void review.clearFilter()} />
        </p>
      )}
    </div>
  );
}

interface PairSelectProps {
  readonly view: ReviewView;
  readonly onChange: (pair: Pick<ReviewFilter, 'given' | 'suggested'>) => void;
}

function PairSelect({ view: { pairs, filter }, onChange }: PairSelectProps) {
  const { given, suggested } = filter;
  const listed = pairs.slice(0, listedPairs).map((pair) => {
    const caption = strings.pairChoice(labelText(pair.given), labelText(pair.suggested), pair.candidates);
    return { given: filterName(pair.given), suggested: filterName(pair.suggested), caption };
  });
  const isListed = listed.some((pair) => pair.given === given && pair.suggested === suggested);
  const isOther = !isListed && (given !== null || suggested !== null);
  // A filter that was set elsewhere may be no pair of the list.
  const others = isOther
    ? [{ given, suggested, caption: strings.pairOf(given ?? strings.anyLabel, suggested ?? strings.anyLabel) }]
    : [];
  const options = [{ given: null, suggested: null, caption: strings.allPairs }, ...others, ...listed];
  const chosen = options.findIndex((pair) => pair.given === given && pair.suggested === suggested);
  return (
    <Choice
      label={strings.pair}
      value={String(chosen)}
      choices={options.map(({ caption }, index) => [String(index), caption])}
      onChange={(index) => {
        const pair = options[Number(index)];
        if (pair) onChange({ given: pair.given, suggested: pair.suggested });
      }}
    />
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly value: string;
  readonly choices: readonly (readonly [value: string, caption: string])[];
  readonly onChange: (value: string) => void;
}

function Choice({ label, value, choices, onChange }: ChoiceProps) {
  return (
    <select
      class="text-input select-input"
      aria-label={label}
      title={label}
      value={value}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
    >
      {choices.map(([choice, caption]) => (
        <option key={choice} value={choice}>
          {caption}
        </option>
      ))}
    </select>
  );
}
