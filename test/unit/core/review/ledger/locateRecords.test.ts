import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openTable } from '../../../../../extension/core/dataset/openTable';
import type { Json } from '../../../../../extension/core/json';
import { locateRecords, type LocatedRecords } from '../../../../../extension/core/review/ledger/locateRecords';
import { hashedColumns, hashOfRecord } from '../../../../../extension/core/review/recordHash';
import type { DecisionEntry } from '../../../../../extension/core/review/types';

let directory: string;
beforeEach(() => (directory = mkdtempSync(join(tmpdir(), 'flag-review-locate-'))));
afterEach(() => rmSync(directory, { recursive: true }));

interface Mail {
  readonly text: string;
  readonly label: string;
}
const columns = ['text', 'label'];

let decisions = 0;
function decide(reviewer: string, row: number, { text, label }: Mail, whole = false): DecisionEntry {
  const time = new Date(1_700_000_000_000 + 1000 * ++decisions).toISOString();
  const hash = hashOfRecord(hashedColumns(columns, whole ? null : 'text', 'label'), [text]);
  const record = { row, hash, text: whole ? null : 'text', column: 'label', given: label };
  return { v: 1, id: `id-${decisions}`, time, reviewer, ...record, decision: 'keep' };
}

async function locate(mails: readonly Mail[], entries: readonly DecisionEntry[]): Promise<LocatedRecords> {
  const path = join(directory, 'mails.jsonl');
  writeFileSync(path, mails.map((mail) => `${JSON.stringify(mail)}\n`).join(''));
  return locateRecords(await openTable(path), entries);
}

const rowsOf = ({ located }: LocatedRecords): [string, number][] => located.map(({ entry, row }) => [entry.id, row]);
const mail = (text: string, label = 'ham'): Mail => ({ text, label });

describe('records of decisions are found again', () => {
  it('where they stood, or where they went', async () => {
    const before = [mail('a'), mail('b'), mail('c', 'spam')];
    const entries = before.map((each, row) => decide('ada', row, each));
    const after = [mail('new'), mail('a'), mail('c', 'ham'), mail('d')];
    const { located, lost } = await locate(after, entries);
    expect(located.map(({ row, cell, isAsGiven }) => [row, cell, isAsGiven])).toEqual([
      [1, 'ham', true],
      [2, 'ham', false],
    ]);
    expect(lost).toEqual([entries[1]]);
  });

  it('by all cells but the label, too', async () => {
    const entries = [decide('ada', 0, mail('a'), true), decide('ada', 1, mail('b'), true)];
    expect(rowsOf(await locate([mail('b', 'spam'), mail('a')], entries)).map(([, row]) => row)).toEqual([1, 0]);
  });

  it('at the nearest of equal records, each for one decision of a reviewer', async () => {
    const same = mail('same');
    const entries = [decide('ada', 2, same), decide('ada', 5, same), decide('grace', 2, same)];
    const after = [same, mail('x'), mail('x'), same, same, mail('x'), mail('x')];
    expect(rowsOf(await locate(after, entries)).map(([, row]) => row)).toEqual([3, 4, 3]);
  });

  it('and the later decision stands when a record was decided on at two places', async () => {
    const [old, recent] = [decide('ada', 4, mail('a')), decide('ada', 1, mail('a'))];
    for (const after of [[mail('a')], [mail('x'), mail('a')]]) {
      const { located, replaced } = await locate(after, [old, recent]);
      expect(located.map(({ entry }) => entry)).toEqual([recent]);
      expect(replaced).toEqual([old]);
    }
    const back = [mail('x'), mail('x'), mail('x'), mail('x'), mail('a')];
    expect((await locate(back, [old, recent])).located.map(({ entry }) => entry)).toEqual([recent]);
  });

  it('and what has no column any more is lost', async () => {
    const entry = { ...decide('ada', 0, mail('a')), column: 'category' };
    expect((await locate([mail('a')], [entry])).lost).toEqual([entry]);
    expect(await locate([mail('a')], [])).toEqual({ located: [], lost: [], replaced: [] });
  });

  it('through any cut, copy and paste: every decision is at an equal record, once, if there is one', async () => {
    const mails = fc.array(fc.constantFrom(...['a', 'b', 'c', 'd'].map((text) => mail(text))), {
      minLength: 1,
      maxLength: 12,
    });
    const decided = fc.array(fc.tuple(fc.constantFrom('ada', 'grace'), fc.nat(11)), { maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(mails, mails, decided, async (before, after, choices) => {
        const keys = new Set(choices.map((choice) => JSON.stringify(choice)));
        const entries = [...keys].flatMap((key) => {
          const [reviewer, row] = JSON.parse(key) as [string, number];
          return before[row] ? [decide(reviewer, row, before[row])] : [];
        });
        const { located, lost, replaced } = await locate(after, entries);
        const texts = new Set<Json>(after.map(({ text }) => text));
        const textOf = ({ row }: DecisionEntry): Json => before[row]?.text ?? null;
        expect([...located.map(({ entry }) => entry), ...lost, ...replaced]).toHaveLength(entries.length);
        expect(lost).toEqual(entries.filter((entry) => !texts.has(textOf(entry))));
        expect(located.every(({ entry, row }) => after[row]?.text === textOf(entry))).toBe(true);
        expect(new Set(located.map(({ entry, row }) => `${entry.reviewer} ${row}`)).size).toBe(located.length);
        for (const entry of entries) {
          if (after[entry.row]?.text !== textOf(entry)) continue;
          const isThere = located.some((one) => one.entry === entry && one.row === entry.row);
          expect(isThere || replaced.includes(entry)).toBe(true);
        }
        for (const entry of replaced) {
          const own = located.filter(
            (one) => one.entry.reviewer === entry.reviewer && textOf(one.entry) === textOf(entry),
          );
          expect(own).toHaveLength(after.filter(({ text }) => text === textOf(entry)).length);
        }
      }),
    );
  });
});
