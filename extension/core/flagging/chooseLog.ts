import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parseRecord } from '../csv/parse';
import { errorCode } from '../errors';
import { columns, isHeaderOf, type ColumnSample } from './format/columns';
import { detectLog, dialectToContinue } from './format/detect';
import type { LogDialect } from './format/era';
import { logName, logNumber } from './format/logName';
import { readAt } from './rowCount';
import type { LoggedComponent } from './types';

/** So much of a log decides on its era and its header. Bytes. */
const headSize = 1 << 18;

export interface LogChoice {
  readonly path: string;
  readonly dialect: LogDialect;
  /** The columns of this sample, before sanitising; empty for logs without a header. */
  readonly names: readonly string[];
  /** False when the log is to be begun. */
  readonly exists: boolean;
}

interface ExistingLog {
  readonly number: number;
  readonly path: string;
  readonly head: string;
}

/**
 * The log of a flagging directory that takes a sample: the newest one with the sample's columns, in the dialect of the
 * logs that are there already. A log with other columns is never appended to; the next free name is begun.
 */
export async function chooseLog(
  directory: string,
  own: LogDialect,
  components: readonly LoggedComponent[],
  sample: ColumnSample,
  hasOptions: boolean,
): Promise<LogChoice> {
  const names = await readdir(directory);
  const dialect = await dialectOf(directory, names, own);
  const wanted = columns(components, sample, dialect, hasOptions);
  const logs = await logsOf(directory, names, dialect);
  const fitting = logs.find((log) => fits(log, wanted, dialect));
  const next = (logs[0]?.number ?? 0) + 1;
  const path = fitting?.path ?? join(directory, logName(dialect, next));
  return { path, dialect, names: wanted, exists: fitting !== undefined };
}

/** Our own dialect where it has a log already, or where there is no log of another one. */
async function dialectOf(directory: string, names: readonly string[], own: LogDialect): Promise<LogDialect> {
  if (!own.header) return own;
  let found: LogDialect | undefined;
  for (const name of [...names].sort()) {
    if (!/^(?:logs?|dataset)[-\d]*\.csv$/.test(name)) continue;
    const detected = detectLog(name, await readHead(join(directory, name)));
    if (!detected) continue;
    const dialect = dialectToContinue(detected.dialect, own);
    if (dialect.era === own.era) return dialect;
    found ??= dialect;
  }
  return found ?? own;
}

/** The logs under names of this dialect, newest first. */
async function logsOf(directory: string, names: readonly string[], dialect: LogDialect): Promise<ExistingLog[]> {
  const numbered = names.flatMap((name) => {
    const number = logNumber(dialect, name);
    return number === undefined ? [] : [{ number, path: join(directory, name) }];
  });
  numbered.sort((a, b) => b.number - a.number);
  return Promise.all(numbered.map(async (log) => ({ ...log, head: await readHead(log.path) })));
}

function fits({ head, path }: ExistingLog, names: readonly string[], dialect: LogDialect): boolean {
  if (head === '') return true;
  if (!dialect.header) return detectLog(path.slice(path.search(/[^\\/]*$/)), head) === undefined;
  return isHeaderOf(parseRecord(head.replace(/^\ufeff/, ''), dialect.csv), names, dialect);
}

async function readHead(path: string): Promise<string> {
  try {
    const file = await open(path, 'r');
    try {
      return (await readAt(file, 0, headSize)).toString('utf8');
    } finally {
      await file.close();
    }
  } catch (error) {
    if (errorCode(error) === 'EISDIR') return '\0'; // a folder of that name: no log, and the name is taken
    throw error;
  }
}
