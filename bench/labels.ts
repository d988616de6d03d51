/** The label-error part of the bench in a plain Node.js process; prints one JSON object, as labels_peer.py does. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readNpy } from '../extension/core/dataset/npy';
import { countWords } from '../extension/core/labels/countMatrix';
import { crossValPredictProba } from '../extension/core/labels/crossValidation';
import { rankedLabelIssues } from '../extension/core/labels/findLabelIssues';
import { LiveRanking } from '../extension/core/labels/live/liveRanking';
import { parseRecords } from '../extension/core/csv/parse';
import { excel } from '../extension/core/csv/dialect';
import { stratifiedFolds } from '../extension/core/labels/stratifiedFolds';
import { randomness, writeArticles, writeMails } from './texts';

/** Confident learning on saved probabilities, best of several; the peak belongs to the whole process. */
async function find(directory: string, rounds: string): Promise<object> {
  const matrix = await readNpy(join(directory, 'pred_probs.npy'));
  const given = await readNpy(join(directory, 'labels.npy'));
  if (!(matrix.data instanceof Float64Array) || !(given.data instanceof Float64Array))
    throw new Error('The arrays hold no numbers.');
  const [rows = 0, columns = 0] = matrix.shape;
  const labels = Int32Array.from(given.data);
  const before = process.resourceUsage().maxRSS;
  let found = 0;
  const times = Array.from({ length: Number(rounds) }, () => {
    const started = performance.now();
    found = rankedLabelIssues(labels, { data: matrix.data as Float64Array, rows, columns }, 'normalized_margin').length;
    return performance.now() - started;
  });
  const peak = process.resourceUsage().maxRSS;
  return { issues: found, seconds: median(times) / 1000, before_mib: before / 1024, peak_mib: peak / 1024 };
}

/** From the words of all texts to a new order after one correction, once everything is in memory. */
function rerank(path: string, folds: string): object {
  const [, ...records] = parseRecords(readFileSync(path, 'utf8'), excel);
  const names = [...new Set(records.map(([, label = '']) => label))].sort();
  const labels = Int32Array.from(records, ([, label = '']) => names.indexOf(label));
  const matrix = countWords(records.map(([text = '']) => text));
  const dealt = stratifiedFolds(labels, names.length, Number(folds)).folds;
  const live = new LiveRanking(matrix, labels, names.length, dealt);
  const random = randomness(7);
  const times = Array.from({ length: 25 }, () => {
    const candidate = live.ranking().order[Math.floor(random() * 100)] ?? 0;
    const started = performance.now();
    live.change(candidate, ((live.labels[candidate] ?? 0) + 1) % names.length);
    live.ranking();
    return performance.now() - started;
  });
  const started = performance.now();
  const { predProbs } = crossValPredictProba(matrix, Int32Array.from(live.labels), names.length, {
    folds: Number(folds),
  });
  rankedLabelIssues(Int32Array.from(live.labels), predProbs, 'normalized_margin');
  const anew = performance.now() - started;
  times.sort((a, b) => a - b);
  return { rerank_ms: median(times), slowest_ms: times.at(-1), anew_ms: anew };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? NaN;
}

async function main([what = '', ...args]: readonly string[]): Promise<object> {
  const [path = '', more = ''] = args;
  if (what === 'find') return find(path, more);
  if (what === 'rerank') return rerank(path, more);
  await (what === 'mails' ? writeMails(path) : writeArticles(path, Number(more)));
  return {};
}

void main(process.argv.slice(2)).then((result) => console.log(JSON.stringify(result)));
