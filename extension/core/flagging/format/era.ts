import { apostrophe, excel, type CsvDialect } from '../../csv/dialect';
import type { LogFormat } from '../../demo/definition';
import type { BuiltInLogger } from '../types';

/**
 * The layouts a flag log can have. `guide` is ours; the others are what releases of Gradio wrote:
 *
 * A up to 2.8.10, B1 2.8.11–2.9, B2 3.0–3.1, C1 3.2–3.34, C2 3.35–3.50, D 4.0–4.21, E 4.22–4.44, F1 5.0–6.0, F2 from 6.1.
 */
export type Era = 'guide' | 'A' | 'B1' | 'B2' | 'C1' | 'C2' | 'D' | 'E' | 'F1' | 'F2';

/** When a log has a `flag` or `username` column. `options`: when the demo has flagging options. */
export type ColumnRule = 'always' | 'provided' | 'options' | 'never';

/** Everything that differs between layouts, as data. */
export interface LogDialect {
  readonly era: Era;
  readonly csv: CsvDialect;
  /** `logs.csv` and `log.csv` have a number only from the second on; `dataset1.csv` from the first. */
  readonly fileName: 'logs' | 'log' | 'dataset';
  /** False for `SimpleCSVLogger`: component columns only, no header. */
  readonly header: boolean;
  readonly flagColumn: ColumnRule;
  readonly usernameColumn: ColumnRule;
  readonly timestampColumn: boolean;
  readonly media: MediaRule;
  readonly cells: CellRule;
  readonly sanitiser: Sanitiser;
  /** Gradio 5.0+ sanitises the header of a new file twice. */
  readonly headerSanitisedTwice: boolean;
  /** Gradio before 6.0 has a video beside its subtitles in one object. */
  readonly wrapsVideo: boolean;
  /** What a missing option is where the column is always there: Gradio 6.1+ writes the word `None`. */
  readonly missingOption: '' | 'None';
}

export interface MediaRule {
  /** `numbered`: `dir/0.png`; `flat`: `dir/<stem><random>.png`; `hex20`, `hex40`: `dir/<random hex digits>/name.png`. */
  readonly folder: 'numbered' | 'flat' | 'hex20' | 'hex40';
  /** What the path in the cell starts from. `given`: the flagging directory as the person gave it, with its separators. */
  readonly path: 'relative' | 'absolute' | 'given';
  /** How a label becomes a directory: only letters, digits and `._- ` kept, or only what file systems refuse removed. */
  readonly directory: 'keep-list' | 'deny-list';
}

/**
 * How a payload becomes text. `guide`: ours; `values`: eras A and B; `files`: era C, structured values in files of their
 * own; `compact`: era D; `json`: `json.dumps` of the data model (eras E and F), `simplified` when FileData become paths.
 */
export type CellRule = 'guide' | 'values' | 'files' | 'compact' | 'json' | 'json-simplified';

/** `exempt-json`: Gradio 6.1+ never prefixes valid JSON. `guide`: our own, which also guards a leading carriage return. */
export type Sanitiser = 'none' | 'prefix' | 'exempt-json' | 'guide';

const numbered: MediaRule = { folder: 'numbered', path: 'relative', directory: 'keep-list' };

const eraA: LogDialect = {
  era: 'A',
  csv: excel,
  fileName: 'log',
  header: true,
  flagColumn: 'options',
  usernameColumn: 'provided',
  timestampColumn: true,
  media: numbered,
  cells: 'values',
  sanitiser: 'none',
  headerSanitisedTwice: false,
  wrapsVideo: false,
  missingOption: '',
};
const eraB1: LogDialect = { ...eraA, era: 'B1', csv: apostrophe };
const eraB2: LogDialect = { ...eraB1, era: 'B2', flagColumn: 'always', usernameColumn: 'always' };
const eraC1: LogDialect = {
  ...eraB2,
  era: 'C1',
  csv: excel,
  media: { folder: 'flat', path: 'absolute', directory: 'keep-list' },
  cells: 'files',
  sanitiser: 'prefix',
};
const eraC2: LogDialect = { ...eraC1, era: 'C2', media: { ...eraC1.media, folder: 'hex40' } };
const eraD: LogDialect = {
  ...eraC1,
  era: 'D',
  media: { folder: 'hex20', path: 'given', directory: 'keep-list' },
  cells: 'compact',
  wrapsVideo: true,
};
const eraE: LogDialect = { ...eraD, era: 'E', cells: 'json-simplified' };
const eraF1: LogDialect = {
  ...eraE,
  era: 'F1',
  fileName: 'dataset',
  flagColumn: 'provided',
  usernameColumn: 'provided',
  media: { ...eraE.media, directory: 'deny-list' },
  headerSanitisedTwice: true,
};
const eraF2: LogDialect = { ...eraF1, era: 'F2', sanitiser: 'exempt-json', wrapsVideo: false };
const guide: LogDialect = {
  ...eraA,
  era: 'guide',
  fileName: 'logs',
  media: { ...numbered, directory: 'deny-list' },
  cells: 'guide',
  sanitiser: 'guide',
};

/** The dialect of each era as its `CSVLogger` wrote it. */
export const dialects: Readonly<Record<Era, LogDialect>> = {
  guide,
  A: eraA,
  B1: eraB1,
  B2: eraB2,
  C1: eraC1,
  C2: eraC2,
  D: eraD,
  E: eraE,
  F1: eraF1,
  F2: eraF2,
};

export function isEra(name: string): name is Era {
  return Object.hasOwn(dialects, name);
}

const eraOfFormat: Readonly<Record<LogFormat, Era>> = { guide: 'guide', 'gradio-4': 'E', 'gradio-6': 'F2' };

/** The dialect in which a logger starts a new log. */
export function dialectFor(format: LogFormat, logger: BuiltInLogger): LogDialect {
  const dialect = dialects[eraOfFormat[format]];
  switch (logger) {
    case 'CSVLogger':
      return dialect;
    case 'ClassicCSVLogger':
      return classic(dialect);
    case 'SimpleCSVLogger':
      return simple(dialect);
  }
}

/** Gradio's 4.x logger as later releases keep it: one file, and always a `flag` and a `username` column. */
function classic(dialect: LogDialect): LogDialect {
  return {
    ...dialect,
    fileName: dialect.fileName === 'dataset' ? 'log' : dialect.fileName,
    flagColumn: 'always',
    usernameColumn: 'always',
    headerSanitisedTwice: false,
    missingOption: dialect.era === 'F2' ? 'None' : '',
  };
}

/** Component values alone; Gradio leaves FileData unsimplified here. */
function simple(dialect: LogDialect): LogDialect {
  return {
    ...dialect,
    fileName: dialect.fileName === 'dataset' ? 'log' : dialect.fileName,
    header: false,
    flagColumn: 'never',
    usernameColumn: 'never',
    timestampColumn: false,
    cells: dialect.cells === 'json-simplified' ? 'json' : dialect.cells,
  };
}
