import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyEdits } from '../../../../../extension/core/csv/editCells';
import { parseRecords } from '../../../../../extension/core/csv/parse';
import { DocumentRecords } from '../../../../../extension/core/review/document/documentRecords';

const comma = { delimiter: ',', quote: '"' };
const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;

function labelsIn(text: string, records: DocumentRecords): [number, string][] {
  return [...records.intact(text)].map(({ row, label }) => [row, text.slice(label.start, label.end)]);
}

describe('records in a document', () => {
  const text = '\r\nlabel,text\r\nham,"a, b\r\n\r\nc"\r\n\r\n"spam",d\r\nham\r\n';

  it('are found with their labels, without empty lines and the header', () => {
    expect(labelsIn(text, new DocumentRecords(text, 'csv', 'label', new Set([0, 1, 2, 7])))).toEqual([
      [0, 'ham'],
      [1, '"spam"'],
      [2, 'ham'],
    ]);
    expect(labelsIn(text, new DocumentRecords(text, 'csv', 'text', new Set([2])))).toEqual([[2, '']]);
    expect(labelsIn(text, new DocumentRecords(text, 'csv', 'other', new Set([2])))).toEqual([]);
  });

  it('are found in JSON Lines, where a bad line has no label', () => {
    const lines = '{"label": "x", "label": 1, "a": {"label": 2}}\n{"label"\n{"text": "no label"}\n';
    const records = new DocumentRecords(lines, 'jsonl', 'label', new Set([0, 1, 2]));
    expect(labelsIn(lines, records)).toEqual([
      [0, '1'],
      [2, ''],
    ]);
    expect(records.relabel(lines, 0, 2)).toEqual({ start: 24, end: 25, text: '2' });
    expect(applyEdits(lines, [records.relabel(lines, 2, 'ham') ?? { start: 0, end: 0, text: '' }])).toContain(
      '{"text": "no label", "label": "ham"}\n',
    );
  });

  it('are none while their own text is another one', () => {
    const records = new DocumentRecords(text, 'csv', 'label', new Set([0, 1]));
    const at = text.indexOf('ham');
    const typed = applyEdits(text, [{ start: at, end: at, text: 'x' }]);
    records.move([{ start: at, end: at, text: 'x' }]);
    expect(labelsIn(typed, records)).toEqual([[1, '"spam"']]);
    expect(records.relabel(typed, 0, 'spam')).toBeUndefined();
    records.move([{ start: at, end: at + 1, text: '' }]);
    expect(labelsIn(text, records).map(([row]) => row)).toEqual([0, 1]);
  });

  it('are followed through any edits between them, and get a label of their own alone', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', 'ü', '😀') });
    const record = fc.record({ text: cell, label: fc.constantFrom('ham', 'spam', 'a, b'), before: fc.array(cell) });
    fc.assert(
      fc.property(fc.array(record, { minLength: 1, maxLength: 12 }), cell, (all, label) => {
        const lineOf = (one: { readonly text: string; readonly label: string }): string =>
          `${quoted(one.text)},${quoted(one.label)}\n`;
        const old = `text,label\n${all.map(lineOf).join('')}`;
        const records = new DocumentRecords(old, 'csv', 'label', new Set(all.keys()));
        let at = 'text,label\n'.length;
        const edits = all.map((one) => {
          const edit = { start: at, end: at, text: one.before.map((text) => lineOf({ text, label: 'new' })).join('') };
          at += lineOf(one).length;
          return edit;
        });
        const now = applyEdits(old, edits);
        records.move([...edits].reverse());
        expect(labelsIn(now, records)).toEqual(all.map((one, row) => [row, quoted(one.label)]));
        const before = parseRecords(now, comma);
        for (const [row, one] of all.entries()) {
          const edit = records.relabel(now, row, label);
          const after = parseRecords(edit ? applyEdits(now, [edit]) : '', comma);
          const changed = after.filter((cells, index) => cells.join('\0') !== before[index]?.join('\0'));
          expect(changed).toEqual(one.label === label ? [] : [[one.text, label]]);
          expect(after).toHaveLength(before.length);
        }
      }),
    );
  });
});
