import { cardPath } from '../repository';
import { isRecord } from '../../json';
import type { StagedConfig, StagingWarning } from '../staging/types';
import { withBlock } from './block';
import { featuresYaml } from '../parquet/datasetsFeatures';
import { firstLine, hiddenBy, putTogether, takeApart, type CardText } from './frontMatter';
import { YamlEdits } from './yamlEdits';

/** What a push has to say in the card of a dataset. */
export interface CardContent {
  /** Of a card that is new. */
  readonly title: string;
  readonly configs: readonly StagedConfig[];
  /** `license`, `pretty_name`, `tags`, …: written where the card has no such key. */
  readonly fields: Readonly<Record<string, string | readonly string[]>>;
  /** Markdown of our block in the body. */
  readonly sections: string;
}

export interface MergedCard {
  readonly text: string;
  readonly warnings: readonly StagingWarning[];
}

/** Of an entry of `configs`: what is about no file, and so stays when the files change. */
const keptOfConfig = ['default', 'description', 'version'];
/** Of an entry of `dataset_info`: what would be wrong as soon as a row changes, and keeps `datasets` from loading then. */
const staleOfInfo = ['features', 'splits', 'download_size', 'dataset_size', 'dtype'];

/**
 * A README.md with what a push has to say: the entries of its configurations in `configs` and `dataset_info`, fields that
 * were absent, and our block. Everything else stays byte for byte, and merging again changes nothing.
 *
 * @param existing undefined for a new card
 * @throws ExpectedError naming the line of a front matter that is broken
 */
export function mergeCard(existing: string | undefined, content: CardContent): MergedCard {
  const parts = takeApart(existing ?? '');
  const { opening, closing, lineEnd } = parts;
  const edits = new YamlEdits(parts.yaml, lineEnd, firstLine(opening));
  const lost = lostSplits(edits, content.configs);
  writeFields(edits, content.fields);
  writeConfigs(edits, content.configs);
  writeInfos(edits, content.configs);
  const fence = `---${lineEnd}`;
  const text = putTogether({
    ...parts,
    opening: closing === '' ? opening + fence : opening,
    yaml: edits.toString(),
    closing: closing === '' ? fence : closing.endsWith('\n') ? closing : fence,
    body: withBlock(bodyOf(parts, content.title), content.sections, lineEnd),
  });
  const hidden = hiddenBy(opening);
  const messages = [
    ...(hidden === undefined ? [] : [`${hidden}, so \`datasets\` does not find its front matter. Remove it.`]),
    ...lost,
  ];
  return { text, warnings: messages.map((message) => ({ kind: 'card', message, paths: [cardPath] })) };
}

/** The text below a front matter begins after an empty line where both are new to each other. */
function bodyOf({ closing, body, lineEnd }: CardText, title: string): string {
  if (closing !== '') return body;
  if (body === '') return `${lineEnd}# ${title}${lineEnd}`;
  return /^\r?\n/.test(body) ? body : lineEnd + body;
}

function writeFields(edits: YamlEdits, fields: CardContent['fields']): void {
  for (const [key, value] of Object.entries(fields)) {
    if (edits.get(key) === undefined) edits.set(key, value);
  }
}

function writeConfigs(edits: YamlEdits, configs: readonly StagedConfig[]): void {
  for (const { name, splits, loader } of configs) {
    const data_files = splits.map(({ name: split, paths }) => {
      return { split, path: paths.length === 1 ? paths[0] : [...paths] };
    });
    const present = configEntries(edits).find(isNamed(name)) ?? {};
    const kept = keptOfConfig.flatMap((key) => (key in present ? [[key, present[key]] as const] : []));
    edits.setItem('configs', { config_name: name, data_files, ...loader, ...Object.fromEntries(kept) }, isNamed(name));
  }
}

/**
 * Features go into `dataset_info`, also of a loader that has them as its own: people and tools look for them there. Where
 * there are none, `datasets` is to find them out, and those that were there do not count any more.
 */
function writeInfos(edits: YamlEdits, configs: readonly StagedConfig[]): void {
  for (const { name, features } of configs) {
    const value = edits.get('dataset_info');
    const entries = infoEntries(value);
    const { config_name, ...present } = entries.find(isNamed(name)) ?? {};
    const others = entries.filter((entry) => !isNamed(name)(entry));
    const kept = Object.entries(present).filter(([key]) => !staleOfInfo.includes(key));
    const info = { features: featuresYaml(features), ...Object.fromEntries(kept) };
    const isOnly = others.length === 0 && name === 'default' && configs.length === 1;
    if (features.length === 0) {
      if (others.length === entries.length) continue;
      edits.set('dataset_info', others.length > 0 ? others.map(withName) : undefined);
    } else if (Array.isArray(value)) edits.setItem('dataset_info', { config_name: name, ...info }, isNamed(name));
    else if (isOnly) edits.set('dataset_info', config_name === undefined ? info : { config_name, ...info });
    else edits.set('dataset_info', [...others.map(withName), { config_name: name, ...info }]);
  }
}

function configEntries(edits: YamlEdits): Record<string, unknown>[] {
  const configs = edits.get('configs');
  return Array.isArray(configs) ? configs.filter(isRecord) : [];
}

/** `dataset_info` is a list where there are several configurations, and one entry without a name where not. */
function infoEntries(value: unknown): Record<string, unknown>[] {
  return (Array.isArray(value) ? value : [value]).filter(isRecord);
}

function isNamed(name: string): (entry: unknown) => boolean {
  return (entry) => isRecord(entry) && (entry.config_name ?? 'default') === name;
}

function withName(entry: object): object {
  return { config_name: 'default', ...entry };
}

/** Splits of our configurations that the card has and the push does not: their files stay, but are loaded no more. */
function lostSplits(edits: YamlEdits, configs: readonly StagedConfig[]): string[] {
  return configs.flatMap(({ name, splits }) => {
    const files = configEntries(edits).find(isNamed(name))?.data_files;
    const present = Array.isArray(files) ? files.filter(isRecord).map(({ split }) => String(split)) : [];
    const lost = present.filter((split) => !splits.some((one) => one.name === split));
    if (lost.length === 0) return [];
    const which = lost.map((split) => `"${split}"`).join(', ');
    return [
      `The configuration "${name}" has no split ${which} any more; files of the repository are not deleted for it.`,
    ];
  });
}
