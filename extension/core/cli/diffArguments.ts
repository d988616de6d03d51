import type { DiffAgainst } from '../review/diff/diffDataset';
import { ExpectedError } from '../errors';
import { namesOf, oneOf, parse, text } from './optionValues';

export const diffUsage = `  flag-review diff <data> [--since REVISION | --against FILE | --reviewers a[,b]] [--text COLUMN] [--label COLUMN]
                   [--format table|json|markdown]
      Lists the labels of a dataset that are others than in a git revision (HEAD by default) or in another file,
      or as reviewers decided: what one of them would change, or where two of them differ.
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

const options = { since: text, against: text, reviewers: text, text, label: text, format: text } as const;

export function diffArguments(argv: readonly string[]): DiffArguments {
  const { values, positionals } = parse(argv, options);
  const [data, ...more] = positionals;
  if (data === undefined || more.length > 0)
    throw new ExpectedError('diff takes one dataset file.', 'See flag-review --help.');
  const { since, against, reviewers } = values;
  if ([since, against, reviewers].filter((value) => value !== undefined).length > 1)
    throw new ExpectedError('A dataset is compared with one state.', 'Give --since, --against or --reviewers.');
  return {
    data,
    against: againstOf(since, against, namesOf(reviewers)),
    text: values.text,
    label: values.label,
    format: oneOf(values.format ?? 'table', diffFormats, '--format'),
  };
}

function againstOf(
  since: string | undefined,
  path: string | undefined,
  reviewers: readonly string[] | undefined,
): DiffAgainst {
  if (path !== undefined) return { kind: 'file', path };
  if (!reviewers) return { kind: 'revision', revision: since ?? 'HEAD' };
  const [first, second, ...more] = reviewers;
  if (first === undefined || reviewers.includes('') || more.length > 0)
    throw new ExpectedError('--reviewers takes one or two names.', 'Write them as in the ledgers: --reviewers ana,bo.');
  return second === undefined
    ? { kind: 'reviewers', before: undefined, after: first }
    : { kind: 'reviewers', before: first, after: second };
}
