import { parse } from 'yaml';
import { isRecord } from '../../json';
import { takeApart } from '../card/frontMatter';

/** A split as a card names it. */
export interface ConfiguredSplit {
  readonly config: string;
  readonly split: string;
  /** Patterns of paths in the repository. */
  readonly patterns: readonly string[];
}

/**
 * The splits of `configs` in the front matter of a card: `data_files` is a pattern, a list of them, a mapping from splits
 * to them, or a list of `{split, path}` (`datasets`, `MetadataConfigs`).
 *
 * @returns none where the card names no files, or cannot be read
 */
export function configuredSplits(readme: string): ConfiguredSplit[] {
  const { configs } = frontMatter(readme);
  if (!Array.isArray(configs)) return [];
  return configs.filter(isRecord).flatMap(({ config_name: name, data_files: files, data_dir: directory }) => {
    const config = typeof name === 'string' ? name : 'default';
    const inside = typeof directory === 'string' && directory !== '' ? `${directory.replace(/\/$/, '')}/` : '';
    return splitsOf(files).map(({ split, patterns }) => {
      return { config, split, patterns: patterns.map((pattern) => inside + pattern) };
    });
  });
}

type SplitPatterns = Omit<ConfiguredSplit, 'config'>;

function splitsOf(files: unknown): SplitPatterns[] {
  if (isRecord(files)) return Object.entries(files).map(([split, paths]) => ({ split, patterns: patternsOf(paths) }));
  const list = Array.isArray(files) ? (files as readonly unknown[]) : [files];
  const named = list.filter(isRecord);
  if (named.length === 0) {
    const patterns = patternsOf(files);
    return patterns.length === 0 ? [] : [{ split: 'train', patterns }];
  }
  return named.map(({ split, path }) => {
    return { split: typeof split === 'string' ? split : 'train', patterns: patternsOf(path) };
  });
}

function patternsOf(paths: unknown): string[] {
  return (Array.isArray(paths) ? (paths as readonly unknown[]) : [paths]).filter((path) => typeof path === 'string');
}

function frontMatter(readme: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = parse(takeApart(readme).yaml);
    return isRecord(value) ? value : {};
  } catch {
    return {}; // The files tell, too, and a person who pulls cannot mend the card.
  }
}
