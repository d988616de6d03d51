import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Component } from '../../../../../extension/core/demo/components';
import type { Demo } from '../../../../../extension/core/demo/definition';
import { fileData } from '../../../../../extension/core/demo/fileData';
import { createLogger } from '../../../../../extension/core/flagging/loggers';
import { createFlagRecorder } from '../../../../../extension/core/flagging/recorder';
import {
  isRegression,
  loadRegression,
  saveRegression,
} from '../../../../../extension/core/flagging/replay/regressionFile';
import { sameOutput } from '../../../../../extension/core/flagging/replay/sameOutput';
import { openSamples } from '../../../../../extension/core/flagging/replay/samples';
import {
  defaultTolerance,
  type ReplayResult,
  type ReplaySample,
} from '../../../../../extension/core/flagging/replay/types';
import type { FlagNote } from '../../../../../extension/core/flagging/types';
import { silentLog } from '../../../../../extension/core/log';

let folder: string;
let flaggingDir: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'flag-review-samples-'));
  flaggingDir = join(folder, 'flagged');
});
afterEach(() => rmSync(folder, { recursive: true }));

const demoOf = (inputs: readonly Component[], outputs: readonly Component[], more: Partial<Demo> = {}): Demo => ({
  source: join(folder, 'x.demo.json'),
  baseDir: folder,
  title: 'x',
  description: '',
  article: '',
  fn: { type: 'python', file: join(folder, 'x.py'), name: 'x' },
  inputs,
  additionalInputs: 0,
  outputs,
  examples: [],
  live: false,
  flaggingMode: 'manual',
  flaggingOptions: [],
  flaggingDir: 'flagged',
  flaggingCallback: 'CSVLogger',
  logFormat: 'guide',
  ...more,
});

/** Flags samples as a demo does, and reads them to be run again. */
async function flagAndRead(
  demo: Demo,
  flags: readonly { readonly data: readonly unknown[]; readonly option?: string; readonly note?: FlagNote }[],
): Promise<ReplaySample[]> {
  const { logFormat: format } = demo;
  const recorder = createFlagRecorder({
    callback: createLogger('CSVLogger', { format, flaggingDirAsGiven: 'flagged', hasOptions: true }),
    components: [...demo.inputs, ...demo.outputs],
    flaggingDir,
    spoolDir: join(folder, 'spool'),
    log: silentLog,
  });
  let log = '';
  for (const { data, option = 'wrong', note } of flags) {
    const record = await recorder.flag({ data, option, username: null }, note);
    if (record.state !== 'flagged') throw record.error ?? new Error('not flagged');
    log = record.log;
  }
  await recorder.dispose();
  return read(demo, log);
}

async function read(demo: Demo, log: string, rows?: readonly number[]): Promise<ReplaySample[]> {
  const isChosen = rows ? ({ row }: { readonly row: number }) => rows.includes(row) : undefined;
  const { samples } = await openSamples({ demo, log, folders: [folder], praising: ['fine by me'] }, isChosen);
  const found: ReplaySample[] = [];
  for await (const sample of samples) found.push(sample);
  return found;
}

const number = (label: string): Component => ({ kind: 'number', label });
const text = (label: string): Component => ({ kind: 'textbox', label });

describe('the samples of a log', () => {
  it.each(['guide', 'gradio-4', 'gradio-6'] as const)('are what was flagged, in the layout %s', async (logFormat) => {
    const label = { label: 'cat', confidences: [{ label: 'cat', confidence: 0.75 }] };
    const demo = demoOf([text('in'), number('n')], [text('out'), { kind: 'label', label: 'l' }], { logFormat });
    const data = ['=1+1\n"quoted", é', -2.5, '-5', label];
    const [sample] = await flagAndRead(demo, [{ data, option: 'wrong' }]);
    expect(sample).toMatchObject({
      row: 0,
      option: 'wrong',
      reportsFault: true,
      corrected: {},
      inputs: data.slice(0, 2),
    });
    expect(sample?.logged).toEqual(data.slice(2));
    expect(sample?.problem).toBeUndefined();
  });

  it.each(['guide', 'gradio-4', 'gradio-6'] as const)(
    'hold structures as they were, in the layout %s',
    async (logFormat) => {
      const file = (name: string) => {
        const path = join(folder, name);
        writeFileSync(path, name);
        return fileData(path);
      };
      const outputs: Component[] = [
        { kind: 'gallery', label: 'gallery' },
        { kind: 'annotatedimage', label: 'annotated' },
        { kind: 'highlightedtext', label: 'words' },
        { kind: 'dataframe', label: 'table' },
        { kind: 'json', label: 'json' },
        { kind: 'checkbox', label: 'box' },
        { kind: 'file', label: 'files', file_count: 'multiple' },
      ];
      const demo = demoOf([text('in')], outputs, { logFormat });
      const data = [
        [
          { image: file('a.png'), caption: 'first' },
          { image: file('b.png'), caption: null },
        ],
        { image: file('c.png'), annotations: [{ image: file('d.png'), label: 'cat' }] },
        [
          { token: 'a ', class_or_confidence: null },
          { token: 'b', class_or_confidence: 'x' },
        ],
        { headers: ['a', 'b'], data: [[1, 'x']], metadata: null },
        { deep: [1, { a: null }] },
        true,
        [file('e.txt'), file('f.txt')],
      ];
      const [sample] = await flagAndRead(demo, [{ data: ['x', ...data] }]);
      expect(sample?.problem).toBeUndefined();
      const comparison = { tolerance: defaultTolerance, pixels: () => Promise.resolve(undefined) };
      for (const [index, { kind }] of outputs.entries()) {
        const same = await sameOutput(kind, sample?.logged[index], data[index], comparison);
        expect([kind, same, same || sample?.logged[index]]).toEqual([kind, true, true]);
      }
    },
  );

  it('have the corrected outputs of their notes, files included', async () => {
    const picture = join(folder, 'right.png');
    writeFileSync(picture, 'right');
    const demo = demoOf([number('n')], [number('double'), { kind: 'image', label: 'plot' }, number('nan')]);
    const note = { note: 'see', corrected: { double: 4, plot: fileData(picture), nan: NaN } };
    const [, sample] = await flagAndRead(demo, [{ data: [1, 2, null, 0] }, { data: [2, 5, null, 0], note }]);
    expect(sample?.corrected).toMatchObject({ 0: 4, 2: NaN });
    const { path } = sample?.corrected[1] as { path: string };
    expect(path.startsWith(join(flaggingDir, 'notes'))).toBe(true);
    expect(readFileSync(path, 'utf8')).toBe('right');
  });

  it('hold files by the path of their copy beside the log', async () => {
    const picture = join(folder, 'cat.png');
    writeFileSync(picture, 'cat');
    const demo = demoOf([{ kind: 'image', label: 'image' }], [text('out')]);
    const [sample] = await flagAndRead(demo, [{ data: [fileData(picture), 'dog'] }]);
    rmSync(picture);
    const [input] = sample?.inputs as [{ path: string }];
    expect(readFileSync(input.path, 'utf8')).toBe('cat');
  });

  it('that cannot be run say why, and the others are there', async () => {
    const picture = join(folder, 'cat.png');
    writeFileSync(picture, 'cat');
    const demo = demoOf([{ kind: 'image', label: 'image' }], [text('out')]);
    await flagAndRead(demo, [{ data: [fileData(picture), 'dog'] }, { data: [null, 'none'] }]);
    rmSync(join(flaggingDir, 'image'), { recursive: true });
    const [missing, other] = await read(demo, join(flaggingDir, 'logs.csv'));
    expect(missing?.problem?.what).toMatch(/image\/.*was not found/);
    expect(missing?.inputs[0]).toMatch(/^image\//);
    expect(other).toMatchObject({ inputs: [null], logged: ['none'] });
    const [strange] = await read(demoOf([text('other')], [text('out')]), join(flaggingDir, 'logs.csv'), [1]);
    expect(strange).toMatchObject({ row: 1, problem: { what: 'The log has no column “other” of this demo.' } });
  });

  it('name no file outside of the workspace', async () => {
    const outside = mkdtempSync(join(tmpdir(), 'flag-review-outside-'));
    writeFileSync(join(outside, 'secret.png'), 'x');
    mkdirSync(flaggingDir);
    const log = join(flaggingDir, 'logs.csv');
    writeFileSync(log, `image,out,flag,timestamp\r\n${outside}/secret.png,x,wrong,2024-01-02 03:04:05.678901\r\n`);
    const [sample] = await read(demoOf([{ kind: 'image', label: 'image' }], [text('out')]), log);
    expect(sample?.problem?.what).toMatch(/outside|was not found/);
    rmSync(outside, { recursive: true });
  });

  it('are read from the side files of Gradio 3', async () => {
    mkdirSync(join(flaggingDir, 'out'), { recursive: true });
    writeFileSync(join(flaggingDir, 'out', 'tmpabcd1234.json'), '{"label": "cat", "confidences": null}');
    const log = join(flaggingDir, 'log.csv');
    writeFileSync(
      log,
      `in,out,flag,username,timestamp\r\nx,${flaggingDir}/out/tmpabcd1234.json,,,2023-01-02 03:04:05.678901\r\n`,
    );
    const [sample] = await read(demoOf([text('in')], [{ kind: 'label', label: 'out' }]), log);
    expect(sample?.logged).toEqual([{ label: 'cat', confidences: null }]);
  });

  it('report a fault unless their option praises', async () => {
    const demo = demoOf([number('n')], [number('m')]);
    const data = [1, 2];
    const options = ['wrong', 'correct', 'fine by me', ''];
    const samples = await flagAndRead(
      demo,
      options.map((option) => ({ data, option })),
    );
    expect(samples.map(({ reportsFault }) => reportsFault)).toEqual([true, false, false, true]);
  });

  it('of a log without a header are told apart by their places', async () => {
    mkdirSync(flaggingDir);
    const log = join(flaggingDir, 'log.csv');
    writeFileSync(log, 'good,1\r\nbad,0\r\n');
    const samples = await read(demoOf([text('text')], [number('score')]), log);
    expect(samples.map(({ inputs, logged }) => [inputs, logged])).toEqual([
      [['good'], [1]],
      [['bad'], [0]],
    ]);
  });
});

describe('a regression file', () => {
  it('names files relative to itself, and says what is of another demo', async () => {
    const picture = join(folder, 'flagged', 'image', '0.png');
    const sample: ReplaySample = {
      row: 3,
      inputs: [fileData(picture)],
      logged: ['dog'],
      corrected: { 0: 'cat' },
      option: 'wrong',
      reportsFault: true,
    };
    const result: ReplayResult = {
      sample,
      verdict: 'fixed',
      now: ['cat'],
      differs: [false],
      failure: null,
      seconds: 0,
    };
    const broken = { ...result, sample: { ...sample, problem: { what: 'x', next: '', details: '' } } };
    const file = join(folder, 'regression.jsonl');
    expect(await saveRegression(file, [result, broken])).toEqual({ saved: 1, left: 1 });
    const saved = readFileSync(file, 'utf8');
    expect(saved).toContain('"flagged/image/0.png"');
    expect(isRegression(saved)).toBe(true);
    const demo = demoOf([{ kind: 'image', label: 'image' }], [text('out')]);
    const [again] = await loadRegression(file, demo);
    expect(again).toMatchObject({ inputs: [{ path: picture }], corrected: { 0: 'cat' }, problem: undefined });
    const [strange] = await loadRegression(file, demoOf([], [text('out')]));
    expect(strange?.problem?.what).toMatch(/1 inputs and 1 outputs, but the demo has 0 and 1/);
  });

  it('is told from a log', () => {
    expect(isRegression('{"inputs": [NaN], "expected": [1]}\n')).toBe(true);
    expect(isRegression('{"file_name": "x.png", "flag": "wrong"}\n')).toBe(false);
    expect(isRegression('inputs,expected\n1,2\n')).toBe(false);
  });
});
