import type { KeyValue, SchemaElement } from 'hyparquet';
import type { TableOptions } from '../../dataset/table';
import { stepOf } from '../staging/steps';
import type { StagedSplit, StagingWarning } from '../staging/types';
import { labelText, valueWriter, type ToValue } from './cellValue';
import { featuresJson } from './datasetsFeatures';
import { embeddedFile, isMedia, MediaReader, type EmbeddedFile, type ResolveFile } from './mediaCells';
import { schemaElements } from './schemaElements';
import { mediaLimits, textLimits, type ShardFormat, type ShardLimits } from './shardWriter';
import { SplitWriters } from './splitWriters';
import type { RecordSource } from './recordSource';
import { featuresOf, type SurveyedColumn } from './survey';

/** Records that are converted, and the split that they belong to unless a column tells. */
export interface ConversionPart {
  readonly split: string;
  readonly source: Pick<RecordSource, 'read'>;
}

/** What has to be known of the columns: their features, and the classes of those of labels. */
export interface ConversionColumns {
  readonly columns: readonly Pick<SurveyedColumn, 'name' | 'feature' | 'classes'>[];
}

/** Where the files of a conversion go. */
export interface ConversionTarget {
  /** Absolute. */
  readonly folder: string;
  /** Of all paths: `data` or the name of a configuration. */
  readonly prefix: string;
  /** Undefined where each part has its split. */
  readonly splitColumn: string | undefined;
  readonly resolve: ResolveFile;
  /** Those of text or media when absent. */
  readonly limits?: ShardLimits;
}

export interface Converted {
  readonly splits: readonly StagedSplit[];
  /** In the folder and in the repository. */
  readonly paths: readonly string[];
  readonly warnings: readonly StagingWarning[];
  /** Absolute paths, links followed, of the files that are inside. */
  readonly embedded: ReadonlySet<string>;
}

/**
 * Writes a dataset as Parquet in the way of `push_to_hub`: shards of a split under `data/`, files of media inside, and the
 * features in the footer. The same records give the same bytes. Only a row group is held in memory.
 *
 * @param survey of the same parts
 * @throws the reason of the signal
 */
export async function convertRecords(
  parts: readonly ConversionPart[],
  survey: ConversionColumns,
  target: ConversionTarget,
  options: TableOptions = {},
): Promise<Converted> {
  const embedded = new Set<string>();
  const columns = survey.columns.map((column) => outputColumn(column, target.resolve, embedded));
  const hasMedia = columns.some(({ media }) => media !== undefined);
  const limits = target.limits ?? (hasMedia ? mediaLimits : textLimits);
  const writers = new SplitWriters(target.folder, target.prefix, shardFormat(survey, columns, limits));
  try {
    for (const [index, part] of parts.entries()) {
      await convertPart(part, columns, writers, target.splitColumn, stepOf(options, index, parts.length));
    }
    const { splits, paths } = await writers.finish();
    return { splits, paths, warnings: columns.flatMap(({ media }) => media?.warnings ?? []), embedded };
  } finally {
    await writers.abandon();
  }
}

async function convertPart(
  { split, source }: ConversionPart,
  columns: readonly OutputColumn[],
  writers: SplitWriters,
  splitColumn: string | undefined,
  options: TableOptions,
): Promise<void> {
  // One list for all records: with lists of their own, most of the time goes into collecting them.
  const values = columns.map((): unknown => null);
  for await (const batch of source.read(options)) {
    const read = columns.map(({ name, toValue, media }) => ({ cells: batch.column(name), toValue, media }));
    const splits = splitColumn === undefined ? undefined : batch.column(splitColumn);
    for (let row = 0; row < batch.count; row++) {
      let index = 0;
      for (const { cells, toValue, media } of read)
        values[index++] = media ? await media.read(cells[row]) : toValue(cells[row]);
      const writer = writers.of(splits ? labelText(splits[row]) : split);
      if (writer.add(values)) await writer.flush();
    }
    options.signal?.throwIfAborted();
  }
}

interface OutputColumn {
  readonly name: string;
  readonly elements: readonly SchemaElement[];
  readonly toValue: ToValue;
  /** Of a column of files. */
  readonly media: MediaReader<EmbeddedFile> | undefined;
}

function outputColumn(
  { name, feature, classes }: ConversionColumns['columns'][number],
  resolve: ResolveFile,
  embedded: Set<string>,
): OutputColumn {
  const embed = (file: string): Promise<EmbeddedFile> => {
    embedded.add(file);
    return embeddedFile(file);
  };
  const media = isMedia(feature) ? new MediaReader(name, resolve, embed) : undefined;
  const toValue = media ? (): null => null : valueWriter(feature, classes);
  return { name, elements: schemaElements(name, feature), toValue, media };
}

function shardFormat(survey: ConversionColumns, columns: readonly OutputColumn[], limits: ShardLimits): ShardFormat {
  const root: SchemaElement = { name: 'schema', num_children: columns.length };
  const finalSchema = [root, ...columns.flatMap(({ elements }) => elements)];
  const info = JSON.stringify({ info: { features: featuresJson(featuresOf(survey)) } });
  const metadata: KeyValue[] = [{ key: 'huggingface', value: info }];
  return {
    schema: finalSchema.map(asText),
    finalSchema,
    columns: columns.map(({ name, media }) => ({ name, isMedia: media !== undefined })),
    metadata,
    limits,
  };
}

/** JSON is written as the text that it is already. */
function asText(element: SchemaElement): SchemaElement {
  if (element.converted_type !== 'JSON') return element;
  return { ...element, converted_type: 'UTF8', logical_type: { type: 'STRING' } };
}
