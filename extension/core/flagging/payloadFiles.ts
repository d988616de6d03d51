import { copyFile, mkdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { isFile } from './format/models';
import { replaceParts, toPythonValue, type PythonValue } from './format/pythonValue';

/** Payloads that own their files. */
export interface OwnedPayload {
  readonly value: PythonValue;
  /** How many files there are. */
  readonly files: number;
}

/**
 * Copies all files of payloads into a folder, each into one of its own so that it keeps its name.
 *
 * @param folder absolute, and there
 * @param final where the folder will be once it is complete, for the paths
 */
export async function withOwnFiles(payload: unknown, folder: string, final = folder): Promise<OwnedPayload> {
  const sources: string[] = [];
  const value = replaceParts(toPythonValue(payload), (part) => {
    const path = isFile(part) ? part.get('path') : undefined;
    if (!isFile(part) || typeof path !== 'string') return undefined;
    const name = join(String(sources.length), basename(path));
    sources.push(path);
    return new Map([...part, ['path', join(final, name)]]);
  });
  for (const [index, path] of sources.entries()) {
    await mkdir(join(folder, String(index)), { recursive: true });
    await copyFile(path, join(folder, String(index), basename(path)));
  }
  return { value, files: sources.length };
}
