import type { DiffAgainst } from '../review/diff/diffDataset';
import { ExpectedError } from '../errors';
import { oneOf, parse, text } from './optionValues';

export const diffUsage = `  flag-review diff <data> [--since REVISION | --against FILE] [--text COLUMN] [--label COLUMN]
                   [--format table|json|markdown]
      Lists the labels of a dataset that are others than in a git revision (HEAD by default) or in another file.
      Records are found by their content, wherever they stand. The Markdown
      is made to be pasted into a pull request.
`;

const diffFormats = ['table', 'json', 'markdown'] as const;

export interface DiffArguments {
  readonly data: string;
  readonly against: DiffAgainst;
  /** Columns; those of the decisions, or guessed, when undefined. */
  readonly text: string | undefined;
  readonly label: string | undefined;
  readonly format: (typeof diffFormats)[number];
}

const options = { since: text, against: text, text, label: text, format: text } as const;

export function diffArguments(argv: readonly string[]): DiffArguments {
  const { values, positionals } = parse(argv, options);
  const [data, ...more] = positionals;
  if (data === undefined || more.length > 0)
    throw new ExpectedError('diff takes one dataset file.', 'See flag-review --help.');
  const { since, against } = values;
  if (since !== undefined && against !== undefined)
    throw new ExpectedError('A dataset is compared with one state.', 'Give --since or --against.');
  return {
    data,
    against: against === undefined ? { kind: 'revision', revision: since ?? 'HEAD' } : { kind: 'file', path: against },
    text: values.text,
    label: values.label,
    format: oneOf(values.format ?? 'table', diffFormats, '--format'),
  };
}
