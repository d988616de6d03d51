import { basename } from 'node:path';
import { isLineEnd, lineEnd, recordEnd, type Separators } from '../../csv/recordSpans';
import { lineAt, recordTexts, type RecordFile } from '../../csv/recordTexts';
import type { TableOptions } from '../../dataset/table';
import { ExpectedError } from '../../errors';
import { maximumDepth } from '../../flagging/format/pythonValue';
import { isRecord } from '../../json';
import { parseExactJson } from './exactJson';

export type ExactObject = Readonly<Record<string, unknown>>;

/** Lines are not divided further. */
const separators: Separators = { delimiter: '', quote: '' };

/**
 * The objects of a file of JSON Lines, some at a time.
 *
 * @throws ExpectedError naming the line that is no object
 */
export async function* readObjects(
  file: RecordFile,
  options?: TableOptions,
): AsyncGenerator<readonly ExactObject[], void, undefined> {
  for await (const { text, start } of recordTexts(file, options)) {
    const objects: ExactObject[] = [];
    for (let at = 0; at < text.length;) {
      if (isLineEnd(text, at)) {
        at = lineEnd(text, at);
        continue;
      }
      const end = recordEnd(text, at, separators);
      const object = parseObject(text.slice(at, end));
      if (!object || isTooDeep(object, end - at)) {
        const line = (await lineAt(file, start)) + linesIn(text.slice(0, at));
        throw object ? tooDeep(file, line) : noObject(file, line);
      }
      objects.push(object);
      at = end;
    }
    yield objects;
  }
}

function parseObject(line: string): ExactObject | undefined {
  try {
    const value = parseExactJson(line);
    return isRecord(value) ? value : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function linesIn(text: string): number {
  return text.match(/\r\n?|\n/g)?.length ?? 0;
}

function noObject({ path }: RecordFile, line: number): ExpectedError {
  return new ExpectedError(
    `Line ${line} of ${basename(path)} is no object.`,
    'Write one complete object per line, from column names to values.',
  );
}

/** @param length of its text, which has two brackets for each level */
function isTooDeep(object: ExactObject, length: number): boolean {
  return length > 2 * maximumDepth && isDeeper(object, maximumDepth);
}

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((item) => isDeeper(item, levels - 1));
}

function tooDeep({ path }: RecordFile, line: number): ExpectedError {
  return new ExpectedError(
    `Line ${line} of ${basename(path)} is nested more than ${maximumDepth} levels deep, which Python does not read.`,
    'Flatten it, or leave it out.',
  );
}
