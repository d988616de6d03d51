import { basename, extname } from 'node:path';
import { ExpectedError } from '../../errors';
import { openTable } from '../openTable';
import { finishPredProbs } from './finishPredProbs';
import { readJsonLines } from './jsonLinesPredProbs';
import { readNpyMatrix, readNpzMatrix } from './npyPredProbs';
import { tablePredProbs } from './tablePredProbs';
import type { NamedPredProbs, PredProbsOptions } from './types';

type Reader = (path: string, options: PredProbsOptions) => Promise<NamedPredProbs>;

const readTable: Reader = async (path, options) => tablePredProbs(await openTable(path), options);

const readers: Readonly<Record<string, Reader>> = {
  '.npy': readNpyMatrix,
  '.npz': readNpzMatrix,
  '.jsonl': readJsonLines,
  '.ndjson': readJsonLines,
  '.csv': readTable,
  '.tsv': readTable,
  '.parquet': readTable,
};

/**
 * Reads predicted probabilities from a file: `.npy`, `.npz`, CSV, TSV, JSON Lines or Parquet.
 *
 * @throws ExpectedError saying where the file is wrong: its form, its shape, or a value that is no probability
 */
export async function readPredProbs(path: string, options: PredProbsOptions = {}): Promise<NamedPredProbs> {
  const name = basename(path);
  const read = readers[extname(path).toLowerCase()];
  if (!read) {
    throw new ExpectedError(
      `Probabilities are not read from ${name}.`,
      'Save them as .npy, .npz, .csv, .tsv, .jsonl or .parquet.',
    );
  }
  return finishPredProbs(await read(path, options), name, options);
}
