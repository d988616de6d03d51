import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeRecord, excel } from '../../../../../extension/core/csv/dialect';
import { applyEdits } from '../../../../../extension/core/csv/editCells';
import { diagnose } from '../../../../../extension/core/flagging/doctor/diagnose';
import { listEdits, planFixes } from '../../../../../extension/core/flagging/doctor/plan';
import { readRecords, type ReadLog } from '../../../../../extension/core/flagging/doctor/records';
import type { Finding, LogFacts } from '../../../../../extension/core/flagging/doctor/types';

const nothingThere: LogFacts = {
  log: '/flagged/logs.csv',
  folder: '/flagged',
  media: new Map(),
  hashes: new Map(),
  unused: [],
  siblings: [],
};

const header = ['text', 'flag', 'username', 'timestamp'];

interface Row {
  readonly cells: readonly string[];
  readonly lineEnd: string;
}

const cell = fc.oneof(
  fc.string({ unit: fc.constantFrom('a', 'b', '"', ',', '\n', '\r', ' ', 'é', "'"), maxLength: 6 }),
  fc.constant(''),
);
const time = fc.integer({ min: 0, max: 999_999 }).map((n) => `2024-05-01 10:00:00.${String(n).padStart(6, '0')}`);
const lineEnd = fc.constantFrom('\r\n', '\n', '');
const row = fc.oneof(
  { weight: 6, arbitrary: fc.tuple(cell, cell, cell, time) },
  { weight: 1, arbitrary: fc.tuple(cell, time) },
  { weight: 1, arbitrary: fc.tuple(cell, cell, time) },
  { weight: 1, arbitrary: fc.tuple(cell, cell, cell, time, fc.constant('')) },
  { weight: 1, arbitrary: fc.constant(header) },
);
const brokenLog = fc
  .array(fc.record({ cells: row, lineEnd }) as fc.Arbitrary<Row>, { maxLength: 8 })
  .map((rows) => encoded({ cells: header, lineEnd: '\r\n' }) + rows.map(encoded).join(''));

function encoded({ cells, lineEnd: end }: Row): string {
  return encodeRecord(cells, { ...excel, lineEnd: '\n' }).slice(0, -1) + end;
}

function look(text: string): { log: ReadLog; findings: Finding[] } {
  const log = readRecords('logs.csv', text);
  return { log, findings: diagnose(text, log, nothingThere) };
}

describe('the plan of fixes', () => {
  it('changes no record but those that it names', () => {
    fc.assert(
      fc.property(brokenLog, (text) => {
        const { log, findings } = look(text);
        const plan = planFixes(findings);
        const named = new Set(plan.fixed.filter(({ kind }) => kind !== 'glued-rows').map(({ span }) => span.start));
        const kept = log.records.filter(({ span }) => !named.has(span.start)).map(({ cells }) => cells);
        const after = look(applyEdits(text, plan.edits)).log.records.map(({ cells }) => cells);
        let at = 0;
        for (const cells of after) if (at < kept.length && same(cells, kept[at])) at++;
        expect(at).toBe(kept.length);
      }),
    );
  });

  it('leaves nothing behind that it could mend', () => {
    fc.assert(
      fc.property(brokenLog, (text) => {
        let now = text;
        for (let round = 0; round < 3; round++) now = applyEdits(now, planFixes(look(now).findings).edits);
        expect(planFixes(look(now).findings).edits).toEqual([]);
      }),
    );
  });

  it('takes no edit twice and lets none overlap', () => {
    fc.assert(
      fc.property(brokenLog, (text) => {
        const { edits, fixed, left } = planFixes(look(text).findings);
        edits.slice(1).forEach((edit, index) => expect(edit.start).toBeGreaterThanOrEqual(edits[index]?.end ?? 0));
        expect(fixed.length + left.length).toBe(look(text).findings.length);
      }),
    );
  });

  it('does not depend on the order of the findings', () => {
    fc.assert(
      fc.property(brokenLog, (text) => {
        const { findings } = look(text);
        const reversed = planFixes([...findings].reverse());
        expect(applyEdits(text, reversed.edits)).toBe(applyEdits(text, planFixes(findings).edits));
      }),
    );
  });
});

describe('the list of edits', () => {
  it('shows each changed line as it is and as it will be', () => {
    const text = 'a\nb\nc,d\ne\n';
    const edits = [
      { start: 2, end: 4, text: '' },
      { start: 5, end: 5, text: '\n' },
      { start: 8, end: 9, text: 'E' },
    ];
    expect(applyEdits(text, edits)).toBe('a\nc\n,d\nE\n');
    expect(listEdits(text, edits)).toEqual([
      '@@ line 2 @@',
      '-b',
      '@@ line 3 @@',
      '-c,d',
      '+c',
      '+,d',
      '@@ line 4 @@',
      '-e',
      '+E',
    ]);
  });
});

function same(a: readonly string[], b: readonly string[] | undefined): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
