import { join } from 'node:path';
import type { KeyValue, SchemaElement } from 'hyparquet';
import { findClassNames } from '../../dataset/classNames';
import type { TableOptions } from '../../dataset/table';
import { isRecord } from '../../json';
import { labelText } from '../parquet/cellValue';
import { isMedia } from '../parquet/mediaCells';
import { featuresJson } from '../parquet/datasetsFeatures';
import { openParquetSource, physicalSubtree, subtree } from '../parquet/parquetSource';
import { surveyParquet, type ParquetPart, type ParquetSurvey } from '../parquet/parquetSurvey';
import { schemaElements } from '../parquet/schemaElements';
import { mediaLimits, textLimits, type ShardFormat } from '../parquet/shardWriter';
import { SplitWriters } from '../parquet/splitWriters';
import { dataFolder, noSplitsAsIs, hashed, type StagedGroup, type StagingRequest } from './stageConverted';
import { splitsOf, type TableGroup } from './stageTables';
import { stepOf, whileUnchanged } from './steps';
import type { Feature, Features, StagingWarning } from './types';

/** The viewer of the Hub shows no row group that is larger. Bytes. */
const largestGroup = 300_000_000;

/**
 * Stages Parquet files. They go as they are, unless their labels become numbers of classes or a column divides them into
 * splits: they are written anew then, and every value keeps its type and its bytes.
 *
 * @param folder absolute; where files are made
 * @throws ExpectedError when a column is missing or names no splits
 */
export function stageParquetTables(
  group: TableGroup,
  request: StagingRequest,
  folder: string,
  options: TableOptions = {},
): Promise<StagedGroup> {
  const paths = group.parts.map(({ table }) => table.path);
  return whileUnchanged(paths, () => stageUnchanged(group, request, folder, options));
}

async function stageUnchanged(
  group: TableGroup,
  request: StagingRequest,
  folder: string,
  options: TableOptions,
): Promise<StagedGroup> {
  const { labelColumn, splitColumn, format } = request;
  const parts: ParquetPart[] = [];
  for (const { split, table } of group.parts) {
    parts.push({ split, table, source: await openParquetSource(table.path) });
  }
  const [first] = group.parts;
  if (!first) throw new Error('A configuration has files.');
  const known = labelColumn === undefined ? undefined : await findClassNames(first.table, labelColumn);
  const mayBeWritten = format === 'parquet' && (labelColumn !== undefined || splitColumn !== undefined);
  const survey = await surveyParquet(parts, request, known, stepOf(options, 0, mayBeWritten ? 2 : 1));
  if (splitColumn !== undefined && format === 'asIs') throw noSplitsAsIs();
  const isWritten = format === 'parquet' && (splitColumn !== undefined || hasTexts(survey));
  if (!isWritten) return asTheyAre(group, parts, survey, options);
  return writeAnew({ group, parts, survey, splitColumn, folder, options: stepOf(options, 1, 2) });
}

/** Whether labels have to be replaced by the numbers of their classes. */
function hasTexts({ labels, features }: ParquetSurvey): boolean {
  const feature = features?.find(([name]) => name === labels?.column)?.[1];
  return feature?.kind === 'value' && !/^u?int/.test(feature.dtype);
}

async function asTheyAre(
  group: TableGroup,
  parts: readonly ParquetPart[],
  survey: ParquetSurvey,
  options: TableOptions,
): Promise<StagedGroup> {
  const { labels } = survey;
  // A text that is no class fails to load; a number beyond the classes, too.
  const areClasses = labels?.classes.others.length === 0 && !(labels.hasBlank && hasTexts(survey));
  const features = areClasses ? classFeatures(survey) : (survey.features ?? []);
  return {
    config: { name: group.config, splits: splitsOf(group.parts, survey), features, loader: {} },
    files: await hashed(
      group.parts.map(({ path, table }) => [path, table.path]),
      options,
    ),
    rows: survey.rows,
    warnings: [
      ...survey.warnings,
      ...parts.flatMap(({ source }, index) => groupWarning(source.footer, group.parts[index]?.path ?? '')),
    ],
  };
}

function groupWarning(
  { row_groups: groups }: { readonly row_groups: readonly { readonly total_byte_size: bigint }[] },
  path: string,
): StagingWarning[] {
  if (groups.every(({ total_byte_size: bytes }) => bytes <= largestGroup)) return [];
  const message = 'It has row groups above 300 MB, which the viewer of the Hub does not show.';
  return [{ kind: 'fileLimit', message, paths: [path] }];
}

interface Writing {
  readonly group: TableGroup;
  readonly parts: readonly ParquetPart[];
  readonly survey: ParquetSurvey;
  readonly splitColumn: string | undefined;
  readonly folder: string;
  readonly options: TableOptions;
}

async function writeAnew(writing: Writing): Promise<StagedGroup> {
  const { group, parts, survey, folder, options } = writing;
  const writers = new SplitWriters(folder, dataFolder(group.config), shardFormat(parts, survey));
  try {
    for (const [index, part] of parts.entries()) {
      await writePart(part, writing, writers, stepOf(options, index, parts.length));
    }
    const { splits, paths } = await writers.finish();
    const files = paths.map((path) => [path, join(folder, path)] as const);
    return {
      config: { name: group.config, splits, features: classFeatures(survey), loader: {} },
      files: await hashed(files, options),
      rows: survey.rows,
      warnings: survey.warnings,
    };
  } finally {
    await writers.abandon();
  }
}

async function writePart(
  { split, source }: ParquetPart,
  { survey, splitColumn }: Writing,
  writers: SplitWriters,
  options: TableOptions,
): Promise<void> {
  const names = source.columns.map(({ element }) => element.name);
  const splitAt = splitColumn === undefined ? -1 : names.indexOf(splitColumn);
  const labelAt = survey.labels ? names.indexOf(survey.labels.column) : -1;
  const media = mediaColumns(survey);
  for await (const columns of source.read(options)) {
    for (let row = 0; row < (columns[0]?.length ?? 0); row++) {
      const values = columns.map((column, at) => {
        if (at === labelAt) return classNumber(column[row], survey.labels);
        return media.has(names[at] ?? '') ? orNull(column[row]) : column[row];
      });
      const writer = writers.of(splitAt < 0 ? split : physicalText(columns[splitAt]?.[row]));
      if (writer.add(values)) await writer.flush();
    }
  }
}

function mediaColumns({ features = [] }: ParquetSurvey): ReadonlySet<string> {
  return new Set(features.flatMap(([name, feature]) => (isMedia(feature) ? [name] : [])));
}

function classNumber(value: unknown, labels: ParquetSurvey['labels']): bigint | null {
  const index = labels?.classes.indexOf(physicalText(value));
  return index === undefined ? null : BigInt(index);
}

/** A missing file is read as one with neither bytes nor a path. */
function orNull(file: unknown): unknown {
  return isRecord(file) && file.bytes == null && file.path == null ? null : file;
}

/** Texts come as their bytes. */
function physicalText(value: unknown): string {
  return value instanceof Uint8Array ? Buffer.from(value).toString() : labelText(value);
}

function shardFormat(parts: readonly ParquetPart[], survey: ParquetSurvey): ShardFormat {
  const [first] = parts;
  const columns = first?.source.columns ?? [];
  const path = first?.source.path ?? '';
  const { labels } = survey;
  const media = mediaColumns(survey);
  const label = labels && schemaElements(labels.column, classLabel(labels.classes.names));
  const elementsOf = (own: (column: (typeof columns)[number]) => SchemaElement[]): SchemaElement[] => [
    { name: 'schema', num_children: columns.length },
    ...columns.flatMap((column) => (label && column.element.name === labels.column ? label : own(column))),
  ];
  return {
    schema: elementsOf((column) => physicalSubtree(column, path)),
    finalSchema: elementsOf(subtree),
    columns: columns.map(({ element: { name } }) => ({ name, isMedia: media.has(name) })),
    metadata: footerOf(survey),
    limits: media.size > 0 ? mediaLimits : textLimits,
  };
}

function footerOf({ footer, features, labels }: ParquetSurvey): KeyValue[] {
  if (Object.keys(footer).length === 0 && features === undefined) return [];
  const label = labels ? featuresJson([[labels.column, classLabel(labels.classes.names)]]) : {};
  return [{ key: 'huggingface', value: JSON.stringify({ info: { features: { ...footer, ...label } } }) }];
}

/** The features with the classes of the label column. */
function classFeatures({ features = [], labels }: ParquetSurvey): Features {
  return features.map(([name, feature]) =>
    name === labels?.column ? [name, classLabel(labels.classes.names)] : [name, feature],
  );
}

function classLabel(names: readonly string[]): Feature {
  return { kind: 'classLabel', names };
}
