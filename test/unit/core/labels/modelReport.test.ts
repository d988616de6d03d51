import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  classificationReport,
  predictedLabels,
  type ClassScores,
} from '../../../../extension/core/labels/classificationReport';
import { findLabelIssues } from '../../../../extension/core/labels/findLabelIssues';
import { rowsOf } from '../../../../extension/core/labels/matrix';
import { modelReport, whyNothingFound } from '../../../../extension/core/labels/modelReport';
import { matrixOf } from '../../../matrixOf';

const times = <T>(count: number, value: T): T[] => Array.from({ length: count }, () => value);
const close = (value: number): unknown => expect.closeTo(value, 12);
const scores = (precision: number, recall: number, f1Score: number, support: number) => ({
  precision: close(precision),
  recall: close(recall),
  f1Score: close(f1Score),
  support,
});

describe('a classification report', () => {
  it("has the figures of scikit-learn's example", () => {
    const report = classificationReport(Int32Array.of(0, 1, 2, 2, 2), Int32Array.of(0, 0, 2, 2, 1), 3);
    expect(report.classes).toEqual([
      { label: 0, ...scores(0.5, 1, 2 / 3, 1) },
      { label: 1, ...scores(0, 0, 0, 1) },
      { label: 2, ...scores(1, 2 / 3, 0.8, 3) },
    ]);
    expect(report.accuracy).toBe(0.6);
    expect(report.macroAverage).toEqual(scores(0.5, 5 / 9, (2 / 3 + 0.8) / 3, 5));
    expect(report.weightedAverage).toEqual(scores(0.7, 0.6, (2 / 3 + 2.4) / 5, 5));
    expect(rowsOf(report.confusion)).toEqual([
      [1, 0, 0],
      [1, 0, 0],
      [0, 1, 2],
    ]);
  });

  it('leaves out classes that occur nowhere, and has zeros where nothing can be divided', () => {
    const report = classificationReport(Int32Array.of(0, 0), Int32Array.of(3, 3), 5);
    expect(report.classes).toEqual([
      { label: 0, ...scores(0, 0, 0, 2) },
      { label: 3, ...scores(0, 0, 0, 0) },
    ]);
    expect(classificationReport(new Int32Array(), new Int32Array(), 2)).toMatchObject({ accuracy: 0, classes: [] });
  });

  it('takes the first of equally probable classes', () => {
    const predProbs = matrixOf([
      [0.4, 0.4, 0.2],
      [0.2, 0.3, 0.5],
    ]);
    expect([...predictedLabels(predProbs)]).toEqual([0, 2]);
  });

  it('has figures from 0 to 1 that fit together', () => {
    const label = fc.integer({ min: 0, max: 3 });
    fc.assert(
      fc.property(fc.array(fc.tuple(label, label), { minLength: 1, maxLength: 50 }), (pairs) => {
        const given = Int32Array.from(pairs, ([one]) => one);
        const predicted = Int32Array.from(pairs, ([, other]) => other);
        const report = classificationReport(given, predicted, 4);
        // an example of a class is recalled exactly when it is predicted right
        expect(report.weightedAverage.recall).toBeCloseTo(report.accuracy, 12);
        const all: ClassScores[] = [...report.classes, report.macroAverage, report.weightedAverage];
        for (const { precision, recall, f1Score } of all) {
          for (const value of [precision, recall, f1Score]) expect(value >= 0 && value <= 1).toBe(true);
        }
        // what is precise one way round is recalled the other way round
        const turned = classificationReport(predicted, given, 4);
        expect(turned.classes.map(({ recall }) => recall)).toEqual(report.classes.map(({ precision }) => precision));
        expect(turned.classes.map(({ f1Score }) => f1Score)).toEqual(report.classes.map(({ f1Score }) => f1Score));
      }),
    );
  });
});

describe('a model', () => {
  const labels = Int32Array.from({ length: 200 }, (_, row) => row % 2);
  const predicting = (wrong: number, sure: number) =>
    matrixOf(Array.from(labels, (label, row) => ((label === 0) !== row < wrong ? [sure, 1 - sure] : [1 - sure, sure])));

  it('that agrees with nearly all labels is taken for one that has seen them', () => {
    expect(modelReport(labels, predicting(2, 0.9)).warnings).toEqual([expect.stringMatching(/99\.0 %.*cross-valid/s)]);
    expect(modelReport(labels, predicting(3, 0.9))).toMatchObject({ accuracy: 0.985, saturated: 0, warnings: [] });
  });

  it('whose probabilities are all 0 or 1 is said to be one that predicts labels', () => {
    expect(modelReport(labels, predicting(20, 1))).toMatchObject({
      accuracy: 0.9,
      saturated: 1,
      warnings: [expect.stringMatching(/not predicted labels/)],
    });
  });

  it('that is right about few records is blamed for nothing', () => {
    const few = matrixOf(times(99, [1, 0]));
    expect(modelReport(new Int32Array(99), few)).toMatchObject({ accuracy: 1, saturated: 1, warnings: [] });
  });
});

describe('why no label error was found', () => {
  it('is that the model agrees', () => {
    const predProbs = matrixOf([
      [0.9, 0.1],
      [0.2, 0.8],
    ]);
    expect(whyNothingFound(Int32Array.of(0, 1), predProbs)).toMatch(/No label is more probable/);
  });

  it('is that the model is not sure enough, with the record that comes nearest', () => {
    const labels = Int32Array.of(0, 0, 0, 1, 1);
    const predProbs = matrixOf([
      [0.9, 0.1],
      [0.4, 0.6],
      [0.3, 0.7],
      [0.1, 0.9],
      [0.2, 0.8],
    ]);
    expect([...findLabelIssues(labels, predProbs).mask]).toEqual([0, 0, 0, 0, 0]);
    const why = whyNothingFound(labels, predProbs, ['ham', 'spam']);
    expect(why).toMatch(/in 2 records.* row 2 comes nearest, spam with 0\.700 of 0\.850\. Filter by/);
  });

  it('is that the options leave nothing', () => {
    const labels = Int32Array.from([...times(10, 0), ...times(10, 1)]);
    const predProbs = matrixOf([...times(8, [0.9, 0.1]), ...times(2, [0.1, 0.9]), ...times(10, [0.2, 0.8])]);
    expect([...findLabelIssues(labels, predProbs, { fracNoise: 0 }).mask]).not.toContain(1);
    expect(whyNothingFound(labels, predProbs)).toMatch(/confidently in 2, but the chosen options/);
  });

  it('is that only labels are more probable that no record has', () => {
    const predProbs = matrixOf([
      [0.4, 0, 0.6],
      [0.1, 0.9, 0],
    ]);
    expect(whyNothingFound(Int32Array.of(0, 1), predProbs)).toMatch(/only labels that no record is given/);
  });
});
