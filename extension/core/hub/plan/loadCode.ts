import { defaultEndpoint, type RepositoryId, type Visibility } from '../repository';

/** What a push put where; a plan, or a record of the history. */
export interface Pushed {
  readonly repo: RepositoryId;
  /** Or any other revision, such as `refs/pr/1`. */
  readonly branch: string;
  readonly endpoint: string;
  readonly visibility: Visibility;
  /** One of several has to be named; absent where there is one only. */
  readonly configs?: readonly { readonly name: string }[];
}

/** Python that loads what was pushed. The token is found where `huggingface_hub` looks for it, and never in the code. */
export function loadDatasetCode({ repo, branch, endpoint, visibility, configs = [] }: Pushed): string {
  const [config] = configs;
  const isNamed = config !== undefined && (configs.length > 1 || config.name !== 'default');
  const values = [
    JSON.stringify(repo),
    ...(isNamed ? [JSON.stringify(config.name)] : []),
    ...(branch === 'main' ? [] : [`revision=${JSON.stringify(branch)}`]),
  ];
  const notes = [
    ...(visibility === 'private' ? ['# Private: sign in first with `hf auth login`, or set HF_TOKEN.'] : []),
    ...(endpoint === defaultEndpoint ? [] : [`# Set HF_ENDPOINT=${endpoint} before Python starts.`]),
  ];
  return [...notes, 'from datasets import load_dataset', '', `dataset = load_dataset(${values.join(', ')})`].join('\n');
}
