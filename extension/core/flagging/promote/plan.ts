import { basename, extname } from 'node:path';
import { encodeRecord, type CsvDialect } from '../../csv/dialect';
import { isRecord } from '../../json';
import { dumpsPythonJson } from '../format/pythonJson';
import type {
  ColumnMapping,
  ColumnSource,
  DatasetLayout,
  MediaCopy,
  PromotedSample,
  PromotedValue,
  PromotionPlan,
} from './types';

export interface PlanRequest {
  /** Absolute path of the dataset file. */
  readonly dataset: string;
  readonly begins: boolean;
  readonly layout: DatasetLayout;
  readonly mapping: ColumnMapping;
  readonly samples: readonly PromotedSample[];
  /** Whether a path relative to the dataset's folder is taken already. */
  readonly isTaken: (path: string) => boolean;
}

/** Columns that take the sample's component of the same name, whatever the case; for a new dataset, every component. */
export function guessMapping(columns: readonly string[], components: readonly string[]): ColumnMapping {
  const byName = new Map(components.map((name) => [name.toLowerCase(), name]));
  const found = columns.flatMap((column): [string, ColumnSource][] => {
    const name = byName.get(column.toLowerCase());
    return name === undefined ? [] : [[column, { from: 'component', name }]];
  });
  return Object.fromEntries(found);
}

/** What adding these samples to a dataset writes. */
export function planPromotion(request: PlanRequest): PromotionPlan {
  const { dataset, begins, layout, mapping, samples } = request;
  const media = new MediaPlan(`${basename(dataset, extname(dataset))}-media`, request.isTaken);
  const rows = samples.map((sample) =>
    layout.columns.map((column) =>
      valueOf(sample, Object.hasOwn(mapping, column) ? mapping[column] : undefined, media),
    ),
  );
  const header = begins && layout.format === 'csv' ? [layout.columns] : [];
  const text = [...header, ...rows].map((row) => encode(row, layout)).join('');
  return { dataset, begins, samples: samples.length, text, media: media.copies, warnings: warningsOf(request) };
}

function warningsOf({ layout, mapping, samples }: PlanRequest): string[] {
  const empty = layout.columns.filter((column) => !Object.hasOwn(mapping, column));
  const used = Object.values(mapping).flatMap((source) => (source.from === 'component' ? [source.name] : []));
  const names = new Set(samples.flatMap(({ components }) => components.map(({ name }) => name)));
  const unknown = [...new Set(used)].filter((name) => !names.has(name));
  return [
    ...(empty.length > 0 ? [`Nothing is mapped to ${quoted(empty)}: the cells stay empty.`] : []),
    ...(unknown.length > 0 ? [`The samples have no component ${quoted(unknown)}.`] : []),
  ];
}

function quoted(names: readonly string[]): string {
  return names.map((name) => `“${name}”`).join(', ');
}

/** Gives each file a name of its own beside the dataset. */
class MediaPlan {
  readonly copies: MediaCopy[] = [];
  private readonly given = new Set<string>();

  constructor(
    private readonly folder: string,
    private readonly isTaken: (path: string) => boolean,
  ) {}

  add(source: string): string {
    const extension = extname(source).replace(/[^.\w]/g, '');
    for (let number = this.copies.length; ; number++) {
      const target = `${this.folder}/${number}${extension}`;
      if (this.given.has(target) || this.isTaken(target)) continue;
      this.given.add(target);
      this.copies.push({ source, target });
      return target;
    }
  }
}

function valueOf(sample: PromotedSample, source: ColumnSource | undefined, media: MediaPlan): unknown {
  if (source === undefined) return null;
  if (source.from === 'constant') return source.value;
  if (source.from !== 'component') return sample[source.from];
  const found = sample.components.find(({ name }) => name === source.name);
  return found ? componentValue(found, media) : null;
}

/** A label is its name, a file the path of its copy; everything else stays what it is. */
function componentValue({ value, files }: PromotedValue, media: MediaPlan): unknown {
  if (files.length > 0) {
    const paths = files.map((file) => media.add(file));
    return paths.length === 1 ? paths[0] : paths;
  }
  if (isRecord(value) && typeof value.label === 'string' && 'confidences' in value) return value.label;
  return value;
}

function encode(row: readonly unknown[], layout: DatasetLayout): string {
  if (layout.format === 'jsonl') {
    const pairs = layout.columns.map((column, index) => [column, row[index] ?? null]);
    return JSON.stringify(Object.fromEntries(pairs)) + layout.lineEnd;
  }
  const { delimiter, lineEnd, quotesAll } = layout;
  const quoting = quotesAll ? 'nonnumeric' : 'minimal';
  const dialect: CsvDialect = { delimiter, quote: '"', quoting, lineEnd };
  return encodeRecord(row.map(cellOf), dialect);
}

/** A dataset is data for training: texts are written as they are, without a guard against spreadsheets. */
function cellOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'string' ? value : dumpsPythonJson(value);
}
