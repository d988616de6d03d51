import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { noCandidates } from '../../../../../extension/core/review/candidateList';
import { groupByPair } from '../../../../../extension/core/review/list/pairGroups';
import type { Candidates } from '../../../../../extension/core/review/types';

const labellings = [['ham'], ['spam'], ['ham', 'spam']];

const index = fc.nat(labellings.length - 1);
const arbitrary = fc.array(fc.tuple(index, index), { maxLength: 40 }).map((pairs): Candidates => {
  const rows = Uint32Array.from(pairs, (_, at) => at * 3);
  const [given, suggested] = [0, 1].map((side) => Uint32Array.from(pairs, (pair) => pair[side] ?? 0));
  return { ...noCandidates, rows, given: given ?? rows, suggested: suggested ?? rows, labellings };
});

describe('pairs of given and suggested labels', () => {
  it('are the same as grouping one by one, most candidates first', () => {
    fc.assert(
      fc.property(arbitrary, (candidates) => {
        const positions = Uint32Array.from(candidates.rows.keys()).reverse();
        const groups = groupByPair(candidates, positions);
        const expected = new Map<string, number[]>();
        for (const position of positions) {
          const key = JSON.stringify([
            labellings[candidates.given[position] ?? 0],
            labellings[candidates.suggested[position] ?? 0],
          ]);
          expected.set(key, [...(expected.get(key) ?? []), candidates.rows[position] ?? 0]);
        }
        const found = groups.map(
          ({ given, suggested, rows }) => [JSON.stringify([given, suggested]), [...rows]] as const,
        );
        expect(new Map(found)).toEqual(expected);
        const counts = groups.map(({ rows }) => rows.length);
        expect(counts).toEqual([...counts].sort((a, b) => b - a));
      }),
    );
  });
});
