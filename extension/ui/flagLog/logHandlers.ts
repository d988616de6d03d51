import { isRecord } from '../../core/json';
import type { LogHost, LogQuery } from '../../protocol/log';
import { accepts, isCount, isString, type Answers } from '../answers';
import type { Handlers } from '../../protocol/rpc';

/** Rows that one answer holds at most. */
const mostRows = 1000;

const isBoolean = (value: unknown): boolean => typeof value === 'boolean';
const isRows = (value: unknown): boolean => Array.isArray(value) && value.every(isCount);
const isFew = (value: unknown): boolean => isCount(value) && value <= mostRows;
const isAction = (value: unknown): boolean =>
  isString(value) && ['openAsText', 'checkLog', 'replay', 'promote', 'showLog'].includes(value);

function isQuery(value: unknown): value is LogQuery {
  if (!isRecord(value)) return false;
  const { search, filters, sort } = value;
  return isString(search) && Array.isArray(filters) && filters.every(isFilter) && (sort === null || isSort(sort));
}

function isFilter(value: unknown): boolean {
  return isRecord(value) && isCount(value.column) && isString(value.contains);
}

function isSort(value: unknown): boolean {
  return isRecord(value) && isCount(value.column) && isBoolean(value.descending);
}

/** What answers the page of a flag log. */
export type LogAnswers = Answers<LogHost>;

/** Checks what a page sends before it reaches the code that acts on it. */
export function logHandlers(answers: LogAnswers): Handlers<LogHost> {
  return {
    view: { accepts: accepts(), handle: () => answers.view() },
    rows: { accepts: accepts(isQuery, isCount, isFew), handle: (...args) => answers.rows(...args) },
    sample: { accepts: accepts(isCount), handle: (row) => answers.sample(row) },
    options: { accepts: accepts(), handle: () => answers.options() },
    cell: { accepts: accepts(isCount, isCount), handle: (row, column) => answers.cell(row, column) },
    find: {
      accepts: accepts(isQuery, isString, isCount, isCount, isBoolean),
      handle: (...args) => answers.find(...args),
    },
    stop: { accepts: accepts(), handle: () => answers.stop() },
    copy: { accepts: accepts(isRows), handle: (rows) => answers.copy(rows) },
    setCell: { accepts: accepts(isCount, isCount, isString, isCount), handle: (...args) => answers.setCell(...args) },
    setOption: { accepts: accepts(isRows, isString, isCount), handle: (...args) => answers.setOption(...args) },
    deleteRows: { accepts: accepts(isRows, isCount), handle: (rows, version) => answers.deleteRows(rows, version) },
    setNote: { accepts: accepts(isCount, isString, isCount), handle: (...args) => answers.setNote(...args) },
    setReviewed: { accepts: accepts(isRows, isBoolean, isCount), handle: (...args) => answers.setReviewed(...args) },
    undo: { accepts: accepts(), handle: () => answers.undo() },
    redo: { accepts: accepts(), handle: () => answers.redo() },
    save: { accepts: accepts(), handle: () => answers.save() },
    openCell: { accepts: accepts(isCount, isCount), handle: (row, column) => answers.openCell(row, column) },
    openMedia: { accepts: accepts(isCount, isCount, isCount), handle: (...args) => answers.openMedia(...args) },
    act: { accepts: accepts(isAction, isRows), handle: (action, rows) => answers.act(action, rows) },
  };
}
