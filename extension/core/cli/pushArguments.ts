import { ExpectedError } from '../errors';
import type { PushRequest } from '../hub/plan/types';
import { parseRepositoryId, type Visibility } from '../hub/repository';
import { flag, parse, text } from './optionValues';

export const pushUsage = `  flag-review push <path> --repo NAMESPACE/NAME [--private | --public] [--branch B] [--pull-request]
                   [--parquet | --as-is] [--split-column COLUMN] [--label-column COLUMN] [--with-review]
                   [--title TITLE] [--endpoint URL] [--dry-run] [--json]
      Pushes a dataset file, a folder or a flagging directory to the Hugging Face Hub, and prints the plan before.
      A new repository is private; --public is needed for every push that everyone can see. --dry-run only reads and
      prints. --with-review sends the ledgers and candidates along. The token is HF_TOKEN, or that of hf auth login; it
      is no option, since others can see those. The Hub is that of HF_ENDPOINT. A push that was interrupted goes on
      when it is run again.
`;

/** What a terminal can ask for of a push. */
export interface PushArguments extends Omit<PushRequest, 'source' | 'visibility' | 'card' | 'cardFields'> {
  readonly path: string;
  /** Undefined when nothing was said: private, and for nothing that is public. */
  readonly visibility: Visibility | undefined;
  /** Empty for that of the environment. */
  readonly endpoint: string;
  readonly dryRun: boolean;
  readonly json: boolean;
}

const options = {
  repo: text,
  private: flag,
  public: flag,
  branch: text,
  'pull-request': flag,
  parquet: flag,
  'as-is': flag,
  'split-column': text,
  'label-column': text,
  'with-review': flag,
  title: text,
  endpoint: text,
  'dry-run': flag,
  json: flag,
} as const;

export function pushArguments(argv: readonly string[]): PushArguments {
  refuseToken(argv);
  const { values, positionals } = parse(argv, options);
  const [path, ...more] = positionals;
  if (!path || more.length > 0)
    throw new ExpectedError('push takes one dataset file or folder.', 'See flag-review --help.');
  if (values.repo === undefined)
    throw new ExpectedError('push needs the repository.', 'Give --repo namespace/name, such as --repo ada/sms-spam.');
  if (values.private && values.public)
    throw new ExpectedError('A repository is private or public.', 'Give one of --private and --public.');
  if (values.parquet && values['as-is'])
    throw new ExpectedError('A dataset is pushed as Parquet or as it is.', 'Give one of --parquet and --as-is.');
  return {
    path,
    repo: parseRepositoryId(values.repo),
    visibility: values.public ? 'public' : values.private ? 'private' : undefined,
    branch: values.branch,
    pullRequest: values['pull-request'] ?? false,
    format: values['as-is'] ? 'asIs' : 'parquet',
    splitColumn: values['split-column'],
    labelColumn: values['label-column'],
    withReview: values['with-review'] ?? false,
    title: values.title,
    endpoint: values.endpoint ?? '',
    dryRun: values['dry-run'] ?? false,
    json: values.json ?? false,
  };
}

/** Whoever lists the processes of a machine sees their arguments, and shells keep them in a file. */
function refuseToken(argv: readonly string[]): void {
  if (!argv.some((one) => /^--?(?:hf-?)?token(?:=|$)/i.test(one) || /\bhf_\w{8}/.test(one))) return;
  throw new ExpectedError(
    'A token as an argument can be seen by others on this machine, and stays in the history of the shell.',
    'Set HF_TOKEN or sign in with hf auth login, and replace a token that was typed here.',
  );
}
