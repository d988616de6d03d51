// What we push to a Hub, as `load_dataset` gives it back.
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { encode } from 'fast-png';
import { fileOf, randomDataset, trickyTexts } from './hubSamples.mjs';

/**
 * Random datasets as CSV, TSV and JSON Lines, each pushed as it is and as Parquet.
 *
 * @param push pushes a request to the Hub; its plan
 */
export async function loadedByPython({ ask, check, push, work, random, count }) {
  for (let round = 0; round < count; round++) {
    for (const source of ['csv', 'tsv', 'jsonl']) {
      const dataset = randomDataset(random, source);
      const path = join(work, `${source}-${round}.${source}`);
      writeFileSync(path, fileOf(dataset, source));
      for (const format of ['asIs', 'parquet']) {
        const repo = `ada/${source}-${round}-${format.toLowerCase()}`;
        const { configs, warnings } = await push({ source: path, repo, format, labelColumn: 'label' });
        const isChanged = warnings.some(({ kind }) => kind === 'loader');
        check(`${path} ${format}: loader`, isChanged, source === 'jsonl' && format === 'asIs');
        const expected = isChanged ? { ...dataset, rows: dataset.rows.map(rounded) } : dataset;
        checkLoaded(`${path} ${format}`, await ask({ ask: 'load', repo }), { dataset: expected, configs, check });
      }
    }
  }
}

/** What the loader of JSON does to numbers where a column has values of several types, and we warn of. */
function rounded(row) {
  return row.map((value) => (typeof value === 'number' ? Number(value.toFixed(10)) : value));
}

function checkLoaded(title, { error, train }, { dataset: { columns, rows }, configs, check }) {
  if (error !== undefined) {
    check(title, error, 'loaded');
    return;
  }
  const names = Object.keys(train.features);
  check(`${title}: columns`, names, columns);
  const [{ features }] = configs;
  const classes = features.find(([name]) => name === 'label')[1].names;
  check(
    `${title}: classes`,
    [...classes].sort(),
    [...new Set(rows.map((row) => row[columns.indexOf('label')]))].sort(),
  );
  check(`${title}: types`, train.features, { ...train.features, ...typesOf(columns, classes) });
  for (const [at, name] of names.entries()) {
    const expected = rows.map((row) => (name === 'label' ? classes.indexOf(row[at]) : row[at]));
    const values = train.rows.map((row) => row[at]);
    check(`${title}: ${name}`, values, expected);
  }
}

function typesOf(columns, classes) {
  const list = classes.map((name) => `'${name}'`).join(', ');
  const types = {
    ...{ text: "Value('string')", zeros: "Value('string')", integer: "Value('int64')", float: "Value('float64')" },
    ...{ truth: "Value('bool')", label: `ClassLabel(names=[${list}])`, maybe: "Value('string')" },
    list: "List(Value('string'))",
  };
  return Object.fromEntries(Object.entries(types).filter(([name]) => columns.includes(name)));
}

/** Every kind of value in one dataset: in a file beside its images, and in a flag log. */
export async function typedLoad({ ask, check, push, flag, work }) {
  const folder = join(work, 'typed');
  mkdirSync(join(folder, 'images'), { recursive: true });
  const images = trickyTexts.map((_, row) => [picture(folder, `input-${row}`), picture(folder, `output-${row}`)]);
  const records = trickyTexts.map((text, row) => ({
    text,
    label: row % 3 ? 'spam' : 'ham',
    score: row / 8,
    checked: row % 2 === 0,
    time: `2024-01-0${1 + (row % 9)}T00:00:00Z`,
    extra: row % 2 ? { a: row } : [`${row}`, null],
  }));
  const types = [...['string', ['ham', 'spam'], 'float64', 'bool', 'string'].map(featureOf), 'Json(decode=True)'];
  const features = [...types, 'Image(mode=None, decode=True)', 'Image(mode=None, decode=True)'];
  const loaded = (record, row) => [
    ...Object.values({ ...record, label: Number(record.label === 'spam') }),
    ...images[row].map(({ pixels }) => ({ size: [8, 8], pixels })),
  ];

  const source = join(folder, 'records.jsonl');
  const withNulls = records.map((record, row) => ({ ...record, checked: row % 4 ? record.checked : null }));
  const lines = withNulls.map((record, row) => {
    const [input, output] = images[row].map(({ path }) => path);
    return `${JSON.stringify({ ...record, input, output })}\n`;
  });
  writeFileSync(source, lines.join(''));
  await push({ source, repo: 'ada/typed', format: 'parquet', labelColumn: 'label' });
  const { train, error } = await ask({ ask: 'load', repo: 'ada/typed' });
  check('typed features', error ?? Object.values(train.features), features);
  check('typed rows', train?.rows, withNulls.map(loaded));

  const payloads = (record, row) => [...Object.values(record), ...images[row].map(({ path }) => join(folder, path))];
  const flagged = { source: join(work, 'flagged'), features: [...features, ...['string', 'string'].map(featureOf)] };
  await flag(flagged.source, kinds, records.map(payloads));
  await flaggedLoad({ ask, check, push, format: 'parquet', ...flagged, rows: records.map(loaded) });
  // The loader of folders reads times as such, and there is no way to tell it not to.
  const changed = records.map((record) => ({ ...record, time: record.time.replace('T', ' ').replace('Z', '') }));
  const warnings = await flaggedLoad({ ask, check, push, format: 'asIs', ...flagged, rows: changed.map(loaded) });
  check('warned of times', warnings.filter(({ kind }) => kind === 'loader').length, 1);
}

/** What `push_to_hub` wrote comes back as it was, and pushed again it stays as it is: a file, and a folder of several. */
export async function pulledAndPushed({ hub, ask, check, push, pull, work }) {
  const features = { text: 'string', label: ['spam', 'ham'], score: 'float64', image: 'image' };
  const rows = trickyTexts.map((text, row) => [text, row % 2, row / 8, row * 1000]);
  for (const [repo, pushes] of [
    ['ada/one', [{}]],
    ['ada/splits', [{}, { split: 'test' }]],
    ['ada/configs', [{ config_name: 'a' }, { config_name: 'b', split: 'test' }]],
  ]) {
    for (const [skipped, settings] of pushes.entries()) {
      await ask({ ask: 'push', repo, rows: rows.slice(skipped), features, ...settings });
    }
    const configs = pushes.map(({ config_name: name = 'default' }) => name);
    const load = () => Promise.all([...new Set(configs)].map((config) => ask({ ask: 'load', repo, config })));
    const before = await load();
    check(
      `${repo} loads`,
      before.flatMap(({ error }) => error ?? []),
      [],
    );
    const folder = join(work, repo.replace('/', '-'));
    await pull(folder, repo);
    const [shard, ...others] = hub
      .repository(repo)
      .paths()
      .filter((path) => path.endsWith('.parquet'));
    const source = others.length > 0 ? folder : join(folder, shard);
    for (const format of ['asIs', 'parquet']) {
      const { files } = await push({ source, repo, format });
      const changed = files.filter(({ path, change }) => path !== 'README.md' && change !== 'leave');
      check(
        `${repo} again, ${format}`,
        changed.map(({ path, change }) => `${change} ${path}`),
        [],
      );
      check(`${repo} loaded again, ${format}`, await load(), before);
    }
  }
}

/** Splits by the names of files and by a column, and images that `metadata.jsonl` names. */
export async function dividedLoad({ hub, ask, check, push, work }) {
  const records = trickyTexts.map((text, row) => ({ text, n: row, part: row % 3 ? 'train' : 'test' }));
  const csv = (rows) => fileOf({ columns: ['text', 'n', 'part'], rows: rows.map((row) => Object.values(row)) }, 'csv');
  const parts = {
    train: records.filter(({ part }) => part === 'train'),
    test: records.filter(({ part }) => part === 'test'),
  };
  const folder = join(work, 'divided é #1');
  mkdirSync(folder);
  for (const [split, rows] of Object.entries(parts)) writeFileSync(join(folder, `${split}.csv`), csv(rows));
  const whole = join(work, 'whole.csv');
  writeFileSync(whole, csv(records));
  const rowsOf = (loaded) => Object.entries(loaded).map(([split, { rows }]) => [split, rows]);
  const expected = Object.entries(parts).map(([split, rows]) => [split, rows.map((row) => Object.values(row))]);
  for (const request of [
    { source: folder, repo: 'ada/divided-as-is', format: 'asIs' },
    { source: folder, repo: 'ada/divided', format: 'parquet' },
    { source: whole, repo: 'ada/column', format: 'parquet', splitColumn: 'part' },
  ]) {
    await push(request);
    const loaded = await ask({ ask: 'load', repo: request.repo });
    check(request.repo, loaded.error ?? rowsOf(loaded).sort(), expected.sort());
    const head = hub.repository(request.repo).at();
    await push(request);
    check(`${request.repo} pushed twice`, hub.repository(request.repo).at().oid, head.oid);
  }

  const photos = join(work, 'photos');
  mkdirSync(join(photos, 'images'), { recursive: true });
  const pictures = trickyTexts.map((_, row) => picture(photos, `photo ${row} é`));
  const named = trickyTexts.map((text, row) => ({ text, input_file_name: pictures[row].path }));
  writeFileSync(join(photos, 'metadata.jsonl'), named.map((record) => `${JSON.stringify(record)}\n`).join(''));
  await push({ source: photos, repo: 'ada/photos', format: 'asIs' });
  const { train, error } = await ask({ ask: 'load', repo: 'ada/photos' });
  const shown = train?.rows.map((row) =>
    Object.fromEntries(row.map((value, at) => [Object.keys(train.features)[at], value])),
  );
  check(
    'a folder of images',
    error ?? shown,
    trickyTexts.map((text, row) => ({ text, input: { size: [8, 8], pixels: pictures[row].pixels } })),
  );
}

/** Components of the samples that are flagged. */
const kinds = {
  ...{ text: 'textbox', label: 'radio', score: 'number', checked: 'checkbox' },
  ...{ time: 'textbox', extra: 'json', input: 'image', output: 'image' },
};

/** Pushes a flagging directory, whose log says when and why a sample was flagged, too. @returns the warnings of the plan */
async function flaggedLoad({ ask, check, push, source, format, features, rows }) {
  const repo = `ada/flagged-${format.toLowerCase()}`;
  const { warnings } = await push({ source, repo, format, labelColumn: 'label' });
  const { train, error } = await ask({ ask: 'load', repo });
  check(`flagged features, ${format}`, error ?? Object.values(train.features), features);
  check(
    `flagged rows, ${format}`,
    train?.rows.map((row) => row.slice(0, -1)),
    rows.map((row) => [...row, 'wrong']),
  );
  return warnings;
}

function featureOf(type) {
  return Array.isArray(type) ? `ClassLabel(names=['${type.join("', '")}'])` : `Value('${type}')`;
}

/** Writes a picture with the pixels that its name stands for. @returns its path in the folder, and a hash of its pixels */
export function picture(folder, name) {
  const noise = createHash('shake256', { outputLength: 8 * 8 * 4 })
    .update(name)
    .digest();
  const data = new Uint8Array(noise).map((value, at) => (at % 4 === 3 ? 255 : value));
  const path = `images/${name}.png`;
  writeFileSync(join(folder, path), encode({ width: 8, height: 8, data, channels: 4 }));
  return { path, pixels: createHash('sha256').update(data).digest('hex') };
}
