import type { ReviewView } from '../../extension/protocol/review';
import type { Review } from './review';
import { strings } from './strings';

interface ConfusionProps {
  readonly review: Review;
  readonly view: ReviewView;
  /** K × K candidates, row = given. */
  readonly confusion: readonly (readonly number[])[];
}

/** Labels that have room; those with most candidates are shown. */
const shownClasses = 12;

/** How many candidates are given one label and suggested another; a press shows them alone. */
export function Confusion({ review, view, confusion }: ConfusionProps) {
  const { classes, filter } = view;
  const shown = busiest(confusion, shownClasses);
  const most = Math.max(1, ...shown.flatMap((given) => shown.map((suggested) => confusion[given]?.[suggested] ?? 0)));
  const choose = (given: string, suggested: string): void => {
    const isOn = filter.given === given && filter.suggested === suggested;
    const pair = isOn ? { given: null, suggested: null } : { given, suggested };
    void review.setFilter({ ...filter, ...pair });
  };
  return (
    <section class="chart" aria-labelledby="confusion-heading">
      <h3 id="confusion-heading">{strings.confusion}</h3>
      <p class="chart-key">
        {strings.confusionHelp}
        {shown.length < classes.length && ` ${strings.confusionTop(shown.length, classes.length)}`}
      </p>
      <div class="confusion">
        <table>
          <caption class="visually-hidden">{strings.confusion}</caption>
          <thead>
            <tr>
              <td />
              {shown.map((index) => (
                <th key={index} scope="col" dir="auto" title={classes[index]}>
                  <span>{classes[index]}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((row) => (
              <tr key={row}>
                <th scope="row" dir="auto" title={classes[row]}>
                  <span>{classes[row]}</span>
                </th>
                {shown.map((column) => (
                  <td key={column}>
                    <Cell
                      given={classes[row] ?? ''}
                      suggested={classes[column] ?? ''}
                      count={confusion[row]?.[column] ?? 0}
                      most={most}
                      filter={filter}
                      onChoose={choose}
                    />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

interface CellProps {
  readonly given: string;
  readonly suggested: string;
  readonly count: number;
  readonly most: number;
  readonly filter: ReviewView['filter'];
  readonly onChoose: (given: string, suggested: string) => void;
}

function Cell({ given, suggested, count, most, filter, onChoose }: CellProps) {
  if (count === 0) return <span class="confusion-none">0</span>;
  return (
    <button
      type="button"
      class="confusion-cell"
      style={{ '--strength': `${Math.round(8 + (20 * count) / most)}%` }}
      aria-pressed={filter.given === given && filter.suggested === suggested}
      aria-label={strings.confusionCell(given, suggested, count)}
      title={strings.confusionCell(given, suggested, count)}
      onClick={() => onChoose(given, suggested)}
    >
      {strings.number(count)}
    </button>
  );
}

/** The classes with most candidates on either side, in their own order. */
function busiest(confusion: readonly (readonly number[])[], most: number): readonly number[] {
  const sums = confusion.map((row, index) => ({
    index,
    sum: row.reduce((sum, count, column) => sum + count + (confusion[column]?.[index] ?? 0), 0),
  }));
  const chosen = sums.sort((one, other) => other.sum - one.sum).slice(0, most);
  return chosen.map(({ index }) => index).sort((one, other) => one - other);
}
