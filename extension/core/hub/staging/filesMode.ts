import { createHash } from 'node:crypto';
import { mkdir, open, readFile, type FileHandle } from 'node:fs/promises';
import { dirname, extname, join } from 'node:path';
import type { TableOptions } from '../../dataset/table';
import { ExpectedError } from '../../errors';
import { dumpsPythonJson } from '../../flagging/format/pythonJson';
import { valueWriter } from '../parquet/cellValue';
import { featuresYaml } from '../parquet/datasetsFeatures';
import { isMedia, mediaKindOf, MediaReader, type MediaKind, type ResolveFile } from '../parquet/mediaCells';
import { featuresOf, type Survey, type SurveyedColumn } from '../parquet/survey';
import { timeWarning } from './asIs';
import { defaultConfig, hashed, type RecordGroup, type StagedGroup } from './stageConverted';

/** What the folders of media are called. */
const folders: Readonly<Record<MediaKind, string>> = { image: 'images', audio: 'audio', video: 'videos' };

/** Records that are written at once. */
const batchRows = 1000;

/**
 * Stages records as JSON Lines and their files beside them, in the layout that `datasets` knows: `metadata.jsonl` with the
 * paths in columns that end in `_file_name`, and files that are named after their content, so that no two of them are
 * stored twice and no folder has more entries than the Hub takes. Without files it is `data/train.jsonl`.
 *
 * @throws ExpectedError when there are media of several kinds, which this layout cannot have
 */
export async function stageFilesMode(group: RecordGroup, options: TableOptions): Promise<StagedGroup> {
  const { config: name, parts, survey, folder, resolve } = group;
  const kind = onlyKind(survey);
  const below = name === defaultConfig ? '' : `${name}/`;
  const metadata = kind === undefined ? `${below}data/train.jsonl` : `${below}metadata.jsonl`;
  const media = new MediaFiles(kind === undefined ? '' : `${below}${folders[kind]}`, resolve);
  const writers = survey.columns.map((column) => memberWriter(column, media));
  await mkdir(dirname(join(folder, metadata)), { recursive: true });
  const sink = await open(join(folder, metadata), 'w');
  try {
    for (const { source } of parts) {
      for await (const batch of source.read(options)) {
        const cells = survey.columns.map((column) => batch.column(column.name));
        await writeLines(sink, batch.count, (row) =>
          lineOf(
            writers,
            cells.map((column) => column[row]),
          ),
        );
      }
    }
  } finally {
    await sink.close();
  }
  const features = featuresOf(survey);
  const paths = kind === undefined ? [metadata] : [metadata, `${below}${folders[kind]}/**`];
  return {
    config: {
      name,
      splits: [{ name: 'train', paths, rows: survey.rows }],
      features,
      loader: { features: featuresYaml(features) },
    },
    files: await hashed([[metadata, join(folder, metadata)], ...media.files], options),
    rows: survey.rows,
    warnings: [...survey.warnings, ...media.warnings, ...survey.columns.flatMap(timeWarning)],
  };
}

/** A member of the object of a record; undefined where it has none. */
type MemberWriter = (cell: unknown) => Promise<readonly [key: string, value: unknown]>;

function memberWriter({ name, feature, plain }: SurveyedColumn, media: MediaFiles): MemberWriter {
  if (isMedia(feature)) {
    const files = media.column(name);
    const key = feature.kind === 'list' ? `${name}_file_names` : `${name}_file_name`;
    return async (cell) => [key, await files(cell)];
  }
  // Labels stay texts: the loader finds their numbers. JSON is a text of its own, since the loader of folders adds the
  // members of one object to the others, and fails on a list beside an object.
  const own = feature.kind === 'classLabel' ? plain.feature() : feature;
  const toValue = valueWriter(own);
  const isLabel = feature.kind === 'classLabel';
  return (cell) => Promise.resolve([name, isLabel && cell === '' ? null : toValue(cell)]);
}

async function lineOf(writers: readonly MemberWriter[], cells: readonly unknown[]): Promise<string> {
  const members: (readonly [string, unknown])[] = [];
  for (const [index, member] of writers.entries()) members.push(await member(cells[index]));
  return `${dumpsPythonJson(new Map(members))}\n`;
}

async function writeLines(sink: FileHandle, count: number, line: (row: number) => Promise<string>): Promise<void> {
  for (let from = 0; from < count; from += batchRows) {
    let text = '';
    for (let row = from; row < Math.min(count, from + batchRows); row++) text += await line(row);
    await sink.writeFile(text);
  }
}

function onlyKind({ columns }: Survey): MediaKind | undefined {
  const kinds = new Set(columns.flatMap(({ feature }) => mediaKindOf(feature) ?? []));
  const [kind, other] = kinds;
  if (other === undefined) return kind;
  throw new ExpectedError(
    `The samples have files of several kinds (${[...kinds].join(', ')}), which only Parquet holds together.`,
    'Choose Parquet.',
  );
}

/** The files that records name, by the paths that they get. */
class MediaFiles {
  private readonly found = new Map<string, string>();
  private readonly readers: MediaReader<string>[] = [];

  constructor(
    private readonly folder: string,
    private readonly resolve: ResolveFile,
  ) {}

  get files(): readonly (readonly [path: string, file: string])[] {
    return [...this.found];
  }

  get warnings(): StagedGroup['warnings'] {
    return this.readers.flatMap(({ warnings }) => warnings);
  }

  /** Reads the cells of a column as paths in the repository. */
  column(name: string): (cell: unknown) => Promise<unknown> {
    const reader = new MediaReader(name, this.resolve, (file) => this.pathOf(file));
    this.readers.push(reader);
    return async (cell) => {
      const paths = await reader.read(cell);
      return Array.isArray(paths) ? paths.filter((path) => path !== null) : paths;
    };
  }

  private async pathOf(file: string): Promise<string> {
    const hash = createHash('sha256')
      .update(await readFile(file))
      .digest('hex')
      .slice(0, 16);
    const path = `${this.folder}/${hash.slice(0, 2)}/${hash}${extname(file).toLowerCase()}`;
    this.found.set(path, file);
    return path;
  }
}
