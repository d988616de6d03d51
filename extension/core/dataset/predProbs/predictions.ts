import { FunctionError } from '../../demo/runners/functionError';
import { ExpectedError } from '../../errors';
import { isProbability } from '../../labels/checkLabels';
import { probabilityRow, type ProbabilityRow } from './probabilityRow';

/** What a model was asked for. */
export interface Asked {
  /** How many texts. */
  readonly count: number;
  /** Row of the first one in the dataset. */
  readonly from: number;
  /** Whether rows may be divided by their sums, so that values above 1 are no mistake. */
  readonly isNormalized: boolean;
  /** What messages call the model: "model.py:predict". */
  readonly source: string;
}

/**
 * A model's answer as rows.
 *
 * @throws FunctionError when there is not one row of probabilities for each text
 */
export function readPredictions(answer: unknown, asked: Asked): ProbabilityRow[] {
  const { count, from, source } = asked;
  const place = `for ${rowsFrom(from, count)}`;
  if (!Array.isArray(answer))
    throw new FunctionError(`${source} returned no list ${place}.`, 'Return one row of probabilities for each text.');
  const items: readonly unknown[] = answer;
  if (items.length !== count) {
    throw new FunctionError(
      `${source} returned a list of ${items.length} for ${count} texts, ${place}.`,
      'Return one row of probabilities for each text.',
    );
  }
  return items.map((item, index) => checkedRow(item, `Row ${from + index} of ${source}`, asked));
}

/** "rows 64 to 127", for messages. */
export function rowsFrom(from: number, count: number): string {
  return count === 1 ? `row ${from}` : `rows ${from} to ${from + count - 1}`;
}

function checkedRow(item: unknown, what: string, { isNormalized }: Asked): ProbabilityRow {
  const row = asFunctionError(() => probabilityRow(item, what));
  const isRight = (value: number): boolean => isProbability(isNormalized ? Math.min(value, 1) : value);
  const wrong = row.values.findIndex((value) => !(Number.isFinite(value) && isRight(value)));
  if (wrong < 0) return row;
  const next = Number.isFinite(row.values[wrong])
    ? 'Return probabilities: of raw scores, their softmax.'
    : 'Every class needs a probability.';
  throw new FunctionError(`${what} has ${row.values[wrong]} for ${row.classes?.[wrong] ?? `class ${wrong}`}.`, next);
}

function asFunctionError<T>(step: () => T): T {
  try {
    return step();
  } catch (error) {
    if (!(error instanceof ExpectedError)) throw error;
    throw new FunctionError(error.what, error.next, error.details, { cause: error });
  }
}
