import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readNpy } from '../../extension/core/dataset/npy';
import { normalizeRows } from '../../extension/core/dataset/predProbs/rowSums';
import { countWords } from '../../extension/core/labels/countMatrix';
import { crossValPredictProba } from '../../extension/core/labels/crossValidation';
import { filters } from '../../extension/core/labels/filters';
import { rankedLabelIssues } from '../../extension/core/labels/findLabelIssues';
import type { PredProbs } from '../../extension/core/labels/matrix';

interface Message {
  readonly label: string;
  readonly text: string;
}

interface Labelled {
  readonly labels: Int32Array;
  readonly predProbs: PredProbs;
}

/** Candidates of each filter, the likeliest error first. */
export type Candidates = Readonly<Record<string, readonly number[]>>;

function candidatesOf({ labels, predProbs }: Labelled): Candidates {
  const ranked = (filterBy: (typeof filters)[number]): number[] => [
    ...rankedLabelIssues(labels, predProbs, 'normalized_margin', { filterBy }),
  ];
  return Object.fromEntries(filters.map((filterBy) => [filterBy, ranked(filterBy)]));
}

export function messages(data: string): Labelled {
  const lines = readFileSync(join(data, 'sms.jsonl'), 'utf8').trim().split('\n');
  const records = lines.map((line) => JSON.parse(line) as Message);
  const labels = Int32Array.from(records, ({ label }) => ['ham', 'spam'].indexOf(label));
  const { predProbs } = crossValPredictProba(countWords(records.map(({ text }) => text)), labels, 2, { folds: 10 });
  return { labels, predProbs };
}

export async function published(data: string, name: string): Promise<Labelled> {
  const read = (part: string) => readNpy(join(data, 'label-errors', `${name}_test_set_${part}.npy`));
  const { shape, data: values } = await read('pyx');
  const { data: labels } = await read('original_labels');
  const [rows = 0, columns = 0] = shape;
  return {
    labels: Int32Array.from(labels as Float64Array),
    predProbs: normalizeRows({ data: values as Float64Array, rows, columns }),
  };
}

/** The largest difference between our probabilities and those that Python saved. */
export async function difference(predProbs: PredProbs, file: string): Promise<number> {
  const { data } = await readNpy(file);
  return (data as Float64Array).reduce(
    (most, value, index) => Math.max(most, Math.abs(value - (predProbs.data[index] ?? 0))),
    0,
  );
}

export { candidatesOf };
