import { existsSync } from 'node:fs';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { builtInData, givenData, readingOf, type LabelledData, type LabelProgress } from '../dataset/labelledData';
import { readNpy } from '../dataset/npy';
import { openTable } from '../dataset/openTable';
import { modelPredProbs } from '../dataset/predProbs/modelPredProbs';
import { readPredProbs } from '../dataset/predProbs/readPredProbs';
import { sklearnPredProbs } from '../dataset/predProbs/sklearnPredProbs';
import { columnsPredProbs } from '../dataset/predProbs/tablePredProbs';
import type { NamedPredProbs, WantedPredProbs } from '../dataset/predProbs/types';
import { readColumn, textOf } from '../dataset/readRecords';
import { guessRoles } from '../dataset/roles';
import type { Table } from '../dataset/table';
import { findPython } from '../demo/runners/pythonInterpreter';
import { ExpectedError } from '../errors';
import type { Json } from '../json';
import type { Terminal } from './context';
import type { LabelSourceArguments } from './labelErrorsArguments';

/** Labels with probabilities, and the dataset that they were read from. */
export interface TerminalData extends LabelledData {
  readonly table: Table | undefined;
  /** The column of the texts, where there is one. */
  readonly text: string | undefined;
  /** What was given or guessed, for the report. */
  readonly parameters: Readonly<Record<string, unknown>>;
}

/** Records that the roles of columns are guessed from. */
const sampleSize = 200;

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
  options: LabelSourceArguments,
  path: string,
  progress: LabelProgress,
): Promise<TerminalData> {
  const table = await openTable(resolve(terminal.cwd, path));
  const columns = await columnsOf(terminal, table, options);
  const { text } = columns;
  const parameters = { data: path, ...columns };
  if (options.predProbs === undefined && options.model === undefined) {
    if (text === undefined) throw noColumn('text', table);
    const { folds, classes, multiLabel, separator } = options;
    const found = await builtInData(
      table,
      { text, label: columns.label },
      { folds, classes, multiLabel, separator },
      progress,
    );
    return { ...found, table, text, parameters: { ...parameters, source: 'built-in', folds } };
  }
  const cells = options.labels
    ? await labelsFile(terminal, options.labels)
    : await readColumn(table, columns.label, readingOf(table, progress));
  const { given, source } = await predProbsOf(terminal, table, { text, cells }, options, progress);
  const found = givenData(cells, given, source, options);
  return { ...found, table, text, parameters: { ...parameters, source } };
}

async function columnsOf(terminal: Terminal, table: Table, options: LabelSourceArguments) {
  const known = { text: options.text, label: options.label };
  for (const name of [known.text, known.label]) {
    if (name !== undefined && !table.columns.includes(name)) throw noSuchColumn(name, table);
  }
  if (known.label === undefined || (known.text === undefined && options.predProbs === undefined)) {
    const roles = guessRoles(table.columns, await firstRecords(table));
    for (const role of ['text', 'label'] as const) {
      const guess = roles[role];
      if (known[role] !== undefined || guess === undefined) continue;
      known[role] = guess;
      terminal.log.warn(roles.reasons.get(guess) ?? `The ${role} column is ${guess}.`);
    }
  }
  if (known.label === undefined) {
    if (options.labels === undefined) throw noColumn('label', table);
    return { text: known.text, label: '' };
  }
  return { text: known.text, label: known.label };
}

async function firstRecords(table: Table): Promise<readonly (readonly Json[])[]> {
  for await (const { count, cells } of table.scan(table.columns))
    return Array.from({ length: Math.min(count, sampleSize) }, (_, row) => cells.map((column) => column[row] ?? null));
  return [];
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
  if (model === undefined || text === undefined) throw noColumn('text', table);
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
  const { folds, python, data } = options;
  const { cwd, environment, installation, log } = terminal;
  const services = {
    log,
    cwd,
    python: () => findPython({ setting: python, baseDir: cwd, folders: [cwd], environment }),
    workers: {
      pythonWorker: join(installation, '..', 'python', 'worker.py'),
      javascriptWorker: join(installation, 'javascriptWorker.cjs'),
    },
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
    path: join(dirname(table.path), `.${basename(table.path)}.predictions.jsonl`),
    data: `${data} ${texts.length}`,
  };
  return modelPredProbs({ fn: model, baseDir: cwd, texts, spool }, services, events);
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

function noColumn(role: 'text' | 'label', { path, columns }: Table): ExpectedError {
  return new ExpectedError(
    `No column of ${basename(path)} looks like the ${role}.`,
    `Name it with --${role}: ${columns.join(', ')}.`,
  );
}

function noSuchColumn(name: string, { path, columns }: Table): ExpectedError {
  return new ExpectedError(`${basename(path)} has no column "${name}".`, `Its columns are ${columns.join(', ')}.`);
}
