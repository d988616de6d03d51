import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { ExpectedError, messageOf } from '../errors';
import { isRecord } from '../json';
import { replaceFile } from '../replaceFile';
import type { Classifier } from './classifier';
import type { CountMatrix } from './countMatrix';
import { NaiveBayesCounts } from './naiveBayes';

/** What a classifier has learned from. */
export interface TrainedOn {
  /** Name of the dataset file, without its folder. */
  readonly file: string;
  readonly sha256: string;
  /** Records that it has learned from. */
  readonly rows: number;
  readonly text: string;
  readonly label: string;
  /** ISO 8601, UTC. */
  readonly date: string;
}

export interface Model {
  readonly classifier: Classifier;
  readonly trainedOn: TrainedOn;
}

/** Occurrences of words in the texts of one class: those that occur there, ascending. */
interface ClassCounts {
  /** Positions in the vocabulary. */
  readonly columns: readonly number[];
  readonly counts: readonly number[];
}

/** The text of a `model.json`. */
interface ModelFile {
  readonly format: typeof format;
  readonly version: number;
  readonly classes: readonly string[];
  /** Records by class. */
  readonly examples: readonly number[];
  readonly vocabulary: readonly string[];
  /** By class. */
  readonly words: readonly ClassCounts[];
  readonly trainedOn: TrainedOn;
}

const format = 'flag-review-classifier';
const version = 1;

/** Writes a model as JSON; a file that is there is replaced whole. */
export async function writeModel(path: string, { classifier, trainedOn }: Model): Promise<void> {
  const { classes, vocabulary, counts } = classifier;
  const words = classes.map((_, label) => classCounts(counts, label));
  const file: ModelFile = { format, version, classes, examples: [...counts.examples], vocabulary, words, trainedOn };
  await replaceFile(path, `${JSON.stringify(file)}\n`);
}

/** @throws ExpectedError when it cannot be read, is no model, or was written by a later version */
export async function readModel(path: string): Promise<Model> {
  const name = basename(path);
  const file = parsed(await textOf(path), name);
  if (!isRecord(file) || file.format !== format)
    throw new ExpectedError(`${name} is no model of Flag & Review.`, 'Train one: flag-review train.');
  if (typeof file.version === 'number' && file.version > version)
    throw new ExpectedError(`${name} is a model of a later version.`, 'Update Flag & Review, or train it anew.');
  if (!isModelFile(file)) throw new ExpectedError(`${name} is damaged.`, 'Train it anew: flag-review train.');
  const { classes, vocabulary, trainedOn } = file;
  return { classifier: { classes, vocabulary, counts: countsOf(file) }, trainedOn };
}

async function textOf(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new ExpectedError(`The model ${path} cannot be read: ${messageOf(error)}.`, 'Check the path.', '', {
      cause: error,
    });
  }
}

function parsed(text: string, name: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new ExpectedError(`${name} is no model of Flag & Review: ${messageOf(error)}.`, '', '', { cause: error });
  }
}

function classCounts({ words, classes }: NaiveBayesCounts, label: number): ClassCounts {
  const columns: number[] = [];
  const counts: number[] = [];
  for (let at = label, column = 0; at < words.length; at += classes, column++) {
    const count = words[at] ?? 0;
    if (count === 0) continue;
    columns.push(column);
    counts.push(count);
  }
  return { columns, counts };
}

/** All texts of a class count like one text that has all their words. */
function countsOf({ classes, examples, vocabulary, words }: ModelFile): NaiveBayesCounts {
  const starts = new Uint32Array(words.length + 1);
  for (const [label, { columns }] of words.entries()) starts[label + 1] = (starts[label] ?? 0) + columns.length;
  const matrix: CountMatrix = {
    vocabulary,
    starts,
    columns: Uint32Array.from(words.flatMap(({ columns }) => columns)),
    counts: Uint32Array.from(words.flatMap(({ counts }) => counts)),
  };
  const counts = NaiveBayesCounts.of(matrix, Int32Array.from(classes.keys()), classes.length);
  counts.examples.set(examples);
  return counts;
}

function isModelFile(file: Record<string, unknown>): file is Record<string, unknown> & ModelFile {
  const { classes, examples, vocabulary, words, trainedOn } = file;
  return (
    isTexts(classes) &&
    isTexts(vocabulary) &&
    isCounts(examples, classes.length) &&
    examples.some((count) => count > 0) &&
    Array.isArray(words) &&
    words.length === classes.length &&
    words.every((counts) => isClassCounts(counts, vocabulary.length)) &&
    isTrainedOn(trainedOn)
  );
}

function isClassCounts(value: unknown, vocabularySize: number): value is ClassCounts {
  if (!isRecord(value)) return false;
  const { columns, counts } = value;
  if (!Array.isArray(columns) || !isCounts(columns) || !isCounts(counts, columns.length)) return false;
  return columns.every((column, index) => column < vocabularySize && column > (columns[index - 1] ?? -1));
}

function isTrainedOn(value: unknown): value is TrainedOn {
  if (!isRecord(value)) return false;
  const { file, sha256, rows, text, label, date } = value;
  return [file, sha256, text, label, date].every((part) => typeof part === 'string') && typeof rows === 'number';
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((one) => typeof one === 'string');
}

function isCounts(value: unknown, length?: number): value is readonly number[] {
  if (!Array.isArray(value) || (length !== undefined && value.length !== length)) return false;
  return value.every((one: unknown) => typeof one === 'number' && Number.isSafeInteger(one) && one >= 0);
}
