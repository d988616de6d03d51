import { ExpectedError } from '../errors';
import { classesOf, oneOf, parse, text } from './optionValues';

export const trainUsage = `  flag-review train <data> [--text COLUMN] [--label COLUMN] [--classes a,b] [--test FILE] [--out model.json]
                   [--format json|table]
      Trains the built-in text classifier on a CSV, TSV, JSON Lines or Parquet file. --out keeps it for a demo
      ("fn": "classifier:model.json"); --test says how well it predicts the labels of another file.
`;

export interface TrainArguments {
  readonly data: string;
  /** Columns; guessed when undefined. */
  readonly text: string | undefined;
  readonly label: string | undefined;
  /** Names for integer labels, and all that a label may be. */
  readonly classes: readonly string[] | undefined;
  /** Another dataset, with the same columns, to predict. */
  readonly test: string | undefined;
  /** Where the model is kept. */
  readonly out: string | undefined;
  readonly format: 'json' | 'table';
}

const options = { text, label: text, classes: text, test: text, out: text, format: text } as const;

export function trainArguments(argv: readonly string[]): TrainArguments {
  const { values, positionals } = parse(argv, options);
  const [data, ...more] = positionals;
  if (data === undefined || more.length > 0)
    throw new ExpectedError('train takes one dataset file.', 'See flag-review --help.');
  if (values.out === undefined && values.test === undefined)
    throw new ExpectedError('A trained classifier would be lost.', 'Give --out model.json, --test FILE, or both.');
  return {
    data,
    text: values.text,
    label: values.label,
    classes: classesOf(values.classes),
    test: values.test,
    out: values.out,
    format: oneOf(values.format ?? 'table', ['json', 'table'] as const, '--format'),
  };
}
