import { describe, expect, it } from 'vitest';
import { gridRow } from '../../../../../extension/core/flagging/log/gridRows';
import { detectLayout } from '../../../../../extension/core/flagging/log/layout';
import { gridCellOf } from '../../../../../extension/protocol/log';
import { readSample } from '../../../../../extension/core/flagging/log/sample';

const none = { note: false, corrected: false, reviewed: false };
const media = (name: string) => ({ kind: 'image' as const, name, url: null, problem: 'gone' });

function row(cells: readonly string[], header = 'image,text,timestamp') {
  const sent = gridRow(readSample(detectLayout('logs.csv', `${header}\n`), cells, 4), none, media);
  return { ...sent, cells: sent.cells.map((cell) => gridCellOf(cell)) };
}

describe('a row of the grid', () => {
  it('has the cells that the record has, with the files that they name', () => {
    const { row: number, cells } = row(['image/0.png', "'=1", '2026-01-02 03:04:05.000006', 'extra']);
    expect(number).toBe(4);
    expect(cells.map(({ text }) => text)).toEqual(['image/0.png', "'=1", '2026-01-02 03:04:05.000006', 'extra']);
    expect(cells[0]?.media).toEqual([media('image/0.png')]);
    expect(cells[1]?.media).toEqual([]);
  });

  it('shows the beginning of a cell of megabytes, and no half character', () => {
    const [, cell] = row(['', `${'x'.repeat(399)}😀${'y'.repeat(5_000_000)}`, '']).cells;
    expect(cell).toMatchObject({ text: 'x'.repeat(399), length: 5_000_401 });
    expect(row(['', 'x'.repeat(400), '']).cells[1]).toMatchObject({ text: 'x'.repeat(400), length: 400 });
  });

  it('is sent as texts where that is all there is to know', () => {
    const layout = detectLayout('table.csv', 'a,b\n1,x\n');
    expect(gridRow(readSample(layout, ['1', 'x'], 0), none, media).cells).toEqual(['1', 'x']);
  });

  it('shows less of each cell in a table of thousands of columns', () => {
    const cells = Array.from({ length: 10_000 }, () => 'x'.repeat(1000));
    const shown = row(cells).cells.map(({ text }) => text.length);
    expect(shown).toHaveLength(10_000);
    expect(Math.max(...shown)).toBeLessThan(100);
  });
});
