import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import ignore from 'ignore';
import { errorCode } from '../../errors';

/** Whether a `.gitignore` of the pushed folder names a path; folders end in `/`. */
export type IsIgnored = (path: string) => boolean;

export const ignoresNothing: IsIgnored = () => false;

/**
 * The rules of a folder over those of the folders above it. Those above the pushed folder do not count: data is often
 * ignored by git just because it is pushed elsewhere.
 *
 * @param folder absolute
 * @param prefix of its paths in the pushed folder; empty or ends in `/`
 */
export async function ignoreRules(folder: string, prefix: string, above: IsIgnored): Promise<IsIgnored> {
  const text = await rulesText(join(folder, '.gitignore'));
  if (text === undefined) return above;
  const rules = ignore().add(text);
  return (path) => {
    const { ignored, unignored } = rules.test(path.slice(prefix.length));
    return ignored || (!unignored && above(path));
  };
}

async function rulesText(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT' || errorCode(error) === 'EISDIR') return undefined;
    throw error;
  }
}
