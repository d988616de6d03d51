import type { Stats } from 'node:fs';

/** What tells whether a file is still the one that was read. */
export type FileVersion = Pick<Stats, 'ino' | 'size' | 'mtimeMs'>;

export function versionOf({ ino, size, mtimeMs }: Stats): FileVersion {
  return { ino, size, mtimeMs };
}

export function isSameVersion(one: FileVersion, other: FileVersion): boolean {
  return one.ino === other.ino && one.size === other.size && one.mtimeMs === other.mtimeMs;
}
