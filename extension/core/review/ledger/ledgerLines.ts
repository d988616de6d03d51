import { decodeSpecialFloats, encodeSpecialFloats } from '../../../protocol/json';
import { isRecord, jsonOrUndefined } from '../../json';
import { decisionKinds, type DecisionEntry, type LedgerEntry } from '../types';

/** Something in a ledger that a person should look at. Nothing of it is ever changed or removed. */
export interface LedgerProblem {
  /** `unreadable`: no line of a ledger; `newer`: of a later version; `conflict`: markers that a merge left. */
  readonly kind: 'unreadable' | 'newer' | 'conflict';
  /** From 1, ascending. */
  readonly lines: readonly number[];
  /** What is wrong and what to do, for people. */
  readonly message: string;
}

/** What is wrong with one of the ledgers of a dataset. */
export interface LedgerFileProblem extends LedgerProblem {
  /** Absolute path of the ledger. */
  readonly path: string;
}

export interface ParsedLedger {
  /** In the order of the file; of several with one id the first. */
  readonly entries: readonly LedgerEntry[];
  readonly problems: readonly LedgerProblem[];
}

/** An entry as its line, without the line end. */
export function ledgerLine(entry: LedgerEntry): string {
  return JSON.stringify(encodeSpecialFloats(entry));
}

/** Whether the entry decides on a record; else it takes others back. */
export function isDecision(entry: LedgerEntry): entry is DecisionEntry {
  return entry.decision !== 'undo';
}

/**
 * Reads what a ledger says, through whatever happened to it: lines of both sides of a conflict count, and lines that are
 * not understood count for nothing. Fields that are not known are no problem: one that changes what a line means comes
 * with a new version.
 */
export function parseLedger(text: string): ParsedLedger {
  const entries = new Map<string, LedgerEntry>();
  const found: Record<LedgerProblem['kind'], number[]> = { unreadable: [], newer: [], conflict: [] };
  for (const [index, line] of text.split('\n').entries()) {
    const content = index === 0 ? line.replace(/^\uFEFF/, '') : line;
    if (content.trim() === '') continue;
    const read = readLine(content);
    if (typeof read === 'string') found[read].push(index + 1);
    else if (!entries.has(read.id)) entries.set(read.id, read);
  }
  const kinds = ['conflict', 'newer', 'unreadable'] as const;
  const problems = kinds.flatMap((kind) => (found[kind].length > 0 ? [problemOf(kind, found[kind])] : []));
  return { entries: [...entries.values()], problems };
}

const conflictMarker = /^(?:<{7}|\|{7}|={7}|>{7})(?:\s|$)/;

function readLine(line: string): LedgerEntry | LedgerProblem['kind'] {
  if (conflictMarker.test(line)) return 'conflict';
  const json = jsonOrUndefined(line);
  const value = line.includes('"__float__"') ? decodeSpecialFloats(json) : json;
  if (!isRecord(value)) return 'unreadable';
  if (typeof value.v === 'number' && value.v > 1) return 'newer';
  return isEntry(value) ? value : 'unreadable';
}

/** Whether a value is what the type says; the bounds of numbers included. */
function isEntry(value: unknown): value is LedgerEntry {
  if (!isRecord(value)) return false;
  const { v, id, time, reviewer, decision, undoes } = value;
  if (v !== 1 || !isText(id) || !isText(reviewer) || !isText(time) || Number.isNaN(Date.parse(time))) return false;
  if (decision === 'undo') return Array.isArray(undoes) && undoes.every(isText);
  return isDecisionContent(value);
}

function isDecisionContent(value: Readonly<Record<string, unknown>>): boolean {
  const { row, hash, text, column, given, decision, label, source } = value;
  return (
    Number.isInteger(row) &&
    Number(row) >= 0 &&
    isText(hash) &&
    (text === null || isText(text)) &&
    isText(column) &&
    given !== undefined &&
    kinds.has(decision) &&
    (decision !== 'change' || label !== undefined) &&
    (source === undefined || source === 'model') &&
    areAbsentOr('number', value.score, value.rank, value.seconds) &&
    areAbsentOr('string', value.model, value.note, value.batch)
  );
}

const kinds: ReadonlySet<unknown> = new Set(decisionKinds);

function areAbsentOr(type: 'number' | 'string', ...values: readonly unknown[]): boolean {
  return values.every((value) => value === undefined || typeof value === type);
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function problemOf(kind: LedgerProblem['kind'], lines: readonly number[]): LedgerProblem {
  const [where, isOne] = [placeOf(lines), lines.length === 1];
  const message = {
    conflict: `${where} ${isOne ? 'is a marker' : 'are markers'} of a merge that was not finished. The decisions of both sides count; delete the markers and commit.`,
    newer: `${where} ${isOne ? 'was' : 'were'} written by a newer version and ${isOne ? 'does' : 'do'} not count here. Update Flag & Review.`,
    unreadable: `${where} ${isOne ? 'is no decision' : 'are no decisions'} that can be read: torn, or edited by hand. Mend or delete ${isOne ? 'it' : 'them'}; all other lines count.`,
  }[kind];
  return { kind, lines, message };
}

function placeOf([first = 0, ...others]: readonly number[]): string {
  if (others.length === 0) return `Line ${first}`;
  if (others.length > 4) return `Line ${first} and ${others.length} others`;
  return `Lines ${[first, ...others.slice(0, -1)].join(', ')} and ${others.at(-1)}`;
}
