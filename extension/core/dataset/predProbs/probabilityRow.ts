import { ExpectedError } from '../../errors';
import { isRecord } from '../../json';
import { byCodePoint } from '../../labels/tokens';

/** The probabilities of one record. */
export interface ProbabilityRow {
  /** A class per value; null for values alone. */
  readonly classes: readonly string[] | null;
  readonly values: readonly number[];
}

/** Under which whole records keep all their probabilities in one value. */
export const listColumns = ['prediction', 'predictions', 'pred_probs', 'probabilities', 'probs', 'scores'] as const;

const forms = 'Give a list of numbers, an object from labels to scores, or a list of {label, score}.';

/**
 * The probabilities of a record in one of the forms in which people keep them: a list of numbers, `{label: score}`, or
 * the `[{label, score}, …]` of Transformers, Argilla and the Hub. That list may have any order in each row, so its
 * classes are sorted by code point, as Argilla's `find_label_errors` does; of a label that comes twice the last score
 * counts.
 *
 * @param value as JSON has it
 * @param what begins the message: "Row 7 of probs.jsonl"
 * @throws ExpectedError when the value has none of these forms
 */
export function probabilityRow(value: unknown, what: string): ProbabilityRow {
  if (isScore(value)) throw onlyBest(what);
  if (isRecord(value)) return namedRow(Object.entries(value), what);
  if (!Array.isArray(value)) throw new ExpectedError(`${what} is ${described(value)}, not probabilities.`, forms);
  const items: readonly unknown[] = value;
  if (items.length > 0 && items.every(isScore)) {
    if (items.length === 1) throw onlyBest(what);
    const scores = new Map<string, unknown>(items.map(({ label, score }) => [label, score]));
    return namedRow(
      [...scores].sort(([one], [other]) => byCodePoint(one, other)),
      what,
    );
  }
  return { classes: null, values: items.map((item, index) => score(item, `value ${index}`, what)) };
}

interface Score {
  readonly label: string;
  readonly score: unknown;
}

function isScore(value: unknown): value is Score {
  return isRecord(value) && typeof value.label === 'string' && 'score' in value;
}

function namedRow(entries: readonly (readonly [string, unknown])[], what: string): ProbabilityRow {
  return {
    classes: entries.map(([name]) => name),
    values: entries.map(([name, value]) => score(value, name, what)),
  };
}

function score(value: unknown, name: string, what: string): number {
  if (typeof value === 'number') return value;
  throw new ExpectedError(`${what} has ${described(value)} for ${name}, not a probability.`, forms);
}

/** What a classification pipeline of Transformers returns unless told otherwise. */
function onlyBest(what: string): ExpectedError {
  return new ExpectedError(
    `${what} has the score of one label only.`,
    'The scores of all labels are needed: call a pipeline of Transformers with top_k=None.',
  );
}

function described(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'string') return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value);
  return isRecord(value) ? 'an object' : String(value);
}
