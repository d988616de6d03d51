import type { Node } from 'jsonc-parser';
import { ExpectedError } from '../errors';
import { parseRepositoryId, type RepositoryId } from '../hub/repository';
import { datasetSaver, type SaverTarget } from '../hub/saver/types';
import type { Json } from '../json';
import type { PropSpec } from './kinds/kindSpec';
import { didYouMean, type Problems } from './problems';
import { checkNode, entriesOf, valueOf, type Entry } from './readNodes';

const infoFilename = 'dataset_info.json';

/** The keys of `flagging_callback` as an object, with the names of Gradio's `HuggingFaceDatasetSaver`. */
export const saverKeys = {
  name: {
    schema: { enum: [datasetSaver] },
    description: 'Each flag is recorded in the log first, then sent to the Hugging Face Hub when it can be reached.',
  },
  dataset_name: {
    schema: { type: 'string', minLength: 1 },
    description: 'The repository on the Hub, such as `"ada/flags"`. It is made with the first flag.',
  },
  private: {
    schema: { type: 'boolean' },
    default: true,
    description: 'Whether a repository that is made is private. Nothing private is sent to a public one.',
  },
  layout: {
    schema: { enum: ['parquet', 'gradio'] },
    description:
      'How flags lie there: `"parquet"`, which the Hub shows with images and labels, or what Gradio 3.28 to 4.44 wrote. ' +
      'Default: `"gradio"` beside `separate_dirs` or `info_filename`, else `"parquet"`.',
  },
  separate_dirs: {
    schema: { type: 'boolean' },
    default: false,
    description: 'In the layout of Gradio: a folder for each flag instead of one `data.csv`.',
  },
  info_filename: {
    schema: { type: 'string', minLength: 1 },
    default: infoFilename,
    description: 'In the layout of Gradio: the file that tells the features.',
  },
} as const satisfies Record<string, PropSpec>;

/** Reads `flagging_callback`: a name stays as it is, an object is a `HuggingFaceDatasetSaver`. */
export function readFlaggingCallback(node: Node, problems: Problems): string | SaverTarget | undefined {
  const value = valueOf(node);
  if (typeof value === 'string') return value;
  const entries = entriesOf(node, problems);
  const given = new Map<string, Json>();
  for (const { key, keyNode, value: item } of entries.values()) {
    if (!isSaverKey(key)) {
      const hint = didYouMean(key, Object.keys(saverKeys));
      problems.warn(keyNode, `"${key}" is not a key of "flagging_callback".${hint}`);
    } else if (checkNode(item, saverKeys[key].schema, `flagging_callback.${key}`, problems)) {
      given.set(key, valueOf(item));
    }
  }
  for (const key of ['name', 'dataset_name'].filter((one) => !entries.has(one)))
    problems.error(node, `"flagging_callback" as an object needs "${key}".`);
  const repo = repositoryOf(entries.get('dataset_name'), problems);
  const dirs = given.get('separate_dirs') === true;
  const layout = given.get('layout') ?? (dirs || given.has('info_filename') ? 'gradio' : 'parquet');
  const info = layout === 'parquet' ? undefined : given.get('info_filename');
  const ownKeys = [entries.get('separate_dirs'), entries.get('info_filename')];
  for (const { key, keyNode } of ownKeys.filter((entry) => entry !== undefined))
    if (layout === 'parquet') problems.warn(keyNode, `"${key}" has no effect in the layout "parquet".`);
  return (
    repo && {
      repo,
      visibility: given.get('private') === false ? 'public' : 'private',
      layout: layout === 'parquet' ? 'parquet' : dirs ? 'gradioDirs' : 'gradio',
      infoFilename: typeof info === 'string' ? info : infoFilename,
    }
  );
}

/** What `flagging_callback` says of a saver, without what is default. */
export function serializeSaver({ repo, visibility, layout, infoFilename: info }: SaverTarget): Json {
  return {
    name: datasetSaver,
    dataset_name: repo,
    ...(visibility === 'public' ? { private: false } : {}),
    ...(layout === 'parquet' ? {} : { layout: 'gradio' }),
    ...(layout === 'gradioDirs' ? { separate_dirs: true } : {}),
    ...(layout === 'parquet' || info === infoFilename ? {} : { info_filename: info }),
  };
}

function repositoryOf(entry: Entry | undefined, problems: Problems): RepositoryId | undefined {
  const name = entry && valueOf(entry.value);
  if (!entry || typeof name !== 'string' || name === '') return undefined;
  try {
    return parseRepositoryId(name);
  } catch (error) {
    if (!(error instanceof ExpectedError)) throw error;
    problems.error(entry.value, error.message);
    return undefined;
  }
}

function isSaverKey(key: string): key is keyof typeof saverKeys {
  return Object.hasOwn(saverKeys, key);
}
