import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { transform } from 'sucrase';

/**
 * JavaScript from TypeScript. Lines stay where they are, so that stacks need no source map.
 *
 * @throws SyntaxError with the file's name and the line
 */
export function withoutTypes(source: string, filePath: string): string {
  return parsed(source, filePath, ['typescript']);
}

/** The same error with its place, which Node.js keeps to itself for modules. */
export async function withPlace(error: SyntaxError, paths: readonly string[]): Promise<SyntaxError> {
  for (const path of paths.filter((candidate) => /\.[mc]?js$/.test(candidate))) {
    const source = await readFile(path, 'utf8').catch(() => '');
    try {
      parsed(source, path, []);
    } catch (placed) {
      const place = /\(.*, line \d+\)$/.exec(placed instanceof Error ? placed.message : '')?.[0];
      if (place !== undefined) return new SyntaxError(`${error.message} ${place}`);
    }
  }
  return error;
}

function parsed(source: string, filePath: string, transforms: 'typescript'[]): string {
  try {
    return transform(source, { transforms, disableESTransforms: true, filePath }).code;
  } catch (error) {
    const [, text, line] = /: ([^]*) \((\d+):\d+\)$/.exec(error instanceof Error ? error.message : '') ?? [];
    if (text === undefined || line === undefined) throw error;
    throw new SyntaxError(`${text} (${basename(filePath)}, line ${line})`, { cause: error });
  }
}
