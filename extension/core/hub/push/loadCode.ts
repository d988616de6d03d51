import type { PushRecord } from './types';
import { defaultEndpoint } from '../repository';

/** Python that loads what was pushed. The token is found where `huggingface_hub` looks for it, and never in the code. */
export function loadDatasetCode({ repo, branch, endpoint, visibility }: LoadedPush): string {
  const revision = branch === 'main' ? '' : `, revision=${JSON.stringify(branch)}`;
  const notes = [
    ...(visibility === 'private' ? ['# Private: sign in first with `hf auth login`, or set HF_TOKEN.'] : []),
    ...(endpoint === defaultEndpoint ? [] : [`# Set HF_ENDPOINT=${endpoint} before Python starts.`]),
  ];
  return [
    ...notes,
    'from datasets import load_dataset',
    '',
    `dataset = load_dataset(${JSON.stringify(repo)}${revision})`,
  ].join('\n');
}

type LoadedPush = Pick<PushRecord, 'repo' | 'branch' | 'endpoint' | 'visibility'>;
