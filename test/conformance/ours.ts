import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { ComponentKind } from '../../extension/core/demo/components';
import type { LogFormat } from '../../extension/core/demo/definition';
import { detectLog } from '../../extension/core/flagging/format/detect';
import type { Era } from '../../extension/core/flagging/format/era';
import { compactJson, dumpsPythonJson, parsePythonJson } from '../../extension/core/flagging/format/pythonJson';
import { plainValue } from '../../extension/core/flagging/format/pythonValue';
import { pythonRepr } from '../../extension/core/flagging/format/pythonRepr';
import { readLogFile } from '../../extension/core/flagging/log/readLog';
import type { LoggedSample } from '../../extension/core/flagging/log/types';
import { mergeLogs } from '../../extension/core/flagging/merge/merge';
import { planMerge } from '../../extension/core/flagging/merge/plan';
import { readSources } from '../../extension/core/flagging/merge/readSources';
import { createLogger } from '../../extension/core/flagging/loggers';
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

/** What `gradio_log.py` does, with our loggers: one for each session, as after a restart. @returns the row counts */
export async function writeCase(
  { cwd, dir, logger: name, components, sessions }: Case,
  format: LogFormat,
): Promise<number[]> {
  const counts: number[] = [];
  for (const session of sessions) {
    const logger = createLogger(name, { format, flaggingDirAsGiven: dir, hasOptions: false });
    await logger.setup(components, resolve(cwd, dir));
    for (const flag of session) {
      counts.push((await logger.record({ ...flag, data: flag.data.map(readPayload) })).rows);
    }
  }
  return counts;
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

/** All samples of a log. */
export async function readLog(path: string): Promise<{ samples: LoggedSample[] }> {
  const samples: LoggedSample[] = [];
  for await (const sample of (await readLogFile(path)).samples) samples.push(sample);
  return { samples };
}

/** Merges logs into a new directory. */
export async function mergeInto(
  logs: readonly string[],
  folders: readonly string[],
  out: string,
  format: LogFormat,
): Promise<void> {
  await mergeLogs(await planMerge(await readSources(logs, folders), format), out);
}

/** A JSON text of Python's as plain values. */
export function parseJson(text: string): unknown {
  const value = parsePythonJson(text);
  return value === undefined ? undefined : plainValue(value);
}

/** As a browser would read it, unless that loses what Python keeps. */
export function readPayload(text: string): unknown {
  return /\d\.0\b|e-|NaN|\d{17}/.test(text) ? parsePythonJson(text) : JSON.parse(text);
}
