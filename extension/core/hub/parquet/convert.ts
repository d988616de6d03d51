import type { KeyValue, SchemaElement } from 'hyparquet';
import type { TableOptions } from '../../dataset/table';
import type { Feature, StagedSplit, StagingWarning } from '../staging/types';
import { labelText, valueWriter, type ToValue } from './cellValue';
import { featuresJson } from './datasetsFeatures';
import { MediaReader, type ResolveFile } from './mediaCells';
import { schemaElements } from './schemaElements';
import { mediaLimits, ShardWriter, textLimits, type ShardFormat, type ShardLimits } from './shardWriter';
import { featuresOf, type DatasetPart, type Survey, type SurveyedColumn } from './survey';

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
}

/**
 * Writes a dataset as Parquet in the way of `push_to_hub`: shards of a split under `data/`, files of media inside, and the
 * features in the footer. The same records give the same bytes. Only a row group is held in memory.
 *
 * @param survey of the same parts
 * @throws the reason of the signal
 */
export async function convertRecords(
  parts: readonly DatasetPart[],
  survey: Survey,
  target: ConversionTarget,
  options: TableOptions = {},
): Promise<Converted> {
  const columns = survey.columns.map((column) => outputColumn(column, target.resolve));
  const hasMedia = columns.some(({ media }) => media !== undefined);
  const writers = new SplitWriters(
    target,
    shardFormat(survey, columns, target.limits ?? (hasMedia ? mediaLimits : textLimits)),
  );
  try {
    for (const part of parts) await convertPart(part, columns, writers, target.splitColumn, options);
    const { splits, paths } = await writers.finish();
    return { splits, paths, warnings: columns.flatMap(({ media }) => media?.warnings ?? []) };
  } finally {
    await writers.abandon();
  }
}

async function convertPart(
  { split, source }: DatasetPart,
  columns: readonly OutputColumn[],
  writers: SplitWriters,
  splitColumn: string | undefined,
  options: TableOptions,
): Promise<void> {
  for await (const batch of source.read(options)) {
    const cells = columns.map(({ name }) => batch.column(name));
    const splits = splitColumn === undefined ? undefined : batch.column(splitColumn);
    for (let row = 0; row < batch.count; row++) {
      const values: unknown[] = [];
      for (const [index, { toValue, media }] of columns.entries()) {
        const cell = cells[index]?.[row];
        values.push(media ? await media.read(cell) : toValue(cell));
      }
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
  readonly media: MediaReader | undefined;
}

function outputColumn({ name, feature, classes }: SurveyedColumn, resolve: ResolveFile): OutputColumn {
  const media = isMedia(feature) ? new MediaReader(name, resolve) : undefined;
  const toValue = media ? (): null => null : valueWriter(feature, classes);
  return { name, elements: schemaElements(name, feature), toValue, media };
}

function isMedia(feature: Feature): boolean {
  if (feature.kind === 'list') return isMedia(feature.of);
  return feature.kind === 'image' || feature.kind === 'audio' || feature.kind === 'video';
}

function shardFormat(survey: Survey, columns: readonly OutputColumn[], limits: ShardLimits): ShardFormat {
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

class SplitWriters {
  private readonly writers = new Map<string, ShardWriter>();

  constructor(
    private readonly target: ConversionTarget,
    private readonly format: ShardFormat,
  ) {}

  of(split: string): ShardWriter {
    const { folder, prefix } = this.target;
    let writer = this.writers.get(split);
    if (!writer) this.writers.set(split, (writer = new ShardWriter(folder, `${prefix}/${split}`, this.format)));
    return writer;
  }

  async finish(): Promise<{ readonly splits: StagedSplit[]; readonly paths: string[] }> {
    const { prefix } = this.target;
    const splits: StagedSplit[] = [];
    const paths: string[] = [];
    for (const [name, writer] of this.writers) {
      paths.push(...(await writer.finish()));
      splits.push({ name, paths: [`${prefix}/${name}-*`], rows: writer.rows });
    }
    return { splits, paths };
  }

  async abandon(): Promise<void> {
    for (const writer of this.writers.values()) await writer.abandon();
  }
}
