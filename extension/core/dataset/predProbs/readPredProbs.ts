import { basename, extname } from 'node:path';
import { ExpectedError } from '../../errors';
import { finishPredProbs } from './finishPredProbs';
import { readJsonLines } from './jsonLinesPredProbs';
import { readNpyMatrix, readNpzMatrix } from './npyPredProbs';
import type { NamedPredProbs, PredProbsOptions } from './types';

type Reader = (path: string, options: PredProbsOptions) => Promise<NamedPredProbs>;

const readers: Readonly<Record<string, Reader>> = {
  '.npy': readNpyMatrix,
  '.npz': readNpzMatrix,
  '.jsonl': readJsonLines,
  '.ndjson': readJsonLines,
};

/**
 * Reads predicted probabilities from a file: `.npy`, `.npz` or JSON Lines.
 *
 * @throws ExpectedError saying where the file is wrong: its form, its shape, or a value that is no probability
 */
export async function readPredProbs(path: string, options: PredProbsOptions = {}): Promise<NamedPredProbs> {
  const name = basename(path);
  const read = readers[extname(path).toLowerCase()];
  if (!read) {
    throw new ExpectedError(`Probabilities are not read from ${name}.`, 'Save them as .npy, .npz or .jsonl.');
  }
  return finishPredProbs(await read(path, options), name, options);
}
