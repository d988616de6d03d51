import { candidateSorts, decisionKinds } from '../../core/review/types';
import { isRecord } from '../../core/json';
import type { Handlers } from '../../protocol/rpc';
import type { BulkTarget, PageChoice, ReviewFilter, ReviewHost, ChosenRecords } from '../../protocol/review';
import { accepts, isCount, isString, type Answers } from '../answers';

export type ReviewAnswers = Answers<ReviewHost>;

/** Records that a page may name at once. */
const mostNamed = 1_000_000;
/** Characters that a page may send as a note, a search or a label. */
const longestText = 100_000;

const isBoolean = (value: unknown): boolean => typeof value === 'boolean';
const isShortText = (value: unknown): value is string => isString(value) && value.length <= longestText;
const isShare = (value: unknown): value is number => typeof value === 'number' && value >= 0 && value <= 1;
const isSeconds = (value: unknown): boolean => typeof value === 'number' && Number.isFinite(value) && value >= 0;
const orNull = (is: (value: unknown) => boolean) => (value: unknown) => value === null || is(value);
const isOneOf = (values: readonly unknown[]) => (value: unknown) => values.includes(value);
const isLabelling = (value: unknown): boolean =>
  Array.isArray(value) && value.length <= mostNamed && value.every((name) => isShortText(name) && name !== '');

function isChoice(value: unknown): value is PageChoice {
  return isRecord(value) && isOneOf(decisionKinds)(value.decision) && orNull(isLabelling)(value.label);
}

function isTarget(value: unknown): value is BulkTarget {
  if (!isRecord(value)) return false;
  if (value.all === true) return true;
  return Array.isArray(value.rows) && value.rows.length <= mostNamed && value.rows.every(isCount);
}

export function isChosenRecords(value: unknown): value is ChosenRecords {
  if (!isRecord(value) || !isShortText(value.name)) return false;
  return Array.isArray(value.rows) && value.rows.length <= mostNamed && value.rows.every(isCount);
}

export function isFilter(value: unknown): value is ReviewFilter {
  if (!isRecord(value)) return false;
  const { given, suggested, status, scores, text, sort, only } = value;
  return (
    [given, suggested].every(orNull(isShortText)) &&
    orNull(isOneOf(['pending', ...decisionKinds]))(status) &&
    (scores === null || (Array.isArray(scores) && scores.length === 2 && scores.every(isShare))) &&
    isShortText(text) &&
    isOneOf(candidateSorts)(sort) &&
    (only === undefined || isChosenRecords(only))
  );
}

/** Checks what a page sends before it reaches the code that acts on it. */
export function reviewHandlers(answers: ReviewAnswers): Handlers<ReviewHost> {
  return {
    view: { accepts: accepts(), handle: () => answers.view() },
    record: {
      accepts: accepts(isCount, isBoolean),
      handle: (position, ahead) => answers.record(position, ahead),
    },
    recordOfRow: { accepts: accepts(isCount), handle: (row) => answers.recordOfRow(row) },
    wholeText: { accepts: accepts(isCount), handle: (row) => answers.wholeText(row) },
    nextPending: { accepts: accepts(isCount), handle: (position) => answers.nextPending(position) },
    reason: { accepts: accepts(isCount), handle: (row) => answers.reason(row) },
    similar: { accepts: accepts(isCount), handle: (row) => answers.similar(row) },
    charts: { accepts: accepts(), handle: () => answers.charts() },
    rows: { accepts: accepts(isCount, isCount), handle: (from, count) => answers.rows(from, count) },
    setFilter: { accepts: accepts(isFilter), handle: (filter) => answers.setFilter(filter) },
    decide: {
      accepts: accepts(isCount, isChoice, isSeconds),
      handle: (row, choice, seconds) => answers.decide(row, choice, seconds),
    },
    preview: { accepts: accepts(isTarget, isChoice), handle: (target, choice) => answers.preview(target, choice) },
    decideMany: {
      accepts: accepts(isTarget, isChoice),
      handle: (target, choice) => answers.decideMany(target, choice),
    },
    note: { accepts: accepts(isCount, isShortText), handle: (row, text) => answers.note(row, text) },
    undo: { accepts: accepts(), handle: () => answers.undo() },
    redo: { accepts: accepts(), handle: () => answers.redo() },
    setFrozen: { accepts: accepts(isBoolean), handle: (frozen) => answers.setFrozen(frozen) },
    setBlind: { accepts: accepts(isBoolean), handle: (blind) => answers.setBlind(blind) },
    setStopAt: { accepts: accepts(isShare), handle: (share) => answers.setStopAt(share) },
    apply: { accepts: accepts(), handle: () => answers.apply() },
    openInFile: { accepts: accepts(isCount), handle: (row) => answers.openInFile(row) },
    secondOpinion: { accepts: accepts(isCount), handle: (row) => answers.secondOpinion(row) },
    showLog: { accepts: accepts(), handle: () => answers.showLog() },
  };
}
