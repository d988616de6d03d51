import { defaultEndpoint } from '../repository';
import type { PushPlan } from './types';

/**
 * Python that loads what a push put there.
 *
 * @param revision branch, commit or `refs/pr/N`; that of the push when absent
 */
export function loadCode(
  { repo, configs, endpoint, branch }: Pick<PushPlan, 'repo' | 'configs' | 'endpoint' | 'branch'>,
  revision = branch,
): string {
  const [config] = configs;
  const isNamed = config !== undefined && (configs.length > 1 || config.name !== 'default');
  const args = [
    JSON.stringify(repo),
    ...(isNamed ? [JSON.stringify(config.name)] : []),
    ...(revision === 'main' ? [] : [`revision=${JSON.stringify(revision)}`]),
  ];
  return [
    ...(endpoint === defaultEndpoint
      ? []
      : ['import os', '', `os.environ["HF_ENDPOINT"] = ${JSON.stringify(endpoint)}`]),
    'from datasets import load_dataset',
    '',
    `dataset = load_dataset(${args.join(', ')})`,
  ].join('\n');
}
