import fc from 'fast-check';
import { expect, it } from 'vitest';
import { pruneByNoiseRate } from '../../../../extension/core/labels/filters';
import { at, rowsOf } from '../../../../extension/core/labels/matrix';
import { positionsByValue } from '../../../../extension/core/labels/numeric';
import { matrixOf } from '../../../matrixOf';

const classes = 4;
const row = fc.array(fc.integer({ min: 0, max: 6 }), { minLength: classes, maxLength: classes });

it('prunes by noise rate what sorting all margins of each pair of labels prunes', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat({ max: classes - 1 }), row), { minLength: 1, maxLength: 60 }),
      fc.array(row, { minLength: classes, maxLength: classes }),
      fc.nat({ max: 3 }),
      (examples, wanted, minExamplesPerClass) => {
        const labels = Int32Array.from(examples, ([label]) => label);
        const predProbs = matrixOf(examples.map(([, weights]) => weights.map((weight) => weight / 6)));
        const counts = matrixOf(wanted);
        const members = positionsByValue(labels, classes);
        const mask = pruneByNoiseRate({ labels, predProbs, members, counts, minExamplesPerClass });

        const expected = new Set<number>();
        for (const [given, rows] of members.entries()) {
          if (rows.length <= Math.max(minExamplesPerClass, 1)) continue;
          for (let other = 0; other < classes; other++) {
            if (other === given) continue;
            const margin = (example: number): number => at(predProbs, example, given) - at(predProbs, example, other);
            const sorted = [...rows].sort((a, b) => margin(a) - margin(b) || a - b);
            for (const example of sorted.slice(0, rowsOf(counts)[other]?.[given])) expected.add(example);
          }
        }
        expect([...mask.keys()].filter((example) => mask[example])).toEqual([...expected].sort((a, b) => a - b));
      },
    ),
    { numRuns: 500 },
  );
});
