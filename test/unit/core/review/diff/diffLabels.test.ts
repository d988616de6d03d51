import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openTable } from '../../../../../extension/core/dataset/openTable';
import { diffMarkdown, summaryOf } from '../../../../../extension/core/review/diff/describeDiff';
import { diffLabels } from '../../../../../extension/core/review/diff/diffLabels';
import type { LabelDiff } from '../../../../../extension/core/review/diff/types';
import { hashOfRecord } from '../../../../../extension/core/review/recordHash';
import type { DecisionEntry } from '../../../../../extension/core/review/types';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'flag-review-diff-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

interface Row {
  readonly text: string;
  readonly label: string;
}

const columns = { text: 'text', label: 'label' };
const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
const csv = (rows: readonly Row[]): string =>
  ['text,label', ...rows.map(({ text, label }) => `${quoted(text)},${quoted(label)}`)].join('\n') + '\n';

async function stateOf(name: string, content: string) {
  writeFileSync(join(folder, name), content);
  return { name, table: await openTable(join(folder, name)) };
}

async function diffOf(before: string, after: string, entries: readonly DecisionEntry[] = []): Promise<LabelDiff> {
  return diffLabels(await stateOf('before.csv', before), await stateOf('after.csv', after), columns, entries);
}

const decision = (row: Row, reviewer: string, rest: Partial<DecisionEntry>): DecisionEntry => ({
  v: 1,
  id: `${reviewer}-${row.text}`,
  time: '2026-11-21T10:00:00.000Z',
  reviewer,
  row: 0,
  hash: hashOfRecord({ text: 'text', columns: ['text'] }, [row.text]),
  text: 'text',
  column: 'label',
  given: row.label,
  decision: 'keep',
  ...rest,
});

describe('the difference of two states', () => {
  it('is exactly what was relabelled, added and removed, in whichever order the records are now', async () => {
    const text = fc.string({ unit: 'binary' }).filter((string) => !string.includes('\0'));
    const label = fc.constantFrom('ham', 'spam', 'Zeile\n2', '', '"a", b');
    const fate = fc.oneof(fc.constant('same'), fc.constant('removed'), fc.record({ label }));
    const records = fc.uniqueArray(fc.record({ text, label, fate, order: fc.nat() }), {
      selector: ({ text }) => text,
      maxLength: 40,
    });
    const added = fc.array(fc.record({ text, label, order: fc.nat() }), {
      maxLength: 8,
    });
    await fc.assert(
      fc.asyncProperty(records, added, async (all, more) => {
        const known = new Set(all.map(({ text }) => text));
        const fresh = more.filter(({ text }) => !known.has(text));
        const stayed = all
          .filter(({ fate }) => fate !== 'removed')
          .map((row) => ({ ...row, label: typeof row.fate === 'object' ? row.fate.label : row.label }));
        const now = [...stayed, ...fresh].sort((a, b) => a.order - b.order);
        const diff = await diffOf(csv(all), csv(now));
        const changed = all.filter(({ fate, label }) => typeof fate === 'object' && fate.label !== label).length;
        expect(diff.changes).toHaveLength(changed);
        for (const { row, before, after } of diff.changes) {
          const { text = '', label: is } = now[row] ?? {};
          expect([before, after]).toEqual([all.find((old) => old.text === text)?.label, is]);
        }
        expect(diff.added.map(({ row }) => now[row]?.text).sort()).toEqual(fresh.map(({ text }) => text).sort());
        const removed = all.filter(({ fate }) => fate === 'removed').map(({ text }) => text);
        expect(diff.removed.map(({ row }) => all[row]?.text)).toEqual(removed);
        expect(diff.pairs.reduce((sum, { count }) => sum + count, 0)).toBe(changed);
        expect(diff.records).toEqual({ before: all.length, after: now.length });
      }),
      { numRuns: 60 },
    );
  });

  it('finds each change among equal texts that stay where they are', async () => {
    const row = fc.record({ text: fc.constantFrom('a', 'b', ''), label: fc.constantFrom('x', 'y', 'z') });
    const rows = fc.array(fc.tuple(row, fc.constantFrom('x', 'y', 'z')), { minLength: 1, maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(rows, async (pairs) => {
        const before = pairs.map(([old]) => old);
        const after = pairs.map(([{ text }, label]) => ({ text, label }));
        const diff = await diffOf(csv(before), csv(after));
        const expected = pairs.flatMap(([old, label], at) => (old.label === label ? [] : [[at, old.label, label]]));
        expect(diff.changes.map((one) => [one.row, one.before, one.after])).toEqual(expected);
        expect([...diff.added, ...diff.removed]).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it('takes one of several equal records away without a change of the others', async () => {
    const before = [
      { text: 'hi', label: 'spam' },
      { text: 'hi', label: 'ham' },
      { text: 'ok', label: 'ham' },
      { text: 'hi', label: 'ham' },
    ];
    const diff = await diffOf(csv(before), csv(before.slice(1)));
    expect(diff.changes).toEqual([]);
    expect(diff.removed.map(({ row, label }) => [row, label])).toEqual([[0, 'spam']]);
  });

  it('says who decided a change, and calls a record discarded that a ledger or its mark says is', async () => {
    const rows = ['a', 'b', 'c', 'd'].map((text) => ({ text, label: 'ham' }));
    const [a, b, c] = rows;
    if (!a || !b || !c) throw new Error('four rows');
    const entries = [
      decision(a, 'ana', { decision: 'change', label: 'spam', note: 'a prize' }),
      decision(a, 'bo', { decision: 'change', label: 'spam' }),
      decision(a, 'cy', { decision: 'change', label: 'phishing' }),
      decision(b, 'ana', { decision: 'discard' }),
      decision(a, 'model', { decision: 'change', label: 'spam', source: 'model' }),
    ];
    const after = 'text,label,discarded\na,spam,\nc,ham,true\nd,ham,\n';
    const diff = await diffOf(csv(rows), after, entries);
    expect(diff.changes).toEqual([
      { row: 0, text: 'a', before: 'ham', after: 'spam', by: ['ana', 'bo'], notes: ['a prize'] },
    ]);
    expect(diff.discarded).toEqual([
      { row: 1, text: 'c', label: 'ham', by: [] },
      { row: 1, text: 'b', label: 'ham', by: ['ana'] },
    ]);
    expect(diff.removed).toEqual([]);
    expect(summaryOf(diff)).toBe('1 label changed, 2 discarded');
  });

  it('compares files of different kinds', async () => {
    const before = await stateOf('data.csv', 'id,text,label\n1,good,1\n2,bad,0\n');
    const after = await stateOf('data.jsonl', '{"text": "bad", "label": 1}\n{"text": "good", "label": 1}\n');
    const diff = await diffLabels(before, after, columns);
    expect(diff.changes.map(({ row, before: old, after: now }) => [row, old, now])).toEqual([[0, '0', '1']]);
  });

  it('compares what decisions would make of a dataset', async () => {
    const { name, table } = await stateOf('data.csv', csv(['a', 'b', 'c'].map((text) => ({ text, label: 'ham' }))));
    const made = (row: number, rest: Partial<DecisionEntry>): [number, DecisionEntry] => [
      row,
      decision({ text: 'a', label: 'ham' }, 'ana', rest),
    ];
    const decisions = new Map([made(0, { decision: 'change', label: 'spam' }), made(2, { decision: 'discard' })]);
    const diff = await diffLabels({ name, table }, { name: 'ana', table, decisions }, columns);
    expect(diff.changes.map(({ row, after }) => [row, after])).toEqual([[0, 'spam']]);
    expect(diff.discarded.map(({ row }) => row)).toEqual([2]);
  });

  it('names the state that lacks a column', async () => {
    await expect(diffOf('text,tag\na,b\n', 'text,label\na,b\n')).rejects.toThrow(
      'before.csv has no column "label". Compare with a state that has it. Its columns are text, tag.',
    );
  });
});

describe('its Markdown', () => {
  it('keeps hostile text inside code spans and table cells', async () => {
    const text = '``` </details> @admin [x](javascript:1) |\u202e\u0007 <img src=x>\n# title';
    const diff = await diffOf(csv([{ text, label: '`a|b`' }]), csv([{ text, label: '@b\n- x' }]));
    const lines = diffMarkdown(diff, 'data.csv', 10).split('\n');
    expect(lines).toContain('| `` `a\\|b` `` | `@b - x` | 1 |');
    expect(lines).toContain(
      '- row 0: `` `a|b` `` → `@b - x`: ```` ``` </details> @admin [x](javascript:1) |\\u202e\\u0007 <img src=x> # title ````',
    );
  });

  it('says how much it leaves out', async () => {
    const rows = Array.from({ length: 1500 }, (_, row) => ({ text: `text ${row}`, label: 'x' }));
    const diff = await diffOf(csv(rows), csv(rows.map(({ text }) => ({ text, label: 'y' }))));
    const markdown = diffMarkdown(diff, 'data.csv', 100);
    expect(markdown).toContain('| `x` | `y` | 1,500 |');
    expect(markdown.match(/^- row/gm)).toHaveLength(100);
    expect(markdown).toContain('- … and 1,400 more');
  });
});
