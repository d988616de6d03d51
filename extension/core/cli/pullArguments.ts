import { ExpectedError } from '../errors';
import { flag, parse, text } from './optionValues';

export const pullUsage = `  flag-review pull USER/NAME [--to FOLDER] [--config C] [--split S] [--revision R] [--endpoint URL] [--json]
  flag-review pull --update FOLDER [--dry-run] [--endpoint URL] [--json]
      Downloads a dataset of the Hugging Face Hub into a folder, by default one of its name: the files of its splits,
      or the Parquet files that the Hub made of them. One that was interrupted goes on where it stopped. --update
      takes what changed on the Hub since, and leaves alone what was changed here.
      The token is that of HF_TOKEN, or of the Hub's own command line.
`;

export interface PullArguments {
  /** Undefined with `update`. */
  readonly repo: string | undefined;
  readonly to: string | undefined;
  readonly config: string | undefined;
  readonly split: string | undefined;
  readonly revision: string;
  /** The folder to update. */
  readonly update: string | undefined;
  readonly dryRun: boolean;
  readonly endpoint: string;
  readonly json: boolean;
}

const options = {
  to: text,
  config: text,
  split: text,
  revision: text,
  update: text,
  'dry-run': flag,
  endpoint: text,
  json: flag,
} as const;

export function pullArguments(argv: readonly string[]): PullArguments {
  const { values, positionals } = parse(argv, options);
  const [repo, ...more] = positionals;
  const { to, config, split, update } = values;
  if (more.length > 0 || (repo === undefined) === (update === undefined)) {
    throw new ExpectedError('pull takes one repository, or --update and a folder.', 'See flag-review --help.');
  }
  if (to === '' || update === '') throw new ExpectedError('The name of the folder is empty.', 'Name a folder.');
  return {
    repo,
    to,
    config,
    split,
    revision: values.revision ?? 'main',
    update,
    dryRun: values['dry-run'] ?? false,
    endpoint: values.endpoint ?? '',
    json: values.json ?? false,
  };
}
