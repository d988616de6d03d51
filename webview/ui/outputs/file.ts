import { formatBytes } from './number';
import type { ShownFile } from './payload';

/** The name a person knows a file by. */
export function nameOf({ orig_name, path }: ShownFile): string {
  return orig_name ?? path.split(/[\\/]/).at(-1) ?? path;
}

/** The size of a file for a person; empty when unknown. */
export function sizeText({ size }: ShownFile): string {
  return typeof size === 'number' ? formatBytes(size) : '';
}
