/** Datasets whose label errors were found already, for measures of reviewing. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { readNpy } from '../extension/core/dataset/npy';
import { candidateHashes, dataHash, writeCandidates } from '../extension/core/review/engine/candidatesFile';
import { LocalEngine } from '../extension/core/review/engine/localEngine';
import type { FindSettings, Found } from '../extension/core/review/engine/types';
import { servicesIn } from '../test/builtInSearch';

/** Beside the project; what is there is described in its README. */
const shared = path.resolve(import.meta.dirname, '../../shared/data/label-errors');

/** Writes a CSV of short texts in two classes, nearly all of which are candidates. @returns how many are */
export async function writeManyCandidates(dataset: string, candidates: number): Promise<number> {
  const lines = Array.from({ length: candidates }, (_, row) => {
    const probability = ((row * 7919) % candidates) / candidates / 2;
    const label = row % 3 === 0 ? 'ham' : 'spam';
    const [ham, spam] = label === 'ham' ? [probability, 1 - probability] : [1 - probability, probability];
    return `"message ${row}, about the meeting on day ${row % 28} and who brings what",${label},${ham},${spam}\n`;
  });
  writeFileSync(dataset, `text,label,ham,spam\n${lines.join('')}`);
  return (await findIn(dataset, 'text', ['ham', 'spam'], 'predicted_neq_given')).candidates.rows.length;
}

/** What people said of the label of a record; undefined where nobody was asked. */
export type Judgement = (row: number) => boolean | undefined;

/**
 * Writes the test set of IMDB with the probabilities that were published with its label errors (labelerrors.com).
 *
 * @returns whether fewer than three of five people chose the given label; undefined when the data is not there
 */
export async function writeMovies(dataset: string): Promise<Judgement | undefined> {
  if (!existsSync(shared)) return undefined;
  const file = (name: string): string => path.join(shared, name);
  const json = (name: string): unknown => JSON.parse(readFileSync(file(name), 'utf8'));
  const { data: probabilities } = await readNpy(file('imdb_test_set_pyx.npy'));
  const { data: labels } = await readNpy(file('imdb_test_set_original_labels.npy'));
  const names = json('imdb_test_set_index_to_filename.json') as readonly string[];
  const ids = names.map((name) => `test/${name.replace(/\.txt$/, '')}`);
  const lines = ids.map((id, row) => {
    const label = Number(labels[row]) === 0 ? 'neg' : 'pos';
    return `${id},${label},${String(probabilities[2 * row])},${String(probabilities[2 * row + 1])}\n`;
  });
  writeFileSync(dataset, `review,label,neg,pos\n${lines.join('')}`);
  await findIn(dataset, 'review', ['neg', 'pos'], 'prune_by_noise_rate');
  const votes = json('imdb_mturk.json') as readonly {
    readonly id: string;
    readonly mturk: { readonly given: number };
  }[];
  const judged = new Map(votes.map(({ id, mturk }) => [id, mturk.given < 3]));
  return (row) => judged.get(ids[row] ?? '');
}

async function findIn(
  dataset: string,
  text: string,
  columns: readonly string[],
  filterBy: FindSettings['filterBy'],
): Promise<Found> {
  const log = {
    info: console.log,
    warn: console.log,
    error: console.error,
    debug: () => undefined,
    trace: () => undefined,
  };
  const engine = new LocalEngine({ ...servicesIn(path.dirname(dataset)), log });
  const settings: FindSettings = {
    dataset,
    text,
    label: 'label',
    source: { kind: 'columns', columns },
    filterBy,
    sortBy: 'likelihood',
    multiLabel: false,
    normalizeRows: true,
  };
  const found = await engine.find(settings, []);
  const [hashes, data] = [await candidateHashes(found), await dataHash(dataset)];
  await writeCandidates({ found, hashes, data, labels: [], time: new Date().toISOString() });
  return found;
}
