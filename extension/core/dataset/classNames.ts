import { readFile } from 'node:fs/promises';
import { dirname, join, relative, isAbsolute } from 'node:path';
import { FAILSAFE_SCHEMA, load, YAMLException } from 'js-yaml';
import { errorCode, isNotFound } from '../errors';
import { isRecord, jsonOrUndefined } from '../json';
import type { Table } from './table';

/** The names of the classes of a label column, in the order of their integers, and where they were found. */
export interface ClassNames {
  readonly names: readonly string[];
  /** Absolute path of the file that has them. */
  readonly source: string;
}

type ReadFeatures = (text: string) => readonly unknown[];

/** Beside a dataset or above it, the most telling first. */
const descriptions: readonly (readonly [file: string, read: ReadFeatures])[] = [
  ['README.md', cardFeatures],
  ['dataset_info.json', (text) => [featuresOf(jsonOrUndefined(text))]],
  ['dataset_infos.json', (text) => valuesOf(jsonOrUndefined(text)).map(featuresOf)],
];

/**
 * The names that `datasets` knows for the integers of a column (its `ClassLabel`): from what a Parquet file says of
 * itself, else from a dataset card or the info files beside the dataset and in the folders above.
 *
 * @param root the folder to stop at, absolute; without it, or outside of it, only the folder of the file is looked at
 * @returns undefined when nothing names the classes; a description that is broken names none
 */
export async function findClassNames(
  table: Pick<Table, 'path' | 'metadata'>,
  column: string,
  root?: string,
): Promise<ClassNames | undefined> {
  const { path, metadata } = table;
  const own = namesOf([hubFeatures(metadata?.get('huggingface') ?? '')], column);
  if (own) return { names: own, source: path };
  for (const folder of foldersUpTo(dirname(path), root)) {
    for (const [file, read] of descriptions) {
      const source = join(folder, file);
      const text = await textAt(source);
      const names = text === undefined ? undefined : namesOf(read(text), column);
      if (names) return { names, source };
    }
  }
  return undefined;
}

function foldersUpTo(folder: string, root: string | undefined): string[] {
  const below = root === undefined ? '..' : relative(root, folder);
  if (below === '' || below.startsWith('..') || isAbsolute(below)) return [folder];
  return [folder, ...foldersUpTo(dirname(folder), root)];
}

async function textAt(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (isNotFound(error) || errorCode(error) === 'EISDIR') return undefined;
    throw error;
  }
}

/** The features of all configurations in the YAML head of a dataset card. */
function cardFeatures(card: string): readonly unknown[] {
  const head = /^\uFEFF?---\r?\n(.*?)\r?\n---\s*(?:\r?\n|$)/s.exec(card)?.[1];
  const { dataset_info: info } = asRecord(head === undefined ? undefined : parsedYaml(head));
  return (Array.isArray(info) ? info : [info]).map(featuresOf);
}

/** The features that `datasets` writes into the footer of Parquet. */
function hubFeatures(text: string): unknown {
  return featuresOf(asRecord(jsonOrUndefined(text)).info);
}

function featuresOf(info: unknown): unknown {
  return asRecord(info).features;
}

/** The names of a column in the first of these features that have any. */
function namesOf(features: readonly unknown[], column: string): readonly string[] | undefined {
  for (const each of features) {
    const names = classLabelNames(featureOf(each, column));
    if (names) return names;
  }
  return undefined;
}

/** Features are a list of `{name, …}` in YAML and an object by name in JSON. */
function featureOf(features: unknown, column: string): unknown {
  if (!Array.isArray(features)) return Object.entries(asRecord(features)).find(([name]) => name === column)?.[1];
  return features.find((feature: unknown) => asRecord(feature).name === column);
}

/** A ClassLabel may be the column itself or the items of its lists, in the words of YAML or of JSON. */
function classLabelNames(feature: unknown): readonly string[] | undefined {
  if (Array.isArray(feature)) return classLabelNames(feature[0]);
  if (!isRecord(feature)) return undefined;
  if (feature._type === 'ClassLabel') return orderedNames(feature.names);
  if (isRecord(feature.class_label)) return orderedNames(feature.class_label.names);
  return classLabelNames(feature.dtype ?? feature.sequence ?? feature.list ?? feature.feature);
}

/** Names are a list, or have their integers for keys; JavaScript orders those. */
function orderedNames(names: unknown): readonly string[] | undefined {
  const entries = Object.entries(Array.isArray(names) ? [...(names as readonly unknown[])] : asRecord(names));
  const areComplete = entries.length > 0 && entries.every(([key], index) => key === String(index));
  return areComplete ? entries.map(([, name]) => String(name)) : undefined;
}

function parsedYaml(text: string): unknown {
  try {
    return load(text, { schema: FAILSAFE_SCHEMA });
  } catch (error) {
    if (error instanceof YAMLException) return undefined;
    throw error;
  }
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return isRecord(value) ? value : {};
}

function valuesOf(value: unknown): unknown[] {
  return Object.values(asRecord(value));
}
