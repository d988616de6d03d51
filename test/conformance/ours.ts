import { randomBytes } from 'node:crypto';
import { appendFileSync, copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { encodeRecord, excel } from '../../extension/core/csv/dialect';
import { parseRecord } from '../../extension/core/csv/parse';
import { countRecords } from '../../extension/core/csv/records';
import type { ComponentKind } from '../../extension/core/demo/components';
import type { LogFormat } from '../../extension/core/demo/definition';
import { columns, headerCells, isHeaderOf } from '../../extension/core/flagging/format/columns';
import { detectLog } from '../../extension/core/flagging/format/detect';
import { dialectFor, type Era, type LogDialect } from '../../extension/core/flagging/format/era';
import { logName } from '../../extension/core/flagging/format/logName';
import { mediaCell, mediaSegments } from '../../extension/core/flagging/format/media';
import { compactJson, dumpsPythonJson, parsePythonJson } from '../../extension/core/flagging/format/pythonJson';
import { pythonRepr } from '../../extension/core/flagging/format/pythonRepr';
import { planRow } from '../../extension/core/flagging/format/row';
import type { BuiltInLogger, FlagSample } from '../../extension/core/flagging/types';

interface Flag extends Omit<FlagSample, 'data'> {
  /** JSON texts. */
  readonly data: readonly string[];
  readonly timestamp: string;
}

export interface Case {
  readonly cwd: string;
  readonly dir: string;
  readonly logger: BuiltInLogger;
  readonly components: readonly { readonly kind: ComponentKind; readonly label?: string }[];
  readonly sessions: readonly (readonly Flag[])[];
}

/** What `gradio_log.py` does, with our formats. @returns the row counts */
export function writeCase(described: Case, format: LogFormat): number[] {
  const dialect = dialectFor(format, described.logger);
  return described.sessions.flat().map((flag) => writeFlag(described, flag, dialect));
}

function writeFlag({ cwd, dir, components }: Case, flag: Flag, dialect: LogDialect): number {
  const absolute = resolve(cwd, dir);
  mkdirSync(absolute, { recursive: true });
  const sample = { ...flag, data: flag.data.map(readPayload) };
  const plan = planRow(components, sample, dialect, false);
  const paths = plan.attachments.map((attachment, number) => {
    const random = (digits: number): string => randomBytes(digits / 2).toString('hex');
    const segments = mediaSegments(attachment, dialect, { number, random });
    const path = join(absolute, ...segments);
    mkdirSync(dirname(path), { recursive: true });
    if ('file' in attachment.source) copyFileSync(attachment.source.file, path);
    return mediaCell(segments, dialect, { absolute, given: dir });
  });
  const log = logFor(absolute, columns(components, sample, dialect, false), dialect);
  appendFileSync(log, encodeRecord(plan.cells(paths), dialect.csv));
  return countRecords(readFileSync(log), dialect.csv) - 1;
}

/** What `json_values.py` does, with our code. */
export function writtenAsPython(text: string): [dumps: string, repr: string, compact: string] | null {
  const value = parsePythonJson(text);
  return value === undefined ? null : [dumpsPythonJson(value), pythonRepr(value), compactJson(value)];
}

/** The era that we take the case's log for. */
export function eraOf({ cwd, dir }: Case, name: string): Era | undefined {
  return detectLog(name, readFileSync(join(cwd, dir, name), 'utf8'))?.dialect.era;
}

/** As a browser would read it, unless that loses what Python keeps. */
function readPayload(text: string): unknown {
  return /\d\.0\b|e-|NaN|\d{17}/.test(text) ? parsePythonJson(text) : JSON.parse(text);
}

function logFor(directory: string, names: readonly string[], dialect: LogDialect): string {
  for (let number = 1; ; number++) {
    const log = join(directory, logName(dialect, number));
    if (!existsSync(log)) {
      writeFileSync(log, dialect.header ? encodeRecord(headerCells(names, dialect), dialect.csv) : '');
      return log;
    }
    if (!dialect.header || isHeaderOf(parseRecord(readFileSync(log, 'utf8'), excel), names, dialect)) return log;
  }
}
