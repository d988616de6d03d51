import type { WorkerServices } from '../extension/core/demo/runners/createRunner';
import { silentLog } from '../extension/core/log';
import type { FindSettings } from '../extension/core/review/engine/types';

/** A search in the columns `text` and `label` by the classifier that is built in. */
export function builtInSearch(dataset: string, more: Partial<FindSettings> = {}): FindSettings {
  return {
    dataset,
    text: 'text',
    label: 'label',
    source: { kind: 'built-in', folds: 5 },
    filterBy: 'prune_by_noise_rate',
    sortBy: 'likelihood',
    multiLabel: false,
    normalizeRows: false,
    ...more,
  };
}

/** What a search is given that asks no function in Python. */
export function servicesIn(cwd: string, javascriptWorker = ''): WorkerServices {
  return {
    log: silentLog,
    cwd,
    python: () => Promise.reject(new Error('No Python is expected here.')),
    workers: { pythonWorker: '', javascriptWorker, classifierWorker: '' },
  };
}
