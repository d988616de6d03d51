import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openTable } from '../../../../extension/core/dataset/openTable';
import { guessTextAndLabel, textAndLabelOf } from '../../../../extension/core/dataset/textAndLabel';
import { predictTable, readTrainingSet } from '../../../../extension/core/dataset/trainingSet';
import { predictProba, trainClassifier } from '../../../../extension/core/labels/classifier';

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'flag-review-training-'))));
afterEach(() => rmSync(folder, { recursive: true }));

async function tableOf(text: string, name = 'data.csv') {
  const file = join(folder, name);
  writeFileSync(file, text);
  return openTable(file);
}

const columns = { text: 'text', label: 'label' };

describe('a training set', () => {
  it('has the labelled texts, and counts the records that lack one of both', async () => {
    const table = await tableOf('text,label\ngood fun,p\nbad film,n\n,p\nno label,\n  ,n\ngood film,p\n');
    const { matrix, labels, classes, leftOut } = await readTrainingSet(table, columns);
    expect(classes).toEqual(['n', 'p']);
    expect([...labels]).toEqual([1, 0, 1]);
    expect(leftOut).toBe(3);
    expect(matrix.vocabulary).toEqual(['bad', 'film', 'fun', 'good']);
  });

  it('takes names for integer labels, of JSON Lines too', async () => {
    const table = await tableOf('{"text": "good", "label": 1}\n{"text": "bad", "label": 0}\n', 'data.jsonl');
    const set = await readTrainingSet(table, columns, { classes: ['neg', 'pos'] });
    expect(set.classes).toEqual(['neg', 'pos']);
    expect([...set.labels]).toEqual([1, 0]);
  });

  it.each([
    ['text,label\nwords,a\nmore,q\n', ['a', 'b'], /label "q" of record 1/],
    ['text,label\nwords,\n', undefined, /both a text and a label/],
    ['text,label\n.,a\n!,b\n', undefined, /No text has a word/],
    ['text,label\ngood,a\nbetter,a\n', ['a', 'b'], /Every record has the label a/],
    ['body,label\nwords,a\n', undefined, /no column "text"/],
  ])('is refused: %j', async (text, classes, message) => {
    await expect(readTrainingSet(await tableOf(text), columns, { classes })).rejects.toThrow(message);
  });

  it('refuses lists for texts', async () => {
    const table = await tableOf('{"text": ["a", "b"], "label": "x"}\n', 'data.jsonl');
    await expect(readTrainingSet(table, columns)).rejects.toThrow(/Record 0 has a list/);
  });
});

describe('a prediction of a dataset', () => {
  it('has a row for each labelled text, in order', async () => {
    const learned = await readTrainingSet(await tableOf('text,label\ngood fun,p\nbad film,n\nbad plot,n\n'), columns);
    const classifier = trainClassifier(learned);
    const test = await tableOf('label,text\nn,bad\n,good\np,good good\nn,unknown\n', 'test.csv');
    const { labels, predProbs, leftOut } = await predictTable(classifier, test, columns);
    expect([...labels]).toEqual([0, 1, 0]);
    expect(leftOut).toBe(1);
    expect(predProbs).toEqual(predictProba(classifier, ['bad', 'good good', 'unknown']));
  });

  it('refuses a label that the classifier does not know', async () => {
    const classifier = trainClassifier(await readTrainingSet(await tableOf('text,label\nfun,p\nbad,n\n'), columns));
    const test = await tableOf('text,label\nfun,q\n', 'test.csv');
    await expect(predictTable(classifier, test, columns)).rejects.toThrow(/"q"/);
  });
});

describe('the columns of a dataset', () => {
  it.each([
    ['by their names', 'id,label,sentence\n1,a,one two\n', 'sentence', 'label'],
    ['whatever their case', 'Category,Message\nham,see you there\n', 'Message', 'Category'],
    [
      'by their values',
      'id,v1,v2\n1,ham,see you there\n2,spam,win a prize now\n3,ham,see you then\n4,spam,win it all\n',
      'v2',
      'v1',
    ],
    ['unless nothing speaks for one', 'a,b\n1,2\n3,4\n', undefined, undefined],
  ])('are guessed %s', async (_, text, expectedText, expectedLabel) => {
    const guess = await guessTextAndLabel(await tableOf(text));
    expect([guess.text, guess.label]).toEqual([expectedText, expectedLabel]);
  });

  it('are the named ones before any guess', async () => {
    const table = await tableOf('text,label,other\nsome words,a,x\n');
    expect(await textAndLabelOf(table, { label: 'other' })).toMatchObject({ text: 'text', label: 'other' });
    await expect(textAndLabelOf(table, { text: 'body' })).rejects.toThrow(/no column "body"/);
    await expect(textAndLabelOf(await tableOf('a,b\n1,2\n'), {})).rejects.toThrow(/Which column holds the texts/);
  });
});
