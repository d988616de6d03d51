import type { FileData } from '../../../extension/core/demo/fileData';

/** The name a person knows a file by. */
export function nameOf({ orig_name, path }: FileData): string {
  return orig_name ?? path.split(/[\\/]/).at(-1) ?? path;
}
