import { setCell } from '../../csv/editCells';
import { parseRecord } from '../../csv/parse';
import { recordSpan } from '../../csv/recordSpans';
import type { TextEdit } from '../../csv/spans';
import { ExpectedError } from '../../errors';
import { guarded } from './guard';
import { setLineValue } from './jsonLines';
import { cellIndexOf } from './sample';
import type { LogLayout } from './types';

/**
 * The edit that gives a sample another flagging option and touches nothing else of its record. In a row that has more
 * or fewer cells than the header it is the cell that is shown as its option.
 *
 * @param record as it stands in the log
 * @returns in units of the record; undefined when it has that option already
 * @throws ExpectedError when the sample has no such cell
 */
export function setOption(layout: LogLayout, record: string, option: string): TextEdit | undefined {
  const edit = layout.format === 'jsonl' ? ofLine(layout, record, option) : ofRow(layout, record, option);
  if (!edit) {
    throw new ExpectedError(
      `This sample has no place for a flagging option: “${record.trim().slice(0, 80)}”.`,
      'Change it in the log as text.',
    );
  }
  return record.slice(edit.start, edit.end) === edit.text ? undefined : edit;
}

function ofRow(layout: LogLayout, record: string, option: string): TextEdit | undefined {
  const { csv } = layout;
  const column = cellIndexOf(layout, parseRecord(record, csv), 'flag');
  if (column === undefined) return undefined;
  return setCell(record, recordSpan(record, 0, csv), column, guarded(option, 'text', layout), csv);
}

function ofLine({ columns }: LogLayout, record: string, option: string): TextEdit | undefined {
  const column = columns.find(({ role }) => role === 'flag');
  return column && setLineValue(record, column.name, option);
}
