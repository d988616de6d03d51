import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json } from '../../../../../extension/core/json';
import {
  agreementOf,
  cohenKappa,
  conflictsAmong,
  ratingsOf,
} from '../../../../../extension/core/review/ledger/agreement';
import { labelCodec } from '../../../../../extension/core/review/ledger/labelCodec';
import type { LocatedDecision } from '../../../../../extension/core/review/ledger/locateRecords';
import type { DecisionEntry, DecisionKind } from '../../../../../extension/core/review/types';
import { draft } from './entries';

const codec = labelCodec(['ham', 'spam'], {});

function decided(reviewer: string, row: number, decision: DecisionKind, label?: Json): LocatedDecision {
  const signed = { v: 1 as const, id: `${reviewer}-${row}`, time: '2026-01-02T03:04:05.678Z', reviewer };
  const entry: DecisionEntry = { ...signed, ...draft(row, decision, label) };
  return { entry, row, cell: 'ham', isAsGiven: true };
}

describe('the agreement of reviewers', () => {
  it('is about the labels that records would have', () => {
    const located = [
      decided('ada', 0, 'keep'),
      decided('grace', 0, 'change', 'ham'),
      decided('ada', 1, 'change', 'spam'),
      decided('grace', 1, 'keep'),
      decided('ada', 2, 'discard'),
      decided('grace', 2, 'ambiguous'),
      decided('ada', 3, 'skip'),
      decided('grace', 3, 'keep'),
      decided('ada', 4, 'discard'),
      decided('grace', 4, 'discard'),
    ];
    const { pairs, conflicts, undecided } = agreementOf(ratingsOf(located, codec), ['ada', 'grace']);
    expect(pairs).toEqual([
      {
        first: 'ada',
        second: 'grace',
        records: 4,
        agreed: 2,
        share: 0.5,
        kappa: 1 - 2 / (4 - (1 * 2 + 2 * 1) / 4),
        verdicts: ['ham', 'spam', '(ambiguous)', '(discard)'],
        confusion: [
          [1, 0, 0, 0],
          [1, 0, 0, 0],
          [0, 0, 0, 0],
          [0, 0, 1, 1],
        ],
        onlyFirst: 0,
        onlySecond: 1,
      },
    ]);
    expect(conflicts.map(({ row, ratings }) => [row, ...ratings.map(({ name }) => name)])).toEqual([
      [1, 'spam', 'ham'],
      [2, '(discard)', '(ambiguous)'],
    ]);
    expect(undecided.map(({ row }) => row)).toEqual([3]);
  });

  it('is told of every two of three, and so are their conflicts', () => {
    const verdicts = {
      ada: ['ham', 'ham', 'spam', 'spam'],
      bob: ['ham', 'spam', 'spam', 'spam'],
      cleo: ['spam', 'ham'],
    };
    const located = Object.entries(verdicts).flatMap(([reviewer, labels]) =>
      labels.map((label, row) => decided(reviewer, row, 'change', label)),
    );
    const { pairs, conflicts } = agreementOf(ratingsOf(located, codec), Object.keys(verdicts));
    expect(pairs.map(({ first, second, records, share }) => [first, second, records, share])).toEqual([
      ['ada', 'bob', 4, 0.75],
      ['ada', 'cleo', 2, 0.5],
      ['bob', 'cleo', 2, 0],
    ]);
    expect(pairs.map(({ kappa }) => kappa)).toEqual([0.5, 0, -1]);
    const rowsOf = (...reviewers: string[]) => conflictsAmong(conflicts, reviewers).map(({ row }) => row);
    expect(rowsOf('ada', 'bob', 'cleo')).toEqual([0, 1]);
    expect(rowsOf('ada', 'bob')).toEqual([1]);
    expect(rowsOf('ada', 'cleo')).toEqual([0]);
    expect(rowsOf('bob', 'cleo')).toEqual([0, 1]);
  });

  it('has no number where there is nothing to agree on', () => {
    const alone = agreementOf(ratingsOf([decided('ada', 0, 'keep')], codec), ['ada', 'grace']);
    expect(alone.pairs[0]).toMatchObject({ records: 0, share: null, kappa: null, onlyFirst: 1, onlySecond: 0 });
    expect(cohenKappa([[7]])).toBeNull();
  });

  it('does not take a class for a verdict of that name', () => {
    const located = [decided('ada', 0, 'change', 'discard'), decided('grace', 0, 'discard')];
    expect(agreementOf(ratingsOf(located, codec), ['ada', 'grace']).conflicts).toHaveLength(1);
  });

  it('is 1 for equals, the same from both sides, and never above the share that agrees', () => {
    const verdicts = fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.constantFrom('a', 'b', 'c')), {
      minLength: 1,
    });
    fc.assert(
      fc.property(verdicts, (pairs) => {
        const located = pairs.flatMap(([one, other], row) => [
          decided('ada', row, 'change', one),
          decided('grace', row, 'change', other),
        ]);
        const ratings = ratingsOf(located, codec);
        const pairOf = (first: string, second: string) => agreementOf(ratings, [first, second]).pairs[0];
        const { kappa, share } = pairOf('ada', 'grace') ?? {};
        const turned = pairOf('grace', 'ada')?.kappa;
        if (kappa === null) {
          expect(turned).toBeNull();
          return;
        }
        expect(turned).toBeCloseTo(kappa ?? NaN, 12);
        expect(kappa).toBeLessThanOrEqual((share ?? NaN) + 1e-12);
        if (pairs.every(([one, other]) => one === other)) expect(kappa).toBe(1);
      }),
    );
  });
});
