import { ExpectedError } from '../errors';
import { namesOf, oneOf, parse, text } from './optionValues';

export const agreementUsage = `  flag-review agreement <data> [--reviewers a,b] [--label COLUMN] [--format table|json|markdown]
      Says how far reviewers of a dataset agree: percent and Cohen's kappa for every two of them, on the labels that
      the records would have in the end, and lists the records on which they differ.
`;

const formats = ['table', 'json', 'markdown'] as const;

export interface AgreementArguments {
  readonly data: string;
  /** As the ledgers name them; all when undefined. */
  readonly reviewers: readonly string[] | undefined;
  /** The label column; that of the last decision when undefined. */
  readonly label: string | undefined;
  readonly format: (typeof formats)[number];
}

const options = { reviewers: text, label: text, format: text } as const;

export function agreementArguments(argv: readonly string[]): AgreementArguments {
  const { values, positionals } = parse(argv, options);
  const [data, ...more] = positionals;
  if (data === undefined || more.length > 0)
    throw new ExpectedError('agreement takes one dataset file.', 'See flag-review --help.');
  const reviewers = namesOf(values.reviewers);
  if (reviewers && (reviewers.includes('') || new Set(reviewers).size !== reviewers.length || reviewers.length < 2))
    throw new ExpectedError(
      '--reviewers takes two or more names.',
      'Write them as in the ledgers: --reviewers ana,bo.',
    );
  return {
    data,
    reviewers,
    label: values.label,
    format: oneOf(values.format ?? 'table', formats, '--format'),
  };
}
