/** A thread of the cross-validation: predicts its folds into shared memory. */
import { parentPort, workerData } from 'node:worker_threads';
import { predictFolds, rowsByFold } from './crossValidation';
import type { FoldMessage, FoldTask } from './foldThreads';

const { matrix, words, labels, folds, own, predProbs } = workerData as FoldTask;
const say = (message: FoldMessage): void => parentPort?.postMessage(message);

const rows = rowsByFold(folds);
// Only the number of words matters here; the words themselves stay with the host.
const counted = { ...matrix, vocabulary: Array.from<string>({ length: words }) };
const wanted = own.map((fold) => rows[fold] ?? new Uint32Array());
let done = 0;
const missing = predictFolds(counted, labels, wanted, predProbs, { onProgress: () => say({ done: ++done }) });
say({ missing: [...missing] });
