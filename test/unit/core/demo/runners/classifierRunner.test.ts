import { readFileSync } from 'node:fs';
import { copyFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Component } from '../../../../../extension/core/demo/components';
import { openTable } from '../../../../../extension/core/dataset/openTable';
import { readTrainingSet } from '../../../../../extension/core/dataset/trainingSet';
import { predictProba, trainClassifier } from '../../../../../extension/core/labels/classifier';
import { writeModel } from '../../../../../extension/core/labels/modelFile';
import { json, number, textbox, workbenches } from './workbench';
import { workerBundle } from './workerBundle';

const worker = workerBundle('classifierWorker');
const open = workbenches(() => worker);
const label: Component = { kind: 'label' };

const data = 'text,label\ngood fun,p\ngood film,p\nbad film,n\nbad plot,n\ngood plot,p\nawful,z\nbad bad film,n\n';

async function benchWith(text = data) {
  const bench = await open();
  const file = await bench.write('films.csv', text);
  const runner = (
    more: { readonly text?: string; readonly label?: string } = {},
    outputs = [label],
    inputs = [textbox],
  ) => bench.runner({ type: 'classifier', file, ...more }, inputs, outputs);
  return { bench, file, runner };
}

const close = (value: number): unknown => expect.closeTo(value, 12);

describe('the built-in classifier of a demo', () => {
  it("gives scikit-learn's probabilities as a label with confidences", async () => {
    const { runner } = await benchWith();
    expect(await runner().run(['good bad'])).toEqual([
      {
        label: 'n',
        confidences: [
          { label: 'n', confidence: close(0.46108003554812066) },
          { label: 'p', confidence: close(0.4329029222646244) },
          { label: 'z', confidence: close(0.10601704218725497) },
        ],
      },
    ]);
  });

  it('learns once, says so, and anew when the dataset has changed', async () => {
    const { runner, file } = await benchWith();
    const demo = runner();
    const statuses: string[] = [];
    const ask = async () => {
      statuses.length = 0;
      const [output] = await demo.run(['awful'], { onStatus: (status) => statuses.push(status) });
      return (output as { readonly label: string }).label;
    };
    await ask();
    expect(statuses.some((status) => status.startsWith('Learning from films.csv'))).toBe(true);
    expect(statuses.at(-1)).toBe('');
    await ask();
    expect(statuses).toEqual([]);
    await writeFile(file, `${data}awful awful,q\nawful thing,q\nawful awful one,q\n`);
    expect(await ask()).toBe('q');
    expect(statuses.some((status) => status.startsWith('Learning from films.csv'))).toBe(true);
  });

  it('takes the columns that are named', async () => {
    const { runner } = await benchWith('a,b,c\none two,x,good day\nthree four,y,bad day\n');
    const [output] = await runner({ text: 'c', label: 'b' }).run(['bad']);
    expect(output).toMatchObject({ label: 'y' });
  });

  it('tells what it has learned from and how often it is right', async () => {
    const { bench } = await benchWith();
    const file = join(bench.folder, 'reviews.csv');
    await copyFile(resolve('examples/reviews.csv'), file);
    const { doc, parameters, returns } = await bench
      .runner({ type: 'classifier', file }, [textbox], [label])
      .describe();
    expect(doc).toMatch(/2 classes from 200 records of `reviews\.csv`, columns `text` and `label`\./);
    expect(doc).toMatch(/By cross-validation with 5 folds it predicts 9\d\.\d % of their labels\./);
    expect(parameters).toEqual([{ name: 'text', type: { type: 'str' } }]);
    expect(returns).toEqual({ type: 'confidences' });
  });

  it('gives the name alone to outputs that cannot show confidences', async () => {
    const { runner } = await benchWith();
    const [name, all] = await runner({}, [textbox, json]).run(['good fun']);
    expect(name).toBe('p');
    expect(all).toMatchObject({ label: 'p', confidences: [{ label: 'n' }, { label: 'p' }, { label: 'z' }] });
  });

  it('reads a model that was trained before', async () => {
    const { bench, file: films } = await benchWith();
    const columns = { text: 'text', label: 'label' };
    const classifier = trainClassifier(await readTrainingSet(await openTable(films), columns));
    const file = join(bench.folder, 'model.json');
    const trainedOn = { file: 'films.csv', sha256: '', rows: 7, text: 'text', label: 'label', date: '2026-11-21' };
    await writeModel(file, { classifier, trainedOn });
    const runner = bench.runner({ type: 'classifier', file }, [textbox], [json]);
    const [output] = await runner.run(['good bad']);
    const { confidences } = output as { readonly confidences: readonly { readonly confidence: number }[] };
    expect(confidences.map(({ confidence }) => confidence)).toEqual([...predictProba(classifier, ['good bad']).data]);
    expect((await runner.describe()).doc).toBe(
      'A naive Bayes classifier that learned from 7 records of `films.csv` on 2026-11-21.',
    );
  });

  it('is stopped while it learns, and learns again at the next run', async () => {
    const { runner } = await benchWith(
      `text,label\n${'many words of a long text,a\nsome other words,b\n'.repeat(200_000)}`,
    );
    const demo = runner();
    const stop = new AbortController();
    const onStatus = (status: string): void => {
      if (status.startsWith('Learning')) stop.abort();
    };
    await expect(demo.run(['words'], { signal: stop.signal, onStatus })).rejects.toThrow('The run was stopped.');
    expect(await demo.run(['many of a long text'])).toMatchObject([{ label: 'a' }]);
  });

  it.each([
    ['a column that is not there', data, { text: 'body' }, /no column "body"/],
    ['no words', 'text,label\n.,a\n!,b\n', {}, /No text has a word/],
    [
      'no labels',
      'text,label\nsome words,\nother words,\n',
      { text: 'text', label: 'label' },
      /both a text and a label/,
    ],
    ['an empty file', '', {}, /empty/],
  ])('says what is wrong with %s', async (_, text, columns, message) => {
    const { runner } = await benchWith(text);
    await expect(runner(columns).run(['words'])).rejects.toThrow(message);
  });

  it('says that the dataset is not there, and that it takes one text', async () => {
    const { bench, runner } = await benchWith();
    const missing = bench.runner({ type: 'classifier', file: join(bench.folder, 'none.csv') }, [textbox], [label]);
    await expect(missing.run(['words'])).rejects.toThrow(/There is no file .*none\.csv/);
    await expect(runner({}, [label], [textbox, number]).run(['words', 1])).rejects.toThrow(/takes one text/);
  });
});

describe('the example', () => {
  it('has a few wrong labels, and no text twice', () => {
    const [, ...lines] = readFileSync('examples/reviews.csv', 'utf8').trim().split('\n');
    expect(lines).toHaveLength(200);
    expect(new Set(lines.map((line) => line.replace(/^\d+,/, ''))).size).toBe(200);
  });
});
