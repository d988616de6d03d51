import { existsSync } from 'node:fs';
import { basename, extname, join, resolve } from 'node:path';
import { findClassNames } from '../dataset/classNames';
import { columnPositions } from '../dataset/columns';
import { builtInData, givenData, readingOf, type LabelledData } from '../dataset/labelledData';
import {
  givenPredProbs,
  noTexts,
  predProbsOfFile,
  sourceName,
  type SourceProgress,
  type SourceServices,
} from '../dataset/labelSources';
import { readNpy } from '../dataset/npy';
import { openTable } from '../dataset/openTable';
import type { GivenSource } from '../dataset/probabilitySource';
import { readColumn } from '../dataset/readRecords';
import type { Table } from '../dataset/table';
import { guessTextAndLabel, textAndLabelOf, type ColumnGuess, type SomeColumns } from '../dataset/textAndLabel';
import { FunctionError } from '../demo/runners/functionError';
import { findPython } from '../demo/runners/pythonInterpreter';
import { ExpectedError } from '../errors';
import type { Json } from '../json';
import { reviewFolder } from '../review/folder';
import { workersIn, type Terminal } from './context';
import type { LabelSourceArguments } from './labelErrorsArguments';

/** Labels with probabilities, and the dataset that they were read from. */
export interface TerminalData extends LabelledData {
  readonly table: Table | undefined;
  /** The column of the texts, where there is one. */
  readonly text: string | undefined;
  /** What was given or guessed, for the report. */
  readonly parameters: Readonly<Record<string, unknown>>;
}

/**
 * Reads what the options name; guessed columns and warnings are told on the way.
 *
 * @throws ExpectedError when anything of it is missing or does not belong together
 */
export async function labelDataOf(terminal: Terminal, options: LabelSourceArguments): Promise<TerminalData> {
  const reading =
    options.data === undefined
      ? arraysOf(terminal, options)
      : datasetOf(terminal, options, options.data, progressOf(terminal));
  const data = await reading.catch(asBadInput);
  terminal.progress?.('');
  for (const warning of data.warnings) terminal.log.warn(warning);
  return data;
}

/** An exit status of 1 says that there are too many candidates, so a model that fails gives another one. */
function asBadInput(error: unknown): never {
  if (!(error instanceof FunctionError)) throw error;
  throw new ExpectedError(error.what, error.next, error.details, { cause: error });
}

/** Labels and probabilities without a dataset. */
async function arraysOf(terminal: Terminal, options: LabelSourceArguments): Promise<TerminalData> {
  const given = await predProbsOfFile(resolve(terminal.cwd, options.predProbs ?? ''), options.normalizeRows);
  const cells = await labelsFile(terminal, options.labels ?? '');
  const { labels, predProbs } = options;
  return {
    ...givenData(cells, given, basename(predProbs ?? ''), options),
    table: undefined,
    text: undefined,
    parameters: { labels, pred_probs: predProbs },
  };
}

async function datasetOf(
  terminal: Terminal,
  given: LabelSourceArguments,
  path: string,
  progress: SourceProgress,
): Promise<TerminalData> {
  const table = await openTable(resolve(terminal.cwd, path));
  const { text, label } = await columnsOf(terminal, table, given);
  const options = { ...given, classes: given.classes ?? (await classNamesOf(terminal, table, label)) };
  const { encoding } = table;
  if (encoding !== 'utf-8') terminal.log.warn(`${basename(path)} is read as ${encoding}.`);
  const parameters = { data: path, encoding, text: text ?? null, label: label ?? null };
  if (options.predProbs === undefined && options.model === undefined && label !== undefined) {
    if (text === undefined) throw noTexts(table);
    const { folds, classes, multiLabel, separator } = options;
    const foldWorker = join(terminal.installation, 'foldWorker.cjs');
    const settings = { folds, classes, multiLabel, separator, foldWorker };
    const found = await builtInData(table, { text, label }, settings, progress);
    return { ...found, table, text, parameters: { ...parameters, source: 'built-in', folds } };
  }
  const cells =
    label === undefined
      ? await labelsFile(terminal, options.labels ?? '')
      : await readColumn(table, label, readingOf(table, progress));
  const source = sourceOf(terminal, table, options);
  const services = servicesOf(terminal, table, options);
  const predProbs = await givenPredProbs(source, { table, text, cells }, options.normalizeRows, services, progress);
  const found = givenData(cells, predProbs, sourceName(source, table), options);
  return { ...found, table, text, parameters: { ...parameters, source: options.predProbs ?? options.model } };
}

/** Guessed columns are said, so that nobody takes them for certain. Given probabilities need no text. */
async function columnsOf(terminal: Terminal, table: Table, options: LabelSourceArguments): Promise<SomeColumns> {
  const { text, labels, predProbs } = options;
  if (labels !== undefined) return { text };
  const named = { text, label: options.label };
  if (predProbs === undefined) return said(terminal, await textAndLabelOf(table, named));
  columnPositions(table, named.label === undefined ? [] : [named.label]);
  const guess = await guessTextAndLabel(table, named);
  if (guess.label === undefined) {
    throw new ExpectedError(
      `Which column of ${basename(table.path)} holds the labels is not clear.`,
      `Name one with --label: ${table.columns.join(', ')}.`,
    );
  }
  return said(terminal, guess);
}

function said(terminal: Terminal, { reasons, ...columns }: ColumnGuess): SomeColumns {
  for (const reason of reasons) terminal.log.warn(reason);
  return columns;
}

/** What a dataset card calls the integers of the label column. */
async function classNamesOf(
  { cwd, log }: Terminal,
  table: Table,
  label: string | undefined,
): Promise<readonly string[] | undefined> {
  const found = label === undefined ? undefined : await findClassNames(table, label, cwd);
  if (found) log.info(`The classes are named by ${basename(found.source)}: ${found.names.join(', ')}.`);
  return found?.names;
}

/** What the options name, but for the built-in classifier. */
function sourceOf(terminal: Terminal, table: Table, { predProbs, model, folds }: LabelSourceArguments): GivenSource {
  if (predProbs === undefined) return { kind: 'model', fn: model ?? '', folds };
  const columns = probabilityColumns(table, predProbs);
  return columns ? { kind: 'columns', columns } : { kind: 'file', path: resolve(terminal.cwd, predProbs) };
}

/** Names of columns, or a pattern of them with a star at its end. */
function probabilityColumns(table: Table, given: string): readonly string[] | undefined {
  if (given.endsWith('*')) return table.columns.filter((name) => name.startsWith(given.slice(0, -1)));
  const names = given.split(',').map((name) => name.trim());
  return names.every((name) => table.columns.includes(name)) ? names : undefined;
}

function servicesOf(
  { cwd, environment, installation, log }: Terminal,
  { path }: Table,
  { python }: LabelSourceArguments,
): SourceServices {
  return {
    log,
    cwd,
    python: () => findPython({ setting: python, baseDir: cwd, folders: [cwd], environment }),
    workers: workersIn(installation),
    spoolFolder: reviewFolder(path),
  };
}

/** An `.npy` array of class indices or names. */
async function labelsFile(terminal: Terminal, path: string): Promise<Json[]> {
  const file = resolve(terminal.cwd, path);
  if (!existsSync(file)) throw new ExpectedError(`There is no file ${path} with labels.`);
  if (extname(file).toLowerCase() !== '.npy')
    throw new ExpectedError(`${path} is no .npy file.`, 'Save the labels with numpy.save.');
  const { shape, data } = await readNpy(file);
  if (shape.length !== 1) {
    throw new ExpectedError(`The labels of ${path} have ${shape.length} dimensions.`, 'Give one label per record.');
  }
  const labels: readonly Json[] = Array.from<string | number>(data);
  const wrong = labels.findIndex((label) => typeof label === 'number' && !(Number.isInteger(label) && label >= 0));
  if (wrong >= 0) {
    throw new ExpectedError(
      `Row ${wrong} of ${path} is no class index: ${JSON.stringify(labels[wrong])}.`,
      'Labels are names, or whole numbers that count from 0.',
    );
  }
  return [...labels];
}

function progressOf({ progress, interrupt }: Terminal): SourceProgress {
  return {
    ...(interrupt ? { signal: interrupt } : {}),
    onStatus: (status) => status !== '' && progress?.(status),
    ...(progress ? { onProgress: (what, done) => progress(`${what}… ${Math.floor(100 * done)} %`) } : {}),
  };
}
