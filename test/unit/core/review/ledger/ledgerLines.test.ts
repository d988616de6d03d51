import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json } from '../../../../../extension/core/json';
import { isDecision, ledgerLine, parseLedger } from '../../../../../extension/core/review/ledger/ledgerLines';
import type { LedgerEntry } from '../../../../../extension/core/review/types';
import { draft } from './entries';

const time = '2026-01-02T03:04:05.678Z';

function entry(row: number, given: Json = 'ham'): LedgerEntry {
  return { v: 1, id: `id-${row}`, time, reviewer: 'ada', ...draft(row, 'keep'), given };
}
const rowsIn = (text: string): number[] =>
  parseLedger(text)
    .entries.filter(isDecision)
    .map(({ row }) => row);

describe('lines of a ledger', () => {
  it('come back as they were written, whatever cells and notes hold', () => {
    const value = fc.oneof(
      fc.jsonValue(),
      fc.string({ unit: 'binary' }),
      fc.constantFrom(NaN, Infinity),
    ) as fc.Arbitrary<Json>;
    fc.assert(
      fc.property(value, fc.string({ unit: 'binary' }), (given, note) => {
        const written = { ...entry(1, given), note };
        const line = ledgerLine(written);
        expect(line).not.toMatch(/[\r\n]/);
        const { entries, problems } = parseLedger(`${line}\r\n`);
        expect({ entries, problems }).toEqual({
          entries: [written],
          problems: [],
        });
      }),
    );
  });

  it('are read around those that mean nothing, which are named', () => {
    const torn = ledgerLine(entry(2)).slice(0, 40);
    const newer = JSON.stringify({ ...entry(3), v: 2 });
    const more = JSON.stringify({ ...entry(4), confidence: 5 });
    const odd = ['[]', 'null', '{}', '\u0000\u0000', JSON.stringify({ ...entry(5), decision: 'maybe' })];
    const noLabel = JSON.stringify({ ...entry(6), decision: 'change' });
    const lines = [`\uFEFF${ledgerLine(entry(1))}`, torn, '', newer, more, ...odd, noLabel, ledgerLine(entry(1))];
    const { problems } = parseLedger(lines.join('\n'));
    expect(rowsIn(lines.join('\n'))).toEqual([1, 4]);
    expect(problems.map(({ kind, lines: numbers }) => [kind, numbers])).toEqual([
      ['newer', [4]],
      ['unreadable', [2, 6, 7, 8, 9, 10, 11]],
    ]);
    expect(problems[0]?.message).toBe(
      'Line 4 was written by a newer version and does not count here. Update Flag & Review.',
    );
    expect(problems[1]?.message).toMatch(/^Line 2 and 6 others are no decisions that can be read/);
  });

  it('never keep a ledger from being read', () => {
    const line = fc.oneof(
      fc.string(),
      fc.jsonValue().map((value) => JSON.stringify(value)),
      fc.constant(ledgerLine(entry(7))),
    );
    const mangled = fc.tuple(fc.nat(200), fc.string()).map(([at, text]) => {
      const whole = ledgerLine(entry(8));
      return whole.slice(0, at) + text + whole.slice(at + text.length);
    });
    fc.assert(
      fc.property(fc.array(fc.oneof(line, mangled)), (lines) => {
        const read = rowsIn([...lines, ledgerLine(entry(9))].join('\n'));
        expect(read).toContain(9);
      }),
    );
  });
});

const hasGit = spawnSync('git', ['--version']).status === 0;

describe.runIf(hasGit)(`a conflict that git leaves${hasGit ? '' : ' (skipped: there is no git on PATH)'}`, () => {
  it.each(['merge', 'diff3'])('counts on both sides, in the style %s', (style) => {
    const folder = mkdtempSync(join(tmpdir(), 'flag-review-conflict-'));
    const file = join(folder, 'ada.jsonl');
    const git = (...args: string[]): number | null => {
      const identity = [
        '-c',
        'user.name=ada',
        '-c',
        'user.email=ada@example.com',
        '-c',
        `merge.conflictStyle=${style}`,
      ];
      return spawnSync('git', [...identity, ...args], { cwd: folder }).status;
    };
    const commit = (...rows: number[]): void => {
      writeFileSync(file, rows.map((row) => `${ledgerLine(entry(row))}\n`).join(''));
      git('add', '-A');
      expect(git('commit', '-m', 'Review')).toBe(0);
    };
    expect(git('init', '-b', 'main')).toBe(0);
    commit(1);
    git('checkout', '-b', 'other');
    commit(1, 2, 3);
    git('checkout', 'main');
    commit(1, 4);
    expect(git('merge', 'other')).toBe(1);
    const text = readFileSync(file, 'utf8');
    const lines = text.split('\n');
    const markers = lines.flatMap((line, index) => (/^[<|=>]{7}/.test(line) ? [index + 1] : []));
    expect(markers).toHaveLength(style === 'diff3' ? 4 : 3);
    expect(rowsIn(text)).toEqual([1, 4, 2, 3]);
    const [problem, ...others] = parseLedger(text).problems;
    expect(others).toEqual([]);
    expect(problem).toMatchObject({ kind: 'conflict', lines: markers });
    expect(problem?.message).toMatch(/^Lines 2, .* are markers of a merge that was not finished/);
    rmSync(folder, { recursive: true });
  });
});
