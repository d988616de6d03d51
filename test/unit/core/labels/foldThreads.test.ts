import { describe, expect, it } from 'vitest';
import { countWords } from '../../../../extension/core/labels/countMatrix';
import { crossValPredictProba } from '../../../../extension/core/labels/crossValidation';
import { crossValidateInThreads } from '../../../../extension/core/labels/foldThreads';
import { workerBundle } from '../demo/runners/workerBundle';

const worker = workerBundle('foldWorker');

/** Texts of words that a class uses more often; the last class has three records only. */
const rows = Array.from({ length: 303 }, (_, row) => (row < 300 ? row % 3 : 3));
const texts = rows.map((label, row) => `w${row % 7}x w${(row * label) % 11}y label${label} common`);
const labels = Int32Array.from(rows);

describe('threads', () => {
  it.each([1, 2, 3, 5])('give the same to the last bit, when there are %i', async (threads) => {
    const matrix = countWords(texts);
    const done: number[] = [];
    const options = { folds: 5, threads, worker, onProgress: (share: number) => done.push(share) };
    const found = await crossValidateInThreads(matrix, labels, 4, options);
    const expected = crossValPredictProba(matrix, labels, 4, { folds: 5 });
    expect([...found.predProbs.data]).toEqual([...expected.predProbs.data]);
    expect(found.warnings).toEqual(expected.warnings);
    expect(done).toEqual([0.2, 0.4, 0.6, 0.8, 1]);
  });

  it('are ended when they are told to stop', async () => {
    const stop = new AbortController();
    const options = {
      folds: 5,
      threads: 2,
      worker,
      signal: stop.signal,
      onProgress: () => stop.abort(new Error('stop')),
    };
    await expect(crossValidateInThreads(countWords(texts), labels, 4, options)).rejects.toThrow('stop');
  });

  it('say why they cannot be started', async () => {
    const options = { folds: 5, threads: 2, worker: `${worker}.missing` };
    await expect(crossValidateInThreads(countWords(texts), labels, 4, options)).rejects.toThrow(/missing/);
  });
});
