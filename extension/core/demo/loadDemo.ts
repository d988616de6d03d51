import { existsSync, readFileSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { errorCode, ExpectedError, isNotFound, messageOf } from '../errors';
import type { DemoResult, FunctionReference, LogFormat } from './definition';
import { parseDemo } from './parse';
import { parameterNamesIn } from './signature';

/** What a load may be told. */
export interface LoadContext {
  /** Overrides the definition's `log_format`. */
  readonly logFormat?: LogFormat | undefined;
  /** The text of an open editor, used instead of the file's. */
  readonly text?: string | undefined;
}

/** A source file above this size, in bytes, is not scanned for parameter names. */
const largestSource = 2_000_000;

/**
 * Reads a demo definition from disk. What is wrong inside it is among the problems.
 *
 * @throws ExpectedError when the file cannot be read
 */
export async function loadDemo(file: string, { logFormat, text }: LoadContext = {}): Promise<DemoResult> {
  const source = resolve(file);
  return parseDemo(text ?? (await readDefinition(source)), source, { logFormat, parameterNames, fileExists: isFile });
}

async function readDefinition(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (isNotFound(error))
      throw new ExpectedError(`The demo definition ${file} does not exist.`, 'Check the path.', '', { cause: error });
    if (errorCode(error) === 'EISDIR')
      throw new ExpectedError(`${file} is a folder.`, 'Name a *.demo.json file.', '', { cause: error });
    throw new ExpectedError(`The demo definition ${file} cannot be read: ${messageOf(error)}`, '', '', {
      cause: error,
    });
  }
}

/** Parameter names as the source file has them now; a file that cannot be read gives none. */
function parameterNames(fn: FunctionReference): readonly string[] | undefined {
  if (fn.type === 'http') return undefined;
  if (fn.type === 'classifier') return [fn.text ?? 'text'];
  try {
    if (!isFile(fn.file) || statSync(fn.file).size > largestSource) return undefined;
    return parameterNamesIn(readFileSync(fn.file, 'utf8'), fn);
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
    return undefined;
  }
}

/** Neither a folder nor a pipe, which would never end. */
function isFile(path: string): boolean {
  return existsSync(path) && (statSync(path, { throwIfNoEntry: false })?.isFile() ?? false);
}
