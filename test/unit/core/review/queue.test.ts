import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CandidatePositions, rankedAt, reordered } from '../../../../extension/core/review/candidateList';
import { countPairs } from '../../../../extension/core/review/pairs';
import { selectPositions } from '../../../../extension/core/review/queue';
import {
  candidateSorts,
  decisionKinds,
  type CandidateQuery,
  type Candidates,
  type CandidateStatus,
  type Labelling,
} from '../../../../extension/core/review/types';

const labellings: readonly Labelling[] = [['x'], ['y'], ['z'], ['x', 'y']];
const names = ['x', 'y', 'z', 'x, y', 'no label of these'];

interface Plain {
  readonly row: number;
  readonly given: number;
  readonly suggested: number;
  readonly quality: number;
  readonly confidence: number;
  readonly rank: number;
  readonly status: CandidateStatus;
}

const share = fc.constantFrom(0, 0.25, 0.5, 0.75, 1);
const index = fc.nat(labellings.length - 1);
const status = fc.constantFrom<CandidateStatus>('pending', 'pending', ...decisionKinds);
const plain: fc.Arbitrary<Plain> = fc.record({
  row: fc.nat(40),
  given: index,
  suggested: index,
  quality: share,
  confidence: share,
  rank: fc.integer({ min: -1, max: 30 }),
  status,
});
const list = fc.uniqueArray(plain, { maxLength: 25, selector: ({ row }) => row });

const query: fc.Arbitrary<CandidateQuery> = fc.record({
  given: fc.option(fc.constantFrom(...names), { nil: undefined, freq: 2 }),
  suggested: fc.option(fc.constantFrom(...names), { nil: undefined, freq: 2 }),
  status: fc.option(status, { nil: undefined, freq: 2 }),
  scores: fc.option(fc.tuple(share, share), { nil: undefined, freq: 2 }),
  rows: fc.option(
    fc.array(fc.nat(40)).map((rows) => new Set(rows)),
    { nil: undefined, freq: 2 },
  ),
  sort: fc.constantFrom(undefined, ...candidateSorts),
});

function candidatesOf(some: readonly Plain[]): Candidates {
  return {
    rows: Uint32Array.from(some, ({ row }) => row),
    given: Uint32Array.from(some, ({ given }) => given),
    suggested: Uint32Array.from(some, ({ suggested }) => suggested),
    labelQuality: Float64Array.from(some, ({ quality }) => quality),
    normalizedMargin: new Float64Array(some.length),
    selfConfidence: Float64Array.from(some, ({ confidence }) => confidence),
    labelErrorCandidate: Int32Array.from(some, ({ rank }) => rank),
    labellings,
  };
}

function keyOf(one: Plain, sort: CandidateQuery['sort']): number {
  if (sort === 'prediction') return one.confidence;
  if (sort === 'row') return one.row;
  if (sort === 'label_error_candidate') return one.rank < 0 ? Infinity : one.rank;
  return 0;
}

describe('selecting candidates', () => {
  it('gives what a filter and a stable sort of plain objects give, and counts their pairs', () => {
    fc.assert(
      fc.property(list, query, (some, asked) => {
        const statusOf = (row: number): CandidateStatus => some.find((one) => one.row === row)?.status ?? 'pending';
        const nameOf = (at: number): string => labellings[at]?.join(', ') ?? '';
        const expected = some
          .filter((one) => asked.given === undefined || nameOf(one.given) === asked.given)
          .filter((one) => asked.suggested === undefined || nameOf(one.suggested) === asked.suggested)
          .filter((one) => asked.status === undefined || one.status === asked.status)
          .filter((one) => !asked.scores || (one.quality >= asked.scores[0] && one.quality <= asked.scores[1]))
          .filter((one) => !asked.rows || asked.rows.has(one.row))
          .sort((a, b) => {
            const [one, other] = [keyOf(a, asked.sort), keyOf(b, asked.sort)];
            return one === other ? 0 : one - other;
          });
        const candidates = candidatesOf(some);
        const positions = selectPositions(candidates, asked, statusOf);
        expect(Array.from(positions, (position) => candidates.rows[position])).toEqual(expected.map(({ row }) => row));
        const pairs = countPairs(candidates, positions, statusOf);
        const counts = pairs.map(({ candidates: own }) => own);
        expect(counts).toEqual([...counts].sort((a, b) => b - a));
        for (const pair of pairs) {
          const own = expected.filter(
            ({ given, suggested }) => labellings[given] === pair.given && labellings[suggested] === pair.suggested,
          );
          expect(pair.candidates).toBe(own.length);
          expect(pair.pending).toBe(own.filter((one) => one.status === 'pending').length);
        }
        expect(counts.reduce((sum, count) => sum + count, 0)).toBe(expected.length);
      }),
    );
  });
});

describe('a new order', () => {
  it('keeps the places of those that stay, and fills the others with what comes, in its order', () => {
    fc.assert(
      fc.property(list, list, fc.func(fc.boolean()), (old, next, chosen) => {
        const stays = (row: number): boolean => chosen(row);
        const [before, after] = [candidatesOf(old), candidatesOf(next)];
        const result = reordered(before, after, stays);
        const rows = [...result.rows];
        const kept = old.filter(({ row }) => stays(row)).map(({ row }) => row);
        const coming = next.filter(({ row }) => !stays(row)).map(({ row }) => row);
        expect(rows.filter(stays)).toEqual(kept);
        expect(rows.filter((row) => !stays(row))).toEqual(coming);
        // Nobody who stays moves, unless too few come to fill the places above.
        const free = old.length - kept.length;
        if (coming.length >= free)
          for (const [place, { row }] of old.entries()) if (stays(row)) expect(rows[place]).toBe(row);
        const [positions, sources] = [new CandidatePositions(before), new CandidatePositions(after)];
        for (const [place, row] of rows.entries()) {
          const ranked = rankedAt(result, place);
          const earlier = positions.of(row);
          const said = stays(row)
            ? rankedAt(before, earlier ?? -1)
            : {
                ...rankedAt(after, sources.of(row) ?? -1),
                labelErrorCandidate: earlier === undefined ? null : rankedAt(before, earlier).labelErrorCandidate,
              };
          expect(ranked).toEqual({ ...said, rank: place });
        }
      }),
    );
  });
});
