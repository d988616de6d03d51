import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ExpectedError, isNotFound, messageOf } from '../../errors';
import { endpointOf, type Environment } from '../endpoint';

/**
 * The token of the environment, `HF_TOKEN` or else `HUGGING_FACE_HUB_TOKEN`, as `huggingface_hub` reads them. It belongs
 * to the Hub of `HF_ENDPOINT`, and is given for no other.
 */
export function environmentToken(environment: Environment, endpoint: string): string | undefined {
  if (endpointOf('', environment) !== endpoint) return undefined;
  return clean(environment.HF_TOKEN) ?? clean(environment.HUGGING_FACE_HUB_TOKEN);
}

/**
 * Where `huggingface_hub` keeps the token of its command line: `HF_TOKEN_PATH`, else `$HF_HOME/token`, else
 * `$XDG_CACHE_HOME/huggingface/token`, else `~/.cache/huggingface/token`. A leading `~` is the home folder.
 */
export function tokenFilePath(environment: Environment, home: string): string {
  const { HF_TOKEN_PATH: file, HF_HOME: folder, XDG_CACHE_HOME: cache } = environment;
  const expanded = (path: string): string => path.replace(/^~(?=$|[/\\])/, home);
  if (file) return expanded(file);
  if (folder) return join(expanded(folder), 'token');
  return join(cache ? expanded(cache) : join(home, '.cache'), 'huggingface', 'token');
}

/** The token of such a file; undefined where there is none. @throws ExpectedError when the file cannot be read */
export async function tokenOfFile(path: string): Promise<string | undefined> {
  try {
    return clean(await readFile(path, 'utf8'));
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw new ExpectedError(`The token file ${path} cannot be read: ${messageOf(error)}.`, 'Sign in another way.');
  }
}

/** Without the line end that an editor or a shell adds; undefined when nothing is left. */
function clean(token: string | undefined): string | undefined {
  return token?.trim() || undefined;
}
