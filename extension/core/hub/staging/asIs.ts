import { basename } from 'node:path';
import type { Encoding } from '../../csv/encodings';
import type { TextTable } from '../../dataset/textTable';
import { ExpectedError } from '../../errors';
import { CellType } from '../parquet/cellType';
import { featuresYaml } from '../parquet/datasetsFeatures';
import { JsonType } from '../parquet/jsonType';
import type { Survey, SurveyedColumn } from '../parquet/survey';
import type { Feature, Features, StagedConfig, StagingWarning } from './types';

/** What a configuration says of files that are pushed as they are. */
export interface AsIs extends Pick<StagedConfig, 'features' | 'loader'> {
  readonly warnings: readonly StagingWarning[];
}

const advice = 'Push the dataset as Parquet to keep them.';

/** What Python calls the encodings. */
const pythonNames: Readonly<Record<Encoding, string>> = {
  'utf-8': 'utf-8',
  'utf-16le': 'utf-16',
  'utf-16be': 'utf-16',
  'windows-1252': 'cp1252',
};

/**
 * How `datasets` reads CSV and TSV so that texts such as `NA` and `001` come back as they stand in the file.
 *
 * @throws ExpectedError when two columns have the same name
 */
export function csvAsIs(table: TextTable, { columns }: Survey): AsIs {
  const twice = table.columns.find((name, index) => isSecond(name, table.columns.slice(0, index)));
  if (twice !== undefined) {
    throw new ExpectedError(
      `${basename(table.path)} has two columns of the same name: one is shown as "${twice}".`,
      'Rename one of them, or push the dataset as Parquet.',
    );
  }
  const features = columns.map((column): Features[number] => [column.name, csvFeature(column)]);
  const blanks = columns.filter(({ hasEmpty }, index) => hasEmpty && !isText(features[index]?.[1]));
  const labels = columns.filter(({ hasEmpty, isLabel }) => hasEmpty && isLabel);
  const missing = [...new Set([...blanks, ...labels])].map(({ name }) => [name, ['']] as const);
  const { delimiter } = table.file.separators;
  return {
    features,
    loader: {
      ...(delimiter === ',' ? {} : { sep: delimiter }),
      ...encodingKey(table.encoding),
      keep_default_na: false,
      ...(missing.length > 0 ? { na_values: Object.fromEntries(missing) } : {}),
      features: featuresYaml(features),
    },
    warnings: columns.flatMap(mediaWarning),
  };
}

/** How `datasets` reads JSON Lines; what its loader changes in doing so is told in warnings. */
export function jsonLinesAsIs(table: TextTable, { columns }: Survey): AsIs {
  const features = columns.map((column): Features[number] => [column.name, jsonFeature(column)]);
  return {
    features,
    loader: encodingKey(table.encoding),
    warnings: [
      ...columns.flatMap((column) => [...mediaWarning(column), ...timeWarning(column)]),
      ...columns.flatMap((column) => hugeWarning(column, features)),
      ...roundingWarning(features),
      ...encodingWarning(table),
    ],
  };
}

/** Its loader reads 10 MB at a time, and begins each time as if there were a byte order mark. */
function encodingWarning({ path, encoding }: TextTable): StagingWarning[] {
  if (!encoding.startsWith('utf-16')) return [];
  const message = `${basename(path)} is UTF-16, of which the loader of "datasets" reads small files only. Save it as UTF-8, or push it as Parquet.`;
  return [{ kind: 'loader', message, paths: [] }];
}

function encodingKey(encoding: Encoding): Readonly<Record<string, unknown>> {
  return encoding === 'utf-8' ? {} : { encoding: pythonNames[encoding] };
}

/** `pandas` has neither a missing integer nor a missing truth value in a column whose type is told. */
function csvFeature({ feature, plain, hasEmpty, classes }: SurveyedColumn): Feature {
  if (classes?.others.length === 0) return feature;
  const own = plain.feature();
  if (!hasEmpty || own.kind !== 'value' || own.dtype === 'float64') return own;
  const fitsFloat = own.dtype === 'int64' && plain instanceof CellType && plain.fitsFloat;
  return { kind: 'value', dtype: fitsFloat ? 'float64' : 'string' };
}

function jsonFeature({ feature, plain, hasEmptyText, classes }: SurveyedColumn): Feature {
  return classes?.others.length === 0 && !hasEmptyText ? feature : plain.feature();
}

function isText(feature: Feature | undefined): boolean {
  return feature?.kind === 'value' && feature.dtype === 'string';
}

function isSecond(name: string, before: readonly string[]): boolean {
  const base = /^(.*) \(\d+\)$/s.exec(name)?.[1];
  return base !== undefined && before.includes(base);
}

function mediaWarning({ name, feature }: SurveyedColumn): StagingWarning[] {
  const { kind } = feature.kind === 'list' ? feature.of : feature;
  if (kind !== 'image' && kind !== 'audio' && kind !== 'video') return [];
  const message = `"${name}" names files, which are not pushed along with a dataset that is pushed as it is. ${advice}`;
  return [{ kind: 'missingMedia', message, paths: [] }];
}

/** What the loader of JSON does to times, whatever the features say. */
export function timeWarning({ name, areTimes }: SurveyedColumn): StagingWarning[] {
  if (!areTimes) return [];
  const message = `The loader of "datasets" changes how the times in "${name}" are written. ${advice}`;
  return [{ kind: 'loader', message, paths: [] }];
}

/** Its loader takes them for floats; where it writes records anew, it does not get past them. */
function hugeWarning({ name, plain }: SurveyedColumn, features: Features): StagingWarning[] {
  if (!(plain instanceof JsonType) || !plain.hasHuge) return [];
  const mixed = features.find(([, feature]) => holdsJson(feature));
  const what = mixed
    ? `at which the loader of "datasets" may fail, since "${mixed[0]}" holds values of several types`
    : 'of which the loader of "datasets" keeps 17 digits';
  const message = `"${name}" holds whole numbers beyond 64 bits, ${what}. ${advice}`;
  return [{ kind: 'loader', message, paths: [] }];
}

/** To read a column of mixed values, the loader writes all records anew, with `ujson`. */
function roundingWarning(features: Features): StagingWarning[] {
  const mixed = features.find(([, feature]) => holdsJson(feature));
  if (!mixed) return [];
  const message = `"${mixed[0]}" holds values of several types, so that the loader of "datasets" rounds all numbers to 10 decimals. ${advice}`;
  return [{ kind: 'loader', message, paths: [] }];
}

function holdsJson(feature: Feature): boolean {
  if (feature.kind === 'list') return holdsJson(feature.of);
  if (feature.kind === 'struct') return feature.fields.some(([, field]) => holdsJson(field));
  return feature.kind === 'json';
}
