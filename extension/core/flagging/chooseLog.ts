import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parseRecord } from '../csv/parse';
import { columns, isHeaderOf, type ColumnSample } from './format/columns';
import { dialectToContinue } from './format/detect';
import type { LogDialect } from './format/era';
import { logName, logNumber } from './format/logName';
import type { LogHead, LogHeads } from './logHeads';
import type { LoggedComponent } from './types';

export interface LogChoice {
  readonly path: string;
  readonly dialect: LogDialect;
  /** The columns of this sample, before sanitising; empty for logs without a header. */
  readonly names: readonly string[];
}

export interface LogRequest {
  /** Absolute; exists. */
  readonly directory: string;
  /** In which new logs are begun. */
  readonly own: LogDialect;
  readonly components: readonly LoggedComponent[];
  readonly sample: ColumnSample;
  readonly hasOptions: boolean;
}

/**
 * The log of a flagging directory that takes a sample: the newest one with the sample's columns, in the dialect of the
 * logs that are there already. A log with other columns is never appended to; the next free name is begun.
 */
export async function chooseLog(request: LogRequest, heads: LogHeads): Promise<LogChoice> {
  const { directory, own, components, sample, hasOptions } = request;
  const files = await readdir(directory);
  const dialect = await dialectOf(directory, files, own, heads);
  const names = columns(components, sample, dialect, hasOptions);
  const numbered = files
    .map((name) => ({ name, number: numberOf(dialect, name) ?? 0 }))
    .filter(({ number }) => number > 0)
    .sort((a, b) => b.number - a.number);
  for (const { name } of numbered) {
    const head = await heads.read(join(directory, name), 2 * Buffer.byteLength(names.join()));
    if (head && fits(head, names, dialect)) return { path: head.path, dialect, names };
    if (dialect.fileName === 'dataset') break; // Gradio compares the newest one alone
  }
  return { path: join(directory, logName(dialect, (numbered[0]?.number ?? 0) + 1)), dialect, names };
}

/** Our own dialect where it has a log already, or where there is no log of another one. */
async function dialectOf(
  directory: string,
  files: readonly string[],
  own: LogDialect,
  heads: LogHeads,
): Promise<LogDialect> {
  if (!own.header) return own;
  let found: LogDialect | undefined;
  for (const name of [...files].sort()) {
    if (!/^(?:logs?|dataset)[-\d]*\.csv$/.test(name)) continue;
    const detected = (await heads.read(join(directory, name)))?.detected;
    if (!detected) continue;
    const dialect = dialectToContinue(detected.dialect, own);
    if (dialect.era === own.era) return dialect;
    found ??= dialect;
  }
  return found ?? own;
}

/** Gradio takes the first digits after `dataset` for the number, whatever follows them. */
function numberOf(dialect: LogDialect, name: string): number | undefined {
  if (dialect.fileName !== 'dataset') return logNumber(dialect, name);
  const digits = /^dataset\D*(\d{1,9}).*\.csv$/.exec(name)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

function fits({ text, detected }: LogHead, names: readonly string[], dialect: LogDialect): boolean {
  if (!dialect.header) return detected === undefined;
  if (dialect.fileName === 'dataset') return isHeaderOf(parseRecord(text, dialect.csv), names, dialect);
  return text === '' || isHeaderOf(parseRecord(text.replace(/^\ufeff/, ''), dialect.csv), names, dialect);
}
