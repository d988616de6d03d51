import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { tokensOf } from '../../../../../extension/core/labels/tokens';
import { LocalEngine } from '../../../../../extension/core/review/engine/localEngine';
import { servicesIn } from '../../../../builtInSearch';
import { changed, folderOfTest, labelsAfter, settingsOf, writeRows } from './datasets';

const folder = folderOfTest();
afterAll(folder.remove);

/** Cosine of tf-idf vectors by maps, as the formulas of scikit-learn's documentation say. */
function similarities(texts: readonly string[], row: number): number[] {
  const counts = texts.map((text) => {
    const own = new Map<string, number>();
    for (const token of tokensOf(text)) own.set(token, (own.get(token) ?? 0) + 1);
    return own;
  });
  const having = (word: string): number => counts.filter((own) => own.has(word)).length;
  const vectors = counts.map((own) => {
    const weights = [...own].map(
      ([word, count]) => [word, count * (Math.log((1 + texts.length) / (1 + having(word))) + 1)] as const,
    );
    const length = Math.hypot(...weights.map(([, weight]) => weight));
    return new Map(weights.map(([word, weight]) => [word, weight / length]));
  });
  return vectors.map((vector) =>
    [...vector].reduce((sum, [word, weight]) => sum + weight * (vectors[row]?.get(word) ?? 0), 0),
  );
}

describe('similar records', () => {
  it('are those of other labels with the largest cosines', async () => {
    await fc.assert(
      fc.asyncProperty(changed, fc.integer({ min: 0, max: 6 }), async (one, count) => {
        const engine = new LocalEngine(servicesIn(folder.path));
        const { classes } = await engine.find(settingsOf(writeRows(folder.path, 'similar.csv', one.rows)), []);
        fc.pre(one.changes.every(({ label }) => classes.includes(label?.[0] ?? 'x')));
        await engine.change(one.changes);
        const after = labelsAfter(one);
        const texts = one.rows.map(([text]) => text);
        for (const [row, [, label]] of after.entries()) {
          const cosines = similarities(texts, row);
          const found = await engine.similar(row, count);
          const isOther = (other: number): boolean => after[other]?.[1] !== '' && after[other]?.[1] !== label;
          const expected = [...cosines.keys()].filter(
            (other) => other !== row && (cosines[other] ?? 0) > 0 && isOther(other),
          );
          expect(found.map(({ labels }) => labels)).toEqual(found.map(({ row: other }) => [after[other]?.[1]]));
          expect(found).toHaveLength(Math.min(count, expected.length));
          for (const { row: other, similarity } of found) {
            expect(expected).toContain(other);
            expect(similarity).toBeCloseTo(cosines[other] ?? 0, 12);
          }
          const best = expected.map((other) => cosines[other] ?? 0).sort((a, b) => b - a);
          for (const [at, { similarity }] of found.entries()) expect(similarity).toBeCloseTo(best[at] ?? 0, 12);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('are the first ones among equals', async () => {
    const engine = new LocalEngine(servicesIn(folder.path));
    const rows = Array.from({ length: 12 }, (_, row) => ['same words here', row % 3 === 0 ? 'x' : 'y'] as const);
    await engine.find(settingsOf(writeRows(folder.path, 'equal.csv', rows)), []);
    const found = await engine.similar(6, 3);
    expect(found.map(({ row }) => row)).toEqual([1, 2, 4]);
    for (const { similarity } of found) expect(similarity).toBeCloseTo(1, 12);
  });
});
