import { ExpectedError } from '../errors';
import { filters, type FilterBy } from '../labels/filters';
import { sortBys, type SortBy } from '../labels/findLabelErrors';
import { classesOf, countOf, flag, numberOf, oneOf, parse, text } from './optionValues';

export const labelErrorsUsage = `  flag-review label-errors <data> [--text COLUMN] [--label COLUMN] [--folds 5] [--multi-label] [--separator "|"]
                   [--pred-probs FILE | --pred-probs COLUMNS | --model file.py:function | --model pipeline.joblib]
                   [--labels labels.npy] [--classes a,b] [--normalize-rows] [--python PATH]
                   [--filter-by prune_by_noise_rate] [--sort-by likelihood|prediction|none] [--frac-noise 1]
                   [--min-examples-per-class 1] [--out FILE] [--format csv|json|jsonl|table] [--fail-above N]
      Finds records of a CSV, TSV, JSON Lines or Parquet file whose labels are probably wrong, by confident learning.
      Probabilities come from the built-in text classifier by cross-validation, from a file (.npy, .npz, or a table),
      from columns of the data ("prob_*", or their names with commas between them), or from a model of your own.
      --labels with --pred-probs needs no data. Exit status 1 with more than N candidates.

  flag-review health <data> … [--format json|table]
      Says how good the labels are as a whole: health score, classes, overlaps, duplicates, imbalance, empty texts.
`;

/** Where labels and predicted probabilities come from. */
export interface LabelSourceArguments {
  /** The dataset file; undefined when labels and probabilities are arrays. */
  readonly data: string | undefined;
  readonly text: string | undefined;
  readonly label: string | undefined;
  readonly folds: number;
  readonly multiLabel: boolean;
  /** Between the labels of one cell. */
  readonly separator: string | undefined;
  /** A file, or names of columns. */
  readonly predProbs: string | undefined;
  readonly model: string | undefined;
  /** An `.npy` file. */
  readonly labels: string | undefined;
  /** The classes in the order of the columns of the probabilities. */
  readonly classes: readonly string[] | undefined;
  readonly normalizeRows: boolean;
  readonly python: string | undefined;
}

const reportFormats = ['csv', 'json', 'jsonl', 'table'] as const;
export type ReportFormat = (typeof reportFormats)[number];

export interface LabelErrorsArguments extends LabelSourceArguments {
  readonly filterBy: FilterBy;
  readonly sortBy: SortBy;
  readonly fracNoise: number;
  readonly minExamplesPerClass: number;
  readonly out: string | undefined;
  readonly format: ReportFormat;
  /** More candidates than this make the exit status 1. */
  readonly failAbove: number | undefined;
}

export interface HealthArguments extends LabelSourceArguments {
  readonly format: 'json' | 'table';
}

const sourceOptions = {
  text,
  label: text,
  folds: text,
  'multi-label': flag,
  separator: text,
  'pred-probs': text,
  model: text,
  labels: text,
  classes: text,
  'normalize-rows': flag,
  python: text,
} as const;

const options = {
  ...sourceOptions,
  'filter-by': text,
  'sort-by': text,
  'frac-noise': text,
  'min-examples-per-class': text,
  out: text,
  format: text,
  'fail-above': text,
} as const;

export function labelErrorsArguments(argv: readonly string[]): LabelErrorsArguments {
  const { values, positionals } = parse(argv, options);
  const { out } = values;
  return {
    ...sourceOf('label-errors', values, positionals),
    filterBy: oneOf(values['filter-by'] ?? 'prune_by_noise_rate', filters, '--filter-by'),
    sortBy: oneOf(values['sort-by'] ?? 'likelihood', sortBys, '--sort-by'),
    fracNoise: numberOf(values['frac-noise'] ?? '1', '--frac-noise', 'a share from 0 to 1', (n) => n >= 0 && n <= 1),
    minExamplesPerClass: countOf(values['min-examples-per-class'] ?? '1', '--min-examples-per-class'),
    out,
    format: oneOf(values.format ?? formatOf(out), reportFormats, '--format'),
    failAbove: values['fail-above'] === undefined ? undefined : countOf(values['fail-above'], '--fail-above'),
  };
}

export function healthArguments(argv: readonly string[]): HealthArguments {
  const healthOptions = { ...sourceOptions, format: text } as const;
  const { values, positionals } = parse(argv, healthOptions);
  return {
    ...sourceOf('health', values, positionals),
    format: oneOf(values.format ?? 'table', ['json', 'table'] as const, '--format'),
  };
}

type SourceValues = Partial<Record<keyof typeof sourceOptions, string | boolean | undefined>>;

function sourceOf(command: string, values: SourceValues, [data, ...more]: readonly string[]): LabelSourceArguments {
  const given = (name: keyof typeof sourceOptions): string | undefined => {
    const value = values[name];
    return typeof value === 'string' ? value : undefined;
  };
  const source = {
    data,
    text: given('text'),
    label: given('label'),
    folds: numberOf(given('folds') ?? '5', '--folds', 'a whole number from 2 on', (n) => Number.isInteger(n) && n >= 2),
    multiLabel: values['multi-label'] === true,
    separator: given('separator'),
    predProbs: given('pred-probs'),
    model: given('model'),
    labels: given('labels'),
    classes: classesOf(given('classes')),
    normalizeRows: values['normalize-rows'] === true,
    python: given('python'),
  };
  checkSource(command, source, more);
  return source;
}

function checkSource(command: string, source: LabelSourceArguments, more: readonly string[]): void {
  const { data, labels, predProbs, model } = source;
  if (more.length > 0) throw new ExpectedError(`${command} takes one dataset file.`, 'See flag-review --help.');
  if (predProbs !== undefined && model !== undefined)
    throw new ExpectedError('--pred-probs and --model both give probabilities.', 'Give one of them.');
  if (data === undefined && (labels === undefined || predProbs === undefined)) {
    throw new ExpectedError(
      `${command} takes a dataset file, or --labels and --pred-probs.`,
      'See flag-review --help.',
    );
  }
  if (labels !== undefined && predProbs === undefined)
    throw new ExpectedError('--labels needs the probabilities that belong to them.', 'Give --pred-probs as well.');
}

/** What the name of the file to write says. */
function formatOf(out: string | undefined): string {
  if (out === undefined) return 'table';
  const extension = /\.(csv|json|jsonl)$/i.exec(out)?.[1];
  return extension?.toLowerCase() ?? 'csv';
}
