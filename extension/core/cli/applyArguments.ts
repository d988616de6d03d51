import { ExpectedError } from '../errors';
import { discardModes, type DiscardMode } from '../review/apply/types';
import { flag, oneOf, parse, text } from './optionValues';

export const applyUsage = `  flag-review apply <data> [--reviewer NAME | --all] [--discard remove|column] [--dry-run] [--format table|json]
  flag-review apply <data> --undo
      Writes the decisions of the ledgers in .flag-review into the dataset: only the bytes of changed cells are others
      then. --all takes all reviewers and leaves out records on which they disagree; else there has to be one, or
      --reviewer names one. Discarded records are removed, or marked in a column. Parquet is written to a new file
      beside it. --dry-run only says what would be done, --undo takes the last apply back.
`;

export interface ApplyArguments {
  readonly data: string;
  /** Null for all reviewers; undefined when nothing was said. */
  readonly reviewer: string | null | undefined;
  readonly discard: DiscardMode;
  readonly dryRun: boolean;
  readonly undo: boolean;
  readonly format: 'table' | 'json';
}

const options = { reviewer: text, all: flag, discard: text, 'dry-run': flag, undo: flag, format: text } as const;

export function applyArguments(argv: readonly string[]): ApplyArguments {
  const { values, positionals } = parse(argv, options);
  const [data, ...more] = positionals;
  if (data === undefined || more.length > 0)
    throw new ExpectedError('apply takes one dataset file.', 'See flag-review --help.');
  const { reviewer, all = false, undo = false } = values;
  if (reviewer !== undefined && all)
    throw new ExpectedError('--reviewer names one reviewer, --all means everyone.', 'Give one of them.');
  return {
    data,
    reviewer: all ? null : reviewer,
    discard: oneOf(values.discard ?? 'remove', discardModes, '--discard'),
    dryRun: values['dry-run'] ?? false,
    undo,
    format: oneOf(values.format ?? 'table', ['table', 'json'] as const, '--format'),
  };
}
