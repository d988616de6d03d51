import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyEdits } from '../../../../../extension/core/csv/editCells';
import type { TextEdit } from '../../../../../extension/core/csv/spans';
import { LogText } from '../../../../../extension/core/flagging/log/logText';
import { readLogText } from '../../../../../extension/core/flagging/log/readLog';

const time = '2026-01-02 03:04:05.000006';
const header = 'text,Output,flag,timestamp';
const log = `${header}\r\na,"1,5",wrong,${time}\r\n\r\n'=b,2,other,${time}\r\n${header}\r\n"c\r\nd",3,,${time}\r\n`;

describe('a log that is being edited', () => {
  it('has the same samples as the reader finds', () => {
    const text = new LogText('logs.csv', log);
    const { samples } = readLogText('logs.csv', log);
    expect(samples).toHaveLength(3);
    expect(Array.from({ length: text.count }, (_, row) => text.sample(row))).toEqual(samples);
    expect(text.recordText(1)).toBe(`'=b,2,other,${time}\r\n`);
  });

  it('is read as lines where it is JSON lines', () => {
    const lines = '{"file_name":"a, \\"b","flag":"x"}\n{"file_name":"c","flag":"y"}\n';
    const text = new LogText('metadata.jsonl', lines);
    expect(text.count).toBe(2);
    expect(text.cells(0).slice(0, 2)).toEqual(['a, "b', 'x']);
  });

  it('changes one cell and nothing else, guarded as its era does', () => {
    const text = new LogText('logs.csv', log);
    expect(text.cellText(1, 0)).toBe('=b');
    expect(text.setCell(1, 0, '=b')).toEqual([]);
    expect(applyEdits(log, text.setCell(1, 0, '=1+1'))).toBe(log.replace("'=b", "'=1+1"));
    expect(applyEdits(log, text.setCell(0, 1, '7'))).toBe(log.replace('"1,5"', '"7"'));
  });

  it('gives rows another option where each has it, and refuses rows without a place for one', () => {
    const ragged = `text,Output,flag,username,timestamp\r\na,1,wrong,${time}\r\nb,2,${time}\r\n`;
    const text = new LogText('dataset1.csv', ragged);
    expect(applyEdits(ragged, text.setOption(0, '=right'))).toBe(ragged.replace('wrong', "'=right"));
    expect(text.setOption(0, 'wrong')).toEqual([]);
    expect(() => text.setOption(1, 'right')).toThrow(/no place for a flagging option/);
    const lines = '{"text":"a","flag":"x"}\n{"text":"b", "flag" :\t"y"}\n';
    expect(applyEdits(lines, new LogText('metadata.jsonl', lines).setOption(1, 'z'))).toBe(lines.replace('"y"', '"z"'));
  });

  it('takes rows out, in whatever order they are named', () => {
    const text = new LogText('logs.csv', log);
    expect(applyEdits(log, text.removeRows([2, 0, 2]))).toBe(`${header}\r\n\r\n'=b,2,other,${time}\r\n${header}\r\n`);
  });

  it('says that a row is gone', () => {
    expect(() => new LogText('logs.csv', log).cells(3)).toThrow(/no row 4/);
  });

  it('names the rows that a change touches', () => {
    const text = new LogText('logs.csv', log);
    const at = log.indexOf("'=b");
    expect(text.rowsAt(at, at + 2)).toEqual({ first: 1, last: 1 });
    expect(text.rowsAt(log.length, log.length)).toEqual({ first: 3, last: 3 });
  });

  it('follows any edits as if it were read anew', () => {
    const piece = fc.constantFrom('a', ',', '"', '\r\n', '\n', `1,2,3,${time}\n`, `${header}\n`, '');
    const spot = fc.tuple(fc.nat(), fc.nat(6), piece);
    fc.assert(
      fc.property(fc.array(fc.tuple(spot, spot), { maxLength: 4 }), (changes) => {
        const text = new LogText('logs.csv', log);
        let expected = log;
        for (const pair of changes) {
          const edits = editsOf(pair, expected.length);
          expected = applyEdits(expected, edits);
          text.update(edits);
        }
        const anew = new LogText('logs.csv', expected);
        expect(text.text).toBe(expected);
        expect(rowsOf(text)).toEqual(rowsOf(anew));
      }),
    );
  });
});

function editsOf(spots: readonly (readonly [number, number, string])[], length: number): TextEdit[] {
  const sorted = spots.map(([at, size, text]) => ({ at: at % (length + 1), size, text })).sort((a, b) => a.at - b.at);
  let from = 0;
  return sorted.map(({ at, size, text }) => {
    const start = Math.max(at, from);
    const end = Math.min(start + size, length);
    from = end;
    return { start, end, text };
  });
}

function rowsOf(log: LogText): (readonly string[])[] {
  return Array.from({ length: log.count }, (_, row) => log.cells(row));
}
