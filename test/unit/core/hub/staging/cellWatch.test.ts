import { describe, expect, it } from 'vitest';
import { CellWatch } from '../../../../../extension/core/hub/staging/cellWatch';
import type { Json } from '../../../../../extension/core/json';

/** Warnings about these columns of `a.csv`, given in batches of 500 records. */
function warningsOf(columns: Readonly<Record<string, readonly Json[]>>) {
  const watch = new CellWatch('a.csv', Object.keys(columns));
  const values = Object.values(columns);
  const rows = values[0]?.length ?? 0;
  for (let from = 0; from < rows; from += 500) {
    const cells = values.map((column) => column.slice(from, from + 500));
    watch.see({ from, count: cells[0]?.length ?? 0, cells });
  }
  return watch.warnings();
}

const messagesOf = (columns: Readonly<Record<string, readonly Json[]>>) =>
  warningsOf(columns).map(({ message }) => message);

describe('what records hold', () => {
  it('is told by column and kind, with how many of the sampled records', () => {
    const text = [
      'write to ada@example.org',
      'call +44 20 7946 0958',
      'from 192.168.0.17',
      'nothing',
      '1.2.3',
      '12345678901',
    ];
    expect(messagesOf({ text })).toEqual([
      'The column "text" has e-mail addresses in 1 of 6 sampled records.',
      'The column "text" has phone numbers in 1 of 6 sampled records.',
      'The column "text" has IP addresses in 1 of 6 sampled records.',
    ]);
  });

  it('is sampled beyond the first records', () => {
    const text = Array.from({ length: 3000 }, (_, row) => (row >= 1000 ? 'ada@example.org' : ''));
    expect(messagesOf({ text })).toEqual(['The column "text" has e-mail addresses in 20 of 1,020 sampled records.']);
  });

  it('may be paths that mean nothing elsewhere', () => {
    const image = [
      '/home/ada/1.png',
      'C:\\Users\\ada\\2.png',
      'file:///Users/ada/3.png',
      'images/4.png',
      'https://x.org/home/a',
    ];
    const [warning, ...others] = warningsOf({ image });
    expect(others).toEqual([]);
    expect(warning).toEqual({
      kind: 'absolutePath',
      message: 'The column "image" has paths of a machine in 3 of 5 sampled records.',
      paths: ['a.csv'],
    });
  });

  it('is told by the name of a column, too', () => {
    const columns = {
      'User Email': [1],
      firstName: [1],
      ip_address: [1],
      SSN: [1],
      label: [1],
      filename: [1],
      ship: [1],
    };
    expect(warningsOf(columns).map(({ kind }) => kind)).toEqual(Array(4).fill('personalData'));
  });

  it('is searched for secrets in every record, in lists and objects too', () => {
    const token = `ghp_${'a1'.repeat(18)}`;
    const cells = Array.from({ length: 1600 }, (_, row) => (row === 1533 ? { files: ['x', [token]] } : null));
    const [warning, ...others] = warningsOf({ data: cells });
    expect(others).toEqual([]);
    expect(warning?.kind).toBe('secret');
    expect(warning?.message).toContain('column \\"data\\"');
    expect(warning?.message).not.toContain(token);
  });
});
