// Repositories that Gradio and we flagged into in turns, and one of our own layout, as `datasets` loads them.
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { picture } from './hubPushed.mjs';

const repositories = [
  ...['gradio', 'gradioDirs'].flatMap((layout) => [
    { layout, writers: ['gradio', 'ours'] },
    { layout, writers: ['ours', 'gradio'] },
  ]),
  { layout: 'parquet', writers: ['ours', 'ours'] },
];
const components = [
  { kind: 'textbox', label: 'text' },
  { kind: 'image', label: 'a picture' },
  { kind: 'label', label: 'class' },
  { kind: 'number', label: 'score' },
];
/** Texts that no table takes for something else, flagged before and after the turn. */
const texts = [['one, "quoted"', 'two\nlines é'], ['three 😀']];

/** @returns `places` to flag, each a case with a repository; and the picture in all of them, its bytes and a hash of its `pixels` */
export function readable(work) {
  mkdirSync(join(work, 'images'), { recursive: true });
  const { path, pixels } = picture(work, 'é (1)');
  const file = { path: join(work, path), meta: { _type: 'gradio.FileData' } };
  const classes = { label: 'cat', confidences: [{ label: 'cat', confidence: 0.75 }] };
  const flag = (text, at) => ({
    ...{ data: [text, file, classes, at + 0.5].map((payload) => JSON.stringify(payload)), option: 'wrong' },
    ...{ username: 'bob', timestamp: '2024-01-02 03:04:05.678901' },
  });
  const one = {
    logger: 'HuggingFaceDatasetSaver',
    dir: 'flagged',
    components,
    sessions: texts.map((all) => all.map(flag)),
  };
  const bytes = readFileSync(file.path);
  return {
    pixels,
    bytes,
    places: repositories.map((turns) => ({ ...one, ...turns, name: `${turns.layout}-${turns.writers.join('-')}` })),
  };
}

/** @param fetchFile the bytes at an address of the Hub */
export async function checkSavedRows({ places, pixels, bytes }, { ask, check, fetchFile }) {
  for (const { name, layout, errors } of places) {
    const { train, error } = await ask({ ask: 'load', repo: `ada/${name}` });
    check(`${name} loads`, [...errors, error], [undefined]);
    if (!train) continue;
    const columns = Object.keys(train.features);
    const rows = train.rows.map((row) => Object.fromEntries(row.map((value, at) => [columns[at], value])));
    const told = rows.map(({ text, flag, username }) => [text, flag, username]);
    const expected = texts.flat().map((text) => [text, 'wrong', 'bob']);
    check(`${name} rows`, told.sort(), expected.sort());
    if (layout === 'parquet') {
      const types = {
        'a picture': 'Image(mode=None, decode=True)',
        class: "Value('string')",
        score: "Value('float64')",
      };
      check(`${name} features`, train.features, { ...train.features, ...types });
      const pictures = rows.map((row) => row['a picture']);
      check(
        `${name} pictures`,
        pictures,
        pictures.map(() => ({ size: [8, 8], pixels })),
      );
    } else {
      const files = await Promise.all(rows.map((row) => fetchFile(row['a picture file'])));
      check(
        `${name} pictures`,
        files,
        files.map(() => bytes),
      );
    }
  }
}
