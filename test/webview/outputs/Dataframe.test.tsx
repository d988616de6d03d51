import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tableCsv, visibleRows } from '../../../webview/ui/outputs/dataframe';
import { DataframeOutput } from '../../../webview/ui/outputs/DataframeOutput';
import { find, mount, perform, texts } from './mount';

const context = { openLink: () => undefined, saveFile: () => undefined };

describe('dataframe', () => {
  it('shows headers and cells, numbers on the right', () => {
    const table = {
      headers: ['name', 'score'],
      data: [
        ['a', 1.5],
        [null, NaN],
        [{ x: [1] }, true],
      ],
    };
    const root = mount(<DataframeOutput table={table} component={{ kind: 'dataframe' }} context={context} />);
    expect(texts(root, 'th')).toEqual(['name', 'score']);
    expect(texts(root, 'tbody td').slice(0, 4)).toEqual(['a', '1.5', '', 'NaN']);
    expect(texts(root, 'td.right')).toEqual(['1.5', 'NaN']);
    expect(find(root, 'table').getAttribute('aria-rowcount')).toBe('4');
  });

  it('draws only what is in view of a long table, and says which rows they are', async () => {
    const data = Array.from({ length: 50_000 }, (_, index) => [index]);
    const root = mount(
      <DataframeOutput table={{ headers: ['i'], data }} component={{ kind: 'dataframe' }} context={context} />,
    );
    expect(root.querySelectorAll('tr').length).toBeLessThan(60);
    const scroller = find(root, '.table-scroll');
    await perform(() => {
      scroller.scrollTop = 26 * 25_000;
      scroller.dispatchEvent(new Event('scroll'));
    });
    const row = find(root, '[aria-rowindex="25002"]');
    expect(row.textContent).toBe('25000');
    expect(root.querySelectorAll('tr').length).toBeLessThan(60);
  });

  it('says how large an empty one is', () => {
    const table = { headers: ['a'], data: [] };
    const root = mount(<DataframeOutput table={table} component={{ kind: 'dataframe' }} context={context} />);
    expect(root.textContent).toContain('No rows.');
  });
});

describe('visibleRows', () => {
  it('always holds the rows in view and never more than a screen and its margins', () => {
    const pixels = fc.integer({ min: 0, max: 1_000_000 });
    fc.assert(
      fc.property(
        pixels,
        fc.integer({ min: 0, max: 2000 }),
        fc.integer({ min: 0, max: 20_000 }),
        (top, height, count) => {
          const { start, end } = visibleRows(top, height, 26, count);
          expect(start).toBeGreaterThanOrEqual(0);
          expect(end).toBeLessThanOrEqual(count);
          expect(end - start).toBeLessThanOrEqual(height / 26 + 22);
          if (top + height <= count * 26) {
            expect(start * 26).toBeLessThanOrEqual(top);
            expect(end * 26).toBeGreaterThanOrEqual(top + height);
          }
        },
      ),
    );
  });
});

describe('tableCsv', () => {
  it('is read back by another parser', () => {
    const cell = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('a,b', '"', 'two\nlines', '\r\n', ''));
    const table = fc.integer({ min: 2, max: 4 }).chain((columns) => {
      const row = fc.array(cell, { minLength: columns, maxLength: columns });
      return fc.record({ headers: row, data: fc.array(row) });
    });
    fc.assert(
      fc.property(table, ({ headers, data }) => {
        expect(parse(tableCsv({ headers, data }), { bom: false, record_delimiter: '\r\n' })).toEqual([
          headers,
          ...data,
        ]);
      }),
    );
  });
});
