import { dirname, relative, resolve, sep } from 'node:path';
import { filters } from '../../labels/filters';
import { sortBys } from '../../labels/findLabelErrors';
import { isPipeline, type ProbabilitySource } from '../../dataset/probabilitySource';
import { either, fieldsOf, isCount, isFlag, isNumber, isText, listOf, oneOf } from './shapes';
import type { FindSettings, Found, LabelChange } from './types';

/** What `candidates.json` says of a search: all but the candidates themselves. */
export interface SearchSummary {
  /** Version of the format. */
  readonly v: 1;
  /** ISO 8601, UTC. */
  readonly time: string;
  /** `dataHash` of the dataset. */
  readonly data: string;
  /** Labels that differed from those of the file. */
  readonly labels: readonly LabelChange[];
  /** How many candidates are beside it. */
  readonly candidates: number;
  readonly found: Omit<Found, 'candidates'>;
}

const isTexts = listOf(isText);
const isRows = listOf(isCount);
const rowList = { count: isCount, rows: isRows };
const groups = fieldsOf({
  groups: isCount,
  rows: isCount,
  conflicting: isCount,
  listed: listOf(fieldsOf({ ...rowList, labels: isTexts })),
});

const isIssues = fieldsOf({
  records: isCount,
  emptyTexts: fieldsOf(rowList),
  shortTexts: fieldsOf(rowList),
  missingLabels: fieldsOf(rowList),
  exactDuplicates: groups,
  nearDuplicates: groups,
  classBalance: fieldsOf({
    classes: listOf(fieldsOf({ label: isText, count: isCount, share: isNumber })),
    underrepresented: either(isText, oneOf(null)),
  }),
});

const isSettings = fieldsOf({
  dataset: isText,
  text: either(isText, oneOf(null)),
  label: isText,
  source: either(
    fieldsOf({ kind: oneOf('built-in'), folds: isCount }),
    fieldsOf({ kind: oneOf('file'), path: isText }),
    fieldsOf({ kind: oneOf('columns'), columns: isTexts }),
    fieldsOf({ kind: oneOf('model'), fn: isText, folds: isCount }),
  ),
  filterBy: oneOf(...filters),
  sortBy: oneOf(...sortBys),
  multiLabel: isFlag,
  separator: either(isText, oneOf(undefined)),
  classes: either(isTexts, oneOf(undefined)),
  normalizeRows: isFlag,
});

const isFound = fieldsOf({
  settings: isSettings,
  records: isCount,
  labelled: isCount,
  classes: isTexts,
  accuracy: isNumber,
  healthScore: isNumber,
  numLabelIssues: isCount,
  confidentJoint: either(listOf(listOf(isNumber)), oneOf(null)),
  thresholds: either(listOf(isNumber), listOf(listOf(isNumber))),
  issues: either(isIssues, oneOf(null)),
  warnings: isTexts,
});

const isSummary = fieldsOf({
  v: oneOf(1),
  time: isText,
  data: isText,
  labels: listOf(fieldsOf({ row: isCount, label: either(isTexts, oneOf(null)) })),
  candidates: isCount,
  found: isFound,
});

export function isSearchSummary(value: unknown): value is SearchSummary {
  return isSummary(value);
}

/** The settings with paths that begin at the folder of the dataset, so that they hold on other machines. */
export function portableSettings(settings: FindSettings): FindSettings {
  const folder = dirname(settings.dataset);
  const portable = (path: string): string => relative(folder, path).replaceAll(sep, '/');
  return { ...settings, dataset: portable(settings.dataset), source: withPath(settings.source, portable) };
}

/** The settings as they hold on this machine. */
export function localSettings(settings: FindSettings, dataset: string): FindSettings {
  const local = (path: string): string => resolve(dirname(dataset), path);
  return { ...settings, dataset, source: withPath(settings.source, local) };
}

/** A function stays as the person wrote it. */
function withPath(source: ProbabilitySource, change: (path: string) => string): ProbabilitySource {
  if (source.kind === 'file') return { ...source, path: change(source.path) };
  return source.kind === 'model' && isPipeline(source.fn) ? { ...source, fn: change(source.fn) } : source;
}
