import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { openTable } from '../../../../../extension/core/dataset/openTable';
import { builtInData } from '../../../../../extension/core/dataset/labelledData';
import { ExpectedError } from '../../../../../extension/core/errors';
import { labelErrorReport } from '../../../../../extension/core/labels/candidates';
import { sortBys } from '../../../../../extension/core/labels/findLabelErrors';
import { filters } from '../../../../../extension/core/labels/filters';
import { countWords } from '../../../../../extension/core/labels/countMatrix';
import { predictOutOfFold } from '../../../../../extension/core/labels/crossValidation';
import { rowsOf } from '../../../../../extension/core/labels/matrix';
import { discarded } from '../../../../../extension/core/labels/naiveBayes';
import { rankLabelErrors } from '../../../../../extension/core/labels/ranking';
import { stratifiedFolds } from '../../../../../extension/core/labels/stratifiedFolds';
import { LocalEngine } from '../../../../../extension/core/review/engine/localEngine';
import type { Found } from '../../../../../extension/core/review/engine/types';
import type { Candidates } from '../../../../../extension/core/review/types';
import { servicesIn } from '../../../../builtInSearch';
import { changed, folderOfTest, labelsAfter, settingsOf, writeRows, type Row } from './datasets';

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

describe('what needs no model to be seen', () => {
  const near = (text: string): Row[] => [
    [text, 'x'],
    [`${text} indeed`, 'x'],
    ['aa bb', 'y'],
    ['aa cc', 'y'],
  ];

  it('is found with the candidates, by the labels that decisions have', async () => {
    const text = 'one long text that is nearly the same as the other one';
    const path = writeRows(folder.path, 'near.csv', near(text));
    const { issues, warnings } = await new LocalEngine(services).find(settingsOf(path), [{ row: 0, label: ['y'] }]);
    expect(issues?.nearDuplicates).toMatchObject({ groups: 1, conflicting: 1, listed: [{ rows: [0, 1] }] });
    expect(warnings.join(' ')).not.toMatch(/near duplicates/);
  });

  it('is limited to what is quickly found in many texts, which is said', async () => {
    const path = writeRows(folder.path, 'long.csv', near('a text of many words '.repeat(200_001)));
    const { issues, warnings } = await new LocalEngine(services).find(settingsOf(path), []);
    expect(issues?.nearDuplicates.groups).toBe(0);
    expect(issues?.shortTexts.count).toBe(0);
    expect(warnings.join(' ')).toMatch(/too many to look for near duplicates in every search; "flag-review health"/);
  });
});

/** Any decisions on records of a dataset, some at once. */
const batches = fc.array(fc.array(fc.tuple(fc.nat(), fc.constantFrom('x', 'y', 'z', null)), { maxLength: 4 }), {
  maxLength: 5,
});

describe('a change of labels', () => {
  it('leaves the model that has learned from the labels as they are, with the folds of the search', async () => {
    await fc.assert(
      fc.asyncProperty(changed, batches, async ({ rows }, steps) => {
        const path = writeRows(folder.path, 'steps.csv', rows);
        const engine = new LocalEngine(services);
        const first = await engine.find(settingsOf(path), []);
        const { matrix, labels, folds, classes } = cleanRoom(rows);
        for (const step of steps) {
          const changes = step.map(([row, to]) => ({ row: row % rows.length, label: to === null ? null : [to] }));
          const reranked = await engine.change(changes);
          for (const { row, label } of changes) labels[row] = label ? classes.indexOf(label[0] ?? '') : discarded;
          const { predProbs } = attempt(() => predictOutOfFold(matrix, labels, classes.length, folds)) ?? {};
          const ranked =
            predProbs && attempt(() => rankLabelErrors(labels, predProbs, { filterBy: 'predicted_neq_given' }));
          expect(reranked && listed(reranked.candidates).map(({ row, labelQuality }) => [row, labelQuality])).toEqual(
            ranked ? [...ranked.order].map((row, at) => [row, ranked.scores[at]]) : null,
          );
          if (!ranked) continue;
          const ranks = new Map(
            listed(first.candidates).map(({ row, labelErrorCandidate }) => [row, labelErrorCandidate]),
          );
          for (const { row, labelErrorCandidate } of listed(reranked?.candidates ?? first.candidates))
            expect(labelErrorCandidate).toBe(ranks.get(row) ?? -1);
        }
      }),
      { numRuns: 100 },
    );
  });

  it('can be taken back', async () => {
    await fc.assert(
      fc.asyncProperty(changed, async ({ rows, changes }) => {
        const engine = new LocalEngine(services);
        const path = writeRows(folder.path, 'undo.csv', rows);
        const { candidates, accuracy, healthScore, numLabelIssues } = await engine.find(settingsOf(path), []);
        await engine.change(changes);
        const back = changes.map(({ row }) => ({ row, label: rows[row]?.[1] ? [rows[row][1]] : null }));
        expect(await engine.change(back)).toEqual({ candidates, accuracy, healthScore, numLabelIssues });
      }),
      { numRuns: 60 },
    );
  });

  it('to a label that the search did not know leaves the record out until the next one', async () => {
    const rows: Row[] = Array.from({ length: 20 }, (_, row) => [row % 2 ? 'aa bb' : 'cc dd', row % 2 ? 'x' : 'y']);
    const engine = new LocalEngine(services);
    const settings = settingsOf(writeRows(folder.path, 'novel.csv', rows));
    await engine.find(settings, []);
    const novel = [{ row: 3, label: ['new'] }];
    expect(await engine.change(novel)).toEqual(await engine.change([{ row: 3, label: null }]));
    expect((await engine.find(settings, novel)).classes).toEqual(['new', 'x', 'y']);
    expect((await engine.find({ ...settings, classes: ['y', 'x'] }, novel)).classes).toEqual(['y', 'x', 'new']);
  });

  it('during a search counts after it', async () => {
    const rows: Row[] = Array.from({ length: 30 }, (_, row) => [
      `${row % 2 ? 'aa' : 'cc'} w${row % 3}`,
      row % 2 ? 'x' : 'y',
    ]);
    const settings = settingsOf(writeRows(folder.path, 'during.csv', rows));
    const [engine, expected] = [new LocalEngine(services), new LocalEngine(services)];
    const finding = engine.find(settings, []);
    expect(await engine.change([{ row: 1, label: ['y'] }])).toBeNull();
    await finding;
    await expected.find(settings, []);
    await expected.change([{ row: 1, label: ['y'] }]);
    expect(await engine.change([])).toEqual(await expected.change([]));
  });

  it('of a record that is not there is refused', async () => {
    const engine = new LocalEngine(services);
    const settings = settingsOf(
      writeRows(folder.path, 'short.csv', [
        ['aa', 'x'],
        ['bb', 'y'],
        ['aa', 'x'],
        ['bb', 'y'],
      ]),
    );
    await expect(engine.find(settings, [{ row: 4, label: null }])).rejects.toThrow('There is no record 4.');
    await engine.find(settings, []);
    await expect(engine.change([{ row: 4, label: null }])).rejects.toThrow('There is no record 4.');
  });
});

describe('predicted probabilities', () => {
  it('are those of the model that has not seen the record, and none without a label', async () => {
    await fc.assert(
      fc.asyncProperty(changed, async ({ rows, changes }) => {
        const engine = new LocalEngine(services);
        const found = await engine.find(settingsOf(writeRows(folder.path, 'probs.csv', rows)), []);
        await engine.change(changes);
        const { matrix, labels, folds, classes } = cleanRoom(rows);
        expect(classes).toEqual(found.classes);
        for (const { row, label } of changes) labels[row] = label ? classes.indexOf(label[0] ?? '') : discarded;
        const known = attempt(() => rowsOf(predictOutOfFold(matrix, labels, classes.length, folds).predProbs));
        fc.pre(known !== undefined);
        for (const [row, expected] of known.entries()) {
          const hadLabel = rows[row]?.[1] !== '' || changes.some((one) => one.row === row && one.label);
          expect(await engine.probabilities(row)).toEqual(hadLabel ? expected : null);
        }
      }),
      { numRuns: 40 },
    );
  });
});

/** What the engine knows, by other means. */
function cleanRoom(rows: readonly Row[]) {
  const classes = [...new Set(rows.map(([, label]) => label).filter((label) => label !== ''))].sort();
  const labels = Int32Array.from(rows, ([, label]) => classes.indexOf(label));
  const kept = [...labels.keys()].filter((row) => labels[row] !== discarded);
  const dealt = stratifiedFolds(
    Int32Array.from(kept, (row) => labels[row] ?? 0),
    classes.length,
    2,
  ).folds;
  const folds = Uint16Array.from(labels, (_, row) => (kept.includes(row) ? (dealt[kept.indexOf(row)] ?? 0) : row % 2));
  return { matrix: countWords(rows.map(([text]) => text)), labels, folds, classes };
}

function attempt<T>(ask: () => T): T | undefined {
  try {
    return ask();
  } catch (error) {
    if (error instanceof ExpectedError) return undefined;
    throw error;
  }
}
