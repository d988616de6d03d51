import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseCommand } from '../../../../extension/core/cli/arguments';
import { trainCommand } from '../../../../extension/core/cli/train';
import type { TrainReport } from '../../../../extension/core/cli/trainReport';
import { readModel } from '../../../../extension/core/labels/modelFile';
import { predictProba } from '../../../../extension/core/labels/classifier';
import { silentLog } from '../../../../extension/core/log';

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'flag-review-train-'));
  writeFileSync(
    join(cwd, 'train.csv'),
    'id,message,kind\n1,good fun,p\n2,bad film,n\n3,bad plot,n\n4,,p\n5,good day,\n',
  );
  writeFileSync(join(cwd, 'test.csv'), 'message,kind\ngood,p\nbad,n\ngood good,n\nbad bad,n\n');
});
afterEach(() => rmSync(cwd, { recursive: true }));

async function train(...argv: readonly string[]) {
  const lines: string[] = [];
  const warnings: string[] = [];
  const parsed = parseCommand(['train', ...argv]);
  if (parsed.command !== 'train') throw new Error(parsed.command);
  const terminal = {
    cwd,
    environment: {},
    stdin: Readable.from([]),
    print: (line: string) => void lines.push(line),
    log: { ...silentLog, warn: (line: string) => void warnings.push(line) },
    installation: cwd,
  };
  await trainCommand(terminal, parsed.options);
  return { lines, warnings, report: () => JSON.parse(lines.join('\n')) as TrainReport };
}

describe('flag-review train', () => {
  it('keeps a model that says what it learned from', async () => {
    const { lines } = await train('train.csv', '--text', 'message', '--label', 'kind', '--out', 'model.json');
    expect(lines).toEqual([
      'Learned 2 classes and 5 words from 3 records (message, kind; 2 more lack one of them).',
      `Kept in ${join(cwd, 'model.json')}.`,
    ]);
    const { classifier, trainedOn } = await readModel(join(cwd, 'model.json'));
    expect(trainedOn).toMatchObject({ file: 'train.csv', rows: 3, text: 'message', label: 'kind' });
    expect(trainedOn.sha256).toMatch(/^[\da-f]{64}$/);
    expect(predictProba(classifier, ['']).data[0]).toBeCloseTo(2 / 3, 12);
  });

  it('calls integer labels what the dataset card calls them', async () => {
    const features =
      'features:\n  - name: kind\n    dtype:\n      class_label:\n        names:\n          "0": bad\n          "1": good';
    writeFileSync(join(cwd, 'README.md'), `---\ndataset_info:\n  ${features.replaceAll('\n', '\n  ')}\n---\n`);
    writeFileSync(join(cwd, 'numbers.csv'), 'message,kind\ngood fun,1\nbad film,0\n');
    await train('numbers.csv', '--text', 'message', '--label', 'kind', '--out', 'model.json');
    expect((await readModel(join(cwd, 'model.json'))).classifier.classes).toEqual(['bad', 'good']);
  });

  it('predicts another file, with the figures of a classification report', async () => {
    const { report } = await train('train.csv', '--test', 'test.csv', '--format', 'json');
    const { test, model } = report();
    expect(model).toBeNull();
    expect(readdirSync(cwd)).toEqual(['test.csv', 'train.csv']);
    expect(test).toMatchObject({
      rows: 4,
      left_out: 0,
      accuracy: 0.75,
      per_class: {
        n: { precision: 1, recall: 2 / 3, support: 3 },
        p: { precision: 0.5, recall: 1, support: 1 },
      },
      macro_avg: { precision: 0.75 },
      weighted_avg: { recall: 0.75, support: 4 },
      confusion: [
        [2, 1],
        [0, 1],
      ],
    });
  });

  it('prints a table of the classes for people', async () => {
    const { lines } = await train('train.csv', '--test', 'test.csv');
    expect(lines[1]).toBe('Accuracy 0.7500 on 4 records.');
    expect(lines[3]).toMatch(/^class\s+precision\s+recall\s+f1-score\s+support$/);
    expect(lines.at(-1)).toMatch(/^weighted avg\s+0\.8750\s+0\.7500\s+/);
  });

  it('says which columns it guessed, and nothing when they are named', async () => {
    const guessed = await train('train.csv', '--out', 'model.json');
    expect(guessed.warnings).toEqual([
      expect.stringContaining('"message" is taken for the text: its name says so'),
      expect.stringContaining('"kind" is taken for the label: it has 2 different values'),
    ]);
    const named = await train('train.csv', '--text', 'message', '--label', 'kind', '--out', 'model.json');
    expect(named.warnings).toEqual([]);
  });

  it.each([
    [['train.csv'], /would be lost/],
    [['--out', 'model.json'], /takes one dataset/],
    [['none.csv', '--out', 'model.json'], /none\.csv/],
    [['train.csv', '--text', 'body', '--out', 'model.json'], /no column "body"/],
    [['train.csv', '--classes', 'p,q', '--out', 'model.json'], /label "n"/],
    [['train.csv', '--format', 'xml', '--out', 'model.json'], /--format xml/],
    [['train.csv', '--out', 'none/model.json'], /There is no folder/],
    [['train.csv', '--out', 'train.csv'], /train\.csv is what is read/],
    [['train.csv', '--test', 'test.csv', '--out', 'test.csv'], /test\.csv is what is read/],
  ])('refuses %j, and writes nothing', async (argv, message) => {
    await expect(async () => train(...argv)).rejects.toThrow(message);
    expect(readdirSync(cwd)).toEqual(['test.csv', 'train.csv']);
  });

  it('leaves the model that was there when another file cannot be predicted', async () => {
    await train('train.csv', '--out', 'model.json');
    const before = readFileSync(join(cwd, 'model.json'), 'utf8');
    writeFileSync(join(cwd, 'test.csv'), 'message,kind\ngood,unknown\n');
    await expect(train('train.csv', '--test', 'test.csv', '--out', 'model.json')).rejects.toThrow(/"unknown"/);
    expect(readFileSync(join(cwd, 'model.json'), 'utf8')).toBe(before);
  });
});
