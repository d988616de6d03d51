import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { openTable } from '../../../../../extension/core/dataset/openTable';
import { builtInData } from '../../../../../extension/core/dataset/labelledData';
import { ExpectedError } from '../../../../../extension/core/errors';
import { labelErrorReport } from '../../../../../extension/core/labels/candidates';
import { sortBys } from '../../../../../extension/core/labels/findLabelErrors';
import { filters } from '../../../../../extension/core/labels/filters';
import { LocalEngine } from '../../../../../extension/core/review/engine/localEngine';
import type { Found } from '../../../../../extension/core/review/engine/types';
import type { Candidates } from '../../../../../extension/core/review/types';
import { changed, folderOfTest, labelsAfter, servicesIn, settingsOf, writeRows } from './datasets';

const folder = folderOfTest();
afterAll(folder.remove);
const services = servicesIn(folder.path);

/** Candidates with the names of their labels. */
function listed(candidates: Candidates) {
  return Array.from(candidates.rows, (row, at) => ({
    row,
    given: candidates.labellings[candidates.given[at] ?? -1],
    suggested: candidates.labellings[candidates.suggested[at] ?? -1],
    labelQuality: candidates.labelQuality[at],
    normalizedMargin: candidates.normalizedMargin[at],
    selfConfidence: candidates.selfConfidence[at],
    labelErrorCandidate: candidates.labelErrorCandidate[at],
  }));
}

/** What a search or a refusal says, without the path. */
async function said(find: Promise<Found>) {
  try {
    const { candidates, settings, ...rest } = await find;
    return { ...rest, filterBy: settings.filterBy, candidates: listed(candidates) };
  } catch (error) {
    if (error instanceof ExpectedError) return error.message;
    throw error;
  }
}

describe('a search of the engine', () => {
  it('finds what the terminal finds', async () => {
    const options = fc.tuple(changed, fc.constantFrom(...filters), fc.constantFrom(...sortBys));
    await fc.assert(
      fc.asyncProperty(options, async ([{ rows }, filterBy, sortBy]) => {
        const path = writeRows(folder.path, 'found.csv', rows);
        const data = await builtInData(await openTable(path), { text: 'text', label: 'label' }, { folds: 2 });
        const labels = Int32Array.from(data.labels, ([label = 0]) => label);
        const expected = labelErrorReport(labels, data.predProbs, { filterBy, sortBy, classNames: data.classes });
        const found = await new LocalEngine(services).find(settingsOf(path, { filterBy, sortBy }), []);
        const { candidates, healthScore, numLabelIssues, confidentJoint, thresholds, ...about } = found;
        expect({ healthScore, numLabelIssues, confidentJoint, thresholds }).toEqual({
          healthScore: expected.healthScore,
          numLabelIssues: expected.numLabelIssues,
          confidentJoint: expected.confidentJoint,
          thresholds: expected.thresholds,
        });
        expect(listed(candidates)).toEqual(
          expected.candidates.map(({ row, given, suggested, labelErrorCandidate, ...scores }) => ({
            ...scores,
            row: data.records[row],
            given: given.map((label) => data.classes[label]),
            suggested: suggested.map((label) => data.classes[label]),
            labelErrorCandidate: labelErrorCandidate ?? -1,
          })),
        );
        expect(about).toMatchObject({ records: rows.length, labelled: labels.length, classes: data.classes });
        expect(about.warnings).toEqual(expect.arrayContaining([...data.warnings, ...expected.warnings]));
      }),
      { numRuns: 60 },
    );
  });

  it('finds with decisions what it would find in a file that has them', async () => {
    await fc.assert(
      fc.asyncProperty(changed, async (one) => {
        const [before, after] = ['before.csv', 'after.csv'];
        const path = writeRows(folder.path, before, one.rows);
        const written = writeRows(folder.path, after, labelsAfter(one));
        const decided = await said(new LocalEngine(services).find(settingsOf(path), one.changes));
        expect(decided).toEqual(await said(new LocalEngine(services).find(settingsOf(written), [])));
      }),
      { numRuns: 60 },
    );
  });
});
