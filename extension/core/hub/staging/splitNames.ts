import { posix } from 'node:path';

/** The words by which `datasets` knows a split in the name of a file or a folder. */
const keywords: readonly (readonly [split: string, words: readonly string[]])[] = [
  ['train', ['train', 'training']],
  ['validation', ['validation', 'valid', 'dev', 'val']],
  ['test', ['test', 'testing', 'eval', 'evaluation']],
];

const patterns = keywords.map(
  ([split, words]) => [split, new RegExp(`(?:^|[-._ 0-9])(?:${words.join('|')})(?:[-._ 0-9]|$)`, 'i')] as const,
);

/**
 * The split that a file belongs to, by its folders first and then by its name.
 *
 * @param path with `/`
 * @returns undefined when no part of it names one
 */
export function splitOfPath(path: string): string | undefined {
  const { dir, base } = posix.parse(path);
  for (const part of [...dir.split('/'), base]) {
    const found = patterns.find(([, pattern]) => pattern.test(part));
    if (found) return found[0];
  }
  return undefined;
}

/** A name without the word for a split: `reviews` for `reviews-train`, nothing for `train`. */
export function withoutSplit(name: string): string {
  const words = keywords.flatMap(([, all]) => all).join('|');
  return name
    .replace(new RegExp(`(^|[-._ 0-9])(?:${words})(?=[-._ 0-9]|$)`, 'i'), '')
    .replace(/^[-._ ]+|[-._ ]+$/g, '');
}

/** A path as a pattern of `data_files` that stands for this file alone. */
export function literalPattern(path: string): string {
  return path.replace(/[[*?]/g, (character) => `[${character}]`);
}
