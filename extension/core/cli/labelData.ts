import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { basename, extname, join, resolve } from 'node:path';
import { findClassNames } from '../dataset/classNames';
import { columnPositions } from '../dataset/columns';
import { builtInData, givenData, readingOf, type LabelledData, type LabelProgress } from '../dataset/labelledData';
import { readNpy } from '../dataset/npy';
import { openTable } from '../dataset/openTable';
import { modelPredProbs } from '../dataset/predProbs/modelPredProbs';
import { readPredProbs } from '../dataset/predProbs/readPredProbs';
import { sklearnPredProbs } from '../dataset/predProbs/sklearnPredProbs';
import { columnsPredProbs } from '../dataset/predProbs/tablePredProbs';
import type { NamedPredProbs, WantedPredProbs } from '../dataset/predProbs/types';
import { readColumn, textOf } from '../dataset/readRecords';
import type { Table } from '../dataset/table';
import { guessTextAndLabel, textAndLabelOf, type ColumnGuess, type SomeColumns } from '../dataset/textAndLabel';
import { findPython } from '../demo/runners/pythonInterpreter';
import { ExpectedError } from '../errors';
import type { Json } from '../json';
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
  const progress = progressOf(terminal);
  const data = await (options.data === undefined
    ? arraysOf(terminal, options)
    : datasetOf(terminal, options, options.data, progress));
  terminal.progress?.('');
  for (const warning of data.warnings) terminal.log.warn(warning);
  return data;
}

/** Labels and probabilities without a dataset. */
async function arraysOf(terminal: Terminal, options: LabelSourceArguments): Promise<TerminalData> {
  const given = await predProbsFile(terminal, options.predProbs ?? '', options);
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
  progress: LabelProgress,
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
  const { source, ...probabilities } = await predProbsOf(terminal, table, { text, cells }, options, progress);
  const found = givenData(cells, probabilities.given, source, options);
  return { ...found, table, text, parameters: { ...parameters, source } };
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

interface Cells {
  readonly text: string | undefined;
  readonly cells: readonly Json[];
}

async function predProbsOf(
  terminal: Terminal,
  table: Table,
  { text, cells }: Cells,
  options: LabelSourceArguments,
  progress: LabelProgress,
): Promise<{ readonly given: NamedPredProbs; readonly source: string }> {
  const { predProbs, model } = options;
  if (predProbs !== undefined) {
    const columns = probabilityColumns(table, predProbs);
    if (columns)
      return { given: await columnsPredProbs(table, columns, normalizing(options)), source: basename(table.path) };
    return { given: await predProbsFile(terminal, predProbs, options), source: predProbs };
  }
  if (model === undefined || text === undefined) throw noTexts(table);
  const texts = (await readColumn(table, text)).map(textOf);
  return { given: await modelOf(terminal, table, { texts, cells }, model, options, progress), source: model };
}

/** Names of columns, or a pattern of them with a star at its end. */
function probabilityColumns(table: Table, given: string): readonly string[] | undefined {
  if (given.endsWith('*')) return table.columns.filter((name) => name.startsWith(given.slice(0, -1)));
  const names = given.split(',').map((name) => name.trim());
  return names.every((name) => table.columns.includes(name)) ? names : undefined;
}

async function predProbsFile(terminal: Terminal, path: string, options: LabelSourceArguments): Promise<NamedPredProbs> {
  const file = resolve(terminal.cwd, path);
  if (!existsSync(file)) throw new ExpectedError(`There is no file ${path} with probabilities.`);
  return readPredProbs(file, normalizing(options));
}

function modelOf(
  terminal: Terminal,
  table: Table,
  { texts, cells }: { readonly texts: readonly string[]; readonly cells: readonly Json[] },
  model: string,
  options: LabelSourceArguments,
  { signal, onProgress }: LabelProgress,
): Promise<NamedPredProbs> {
  const { folds, python } = options;
  const { cwd, environment, installation, log } = terminal;
  const services = {
    log,
    cwd,
    python: () => findPython({ setting: python, baseDir: cwd, folders: [cwd], environment }),
    workers: workersIn(installation),
  };
  const events = {
    ...normalizing(options),
    ...(signal ? { signal } : {}),
    onStatus: (status: string) => status !== '' && terminal.progress?.(status),
    onProgress: (rows: number) => onProgress?.('Predicting', rows / Math.max(texts.length, 1)),
  };
  if (extname(model) === '.joblib' || extname(model) === '.pkl') {
    const labels = cells.map(textOf);
    return sklearnPredProbs({ joblib: resolve(cwd, model), texts, labels, folds }, services, events);
  }
  const spool = {
    path: join(cwd, '.flag-review', basename(table.path), 'predictions.jsonl'),
    data: hashOf(texts),
  };
  return modelPredProbs({ fn: model, baseDir: cwd, texts, spool }, services, events);
}

/** Changes when any of the texts does. */
function hashOf(texts: readonly string[]): string {
  const hash = createHash('sha256');
  for (const text of texts) hash.update(text).update('\0');
  return hash.digest('hex');
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

/** Rows that miss 1 are divided by their sums before they are checked, since they may reach above 1. */
function normalizing({ normalizeRows }: LabelSourceArguments): Pick<WantedPredProbs, 'normalizeRows'> {
  return normalizeRows ? { normalizeRows: () => true } : {};
}

function progressOf({ progress, interrupt }: Terminal): LabelProgress {
  return {
    ...(interrupt ? { signal: interrupt } : {}),
    ...(progress ? { onProgress: (what, done) => progress(`${what}… ${Math.floor(100 * done)} %`) } : {}),
  };
}

function noTexts({ path, columns }: Table): ExpectedError {
  return new ExpectedError(
    `Which column of ${basename(path)} holds the texts is not clear.`,
    `Name one with --text: ${columns.join(', ')}.`,
  );
}
