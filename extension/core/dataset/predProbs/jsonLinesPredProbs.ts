import { basename } from 'node:path';
import { ExpectedError } from '../../errors';
import { isRecord } from '../../json';
import { linesOf } from '../lines';
import { parseJson } from '../parseJson';
import type { TableOptions } from '../table';
import { listColumns, probabilityRow, type ProbabilityRow } from './probabilityRow';
import { RowCollector } from './rowCollector';
import type { NamedPredProbs } from './types';

/**
 * Probabilities of JSON Lines: each line is a list of numbers, `{label: score}`, a list of `{label, score}`, or a record
 * with one of these under `pred_probs`, `prediction` or the like.
 *
 * @throws ExpectedError naming the line that has none
 */
export async function readJsonLines(path: string, options: TableOptions): Promise<NamedPredProbs> {
  const name = basename(path);
  const rows = new RowCollector(name);
  for await (const line of linesOf(path, options)) {
    const text = line.replace(/^\uFEFF/, '').trim();
    if (text !== '') rows.add(rowOfLine(text, `Row ${rows.count} of ${name}`));
  }
  return { ...rows.finish(), warnings: [] };
}

function rowOfLine(text: string, what: string): ProbabilityRow {
  const value = parse(text, what);
  if (!isRecord(value)) return probabilityRow(value, what);
  const key = listColumns.find((name) => typeof value[name] === 'object' && value[name] !== null);
  return probabilityRow(key === undefined ? value : value[key], what);
}

function parse(text: string, what: string): unknown {
  try {
    return parseJson(text);
  } catch (error) {
    throw new ExpectedError(`${what} is no JSON.`, 'Every line has to be complete.', '', { cause: error });
  }
}
