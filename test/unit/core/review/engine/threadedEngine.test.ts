import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { ExpectedError } from '../../../../../extension/core/errors';
import { LocalEngine } from '../../../../../extension/core/review/engine/localEngine';
import { createEngine } from '../../../../../extension/core/review/engine/threadedEngine';
import type { LabelChange, ReviewEngine } from '../../../../../extension/core/review/engine/types';
import { workerBundle } from '../../demo/runners/workerBundle';
import { servicesIn } from '../../../../builtInSearch';
import { folderOfTest, settingsOf, writeRows, type Row } from './datasets';

const worker = workerBundle('engineWorker');
const folder = folderOfTest();
const javascriptWorker = workerBundle('javascriptWorker');
const services = servicesIn(folder.path, javascriptWorker);
afterAll(folder.remove);

/** Two classes that share most words; every seventh label is wrong. */
const rows: readonly Row[] = Array.from({ length: 300 }, (_, row) => {
  const [real, other] = row % 2 === 0 ? ['x', 'y'] : ['y', 'x'];
  return [`the ${real}${row % 5}word and ${real}${row % 3}more w${row % 11}`, row % 7 === 3 ? other : real];
});
const settings = settingsOf(writeRows(folder.path, 'reviews.csv', rows), { source: { kind: 'built-in', folds: 5 } });
const changes: readonly LabelChange[] = [
  { row: 3, label: ['y'] },
  { row: 10, label: null },
  { row: 17, label: ['y'] },
];

const engines: ReviewEngine[] = [];
afterEach(async () => Promise.all(engines.splice(0).map((engine) => engine.close())));

function engineOf(path = worker): ReviewEngine {
  const engine = createEngine({ ...services, worker: path });
  engines.push(engine);
  return engine;
}

/** A thread that behaves in its own way. */
function fakeWorker(name: string, code: string): string {
  const path = join(folder.path, name);
  writeFileSync(path, `const { parentPort } = require('node:worker_threads');\n${code}\n`);
  return path;
}

/** Everything that an engine says after a search and a change. */
async function saidBy(engine: ReviewEngine): Promise<unknown> {
  const found = await engine.find(settings, [{ row: 24, label: ['x'] }]);
  const reranked = await engine.change(changes);
  return {
    found,
    reranked,
    probabilities: [await engine.probabilities(3), await engine.probabilities(10)],
    reason: await engine.reason(31, ['x'], ['y']),
    similar: await engine.similar(31, 4),
  };
}

describe('an engine in a thread', () => {
  it('says what it says without one', async () => {
    const expected = await saidBy(new LocalEngine(services));
    expect(await saidBy(engineOf())).toEqual(expected);
  });

  it('tells how far it is', async () => {
    const told: string[] = [];
    await engineOf().find(settings, [], { onProgress: (what) => told.push(what) });
    expect(new Set(told)).toEqual(new Set(['Reading reviews.csv', 'Cross-validating', 'Looking for duplicates']));
  });

  it('passes on what a person can mend, and what went wrong', async () => {
    const engine = engineOf();
    const missing = engine.find({ ...settings, text: 'review' }, []);
    await expect(missing).rejects.toThrow(/no column "review"/);
    await expect(missing).rejects.toBeInstanceOf(ExpectedError);
    const none = engine.find({ ...settings, dataset: join(folder.path, 'none.csv') }, []);
    await expect(none).rejects.toBeInstanceOf(ExpectedError);
    expect(await engine.change(changes)).toBeNull();
  });

  it('keeps its model when a search is aborted, and says why at once', async () => {
    const engine = engineOf();
    await engine.find(settings, []);
    const before = await engine.probabilities(3);
    const stop = new AbortController();
    const aborted = engine.find({ ...settings, source: { kind: 'built-in', folds: 3 } }, [], {
      signal: stop.signal,
      onProgress: () => stop.abort(new Error('enough')),
    });
    await expect(aborted).rejects.toThrow('enough');
    expect(await engine.probabilities(3)).toEqual(before);
    await expect(engine.find(settings, [], { signal: stop.signal })).rejects.toThrow('enough');
  });

  it('ends a thread that does not stop, and goes on in another one', async () => {
    const path = fakeWorker(
      'deaf.cjs',
      `parentPort.on('message', ({ kind, id, call }) => {
        if (call?.method === 'find') for (;;);
        if (kind === 'call') parentPort.postMessage({ kind: 'answer', id, answer: { result: [0.25, 0.75] } });
      });`,
    );
    const engine = engineOf(path);
    const stop = new AbortController();
    const deaf = engine.find(settings, [], { signal: stop.signal });
    stop.abort(new Error('enough'));
    const next = engine.probabilities(1);
    await expect(deaf).rejects.toThrow('enough');
    expect(await next).toEqual([0.25, 0.75]);
  });

  it('knows the search and all changes again after its thread was lost', async () => {
    const crashing = engineOf(crashingAt('similar'));
    const engine = new LocalEngine(services);
    await crashing.find(settings, []);
    await crashing.change(changes);
    await engine.find(settings, []);
    await engine.change(changes);
    await expect(crashing.similar(3, 2)).rejects.toThrow(/ended unexpectedly: It ended with 7.*Try again/);
    for (const row of [3, 10, 31]) expect(await crashing.probabilities(row)).toEqual(await engine.probabilities(row));
    expect(await crashing.change([{ row: 3, label: ['x'] }])).toEqual(await engine.change([{ row: 3, label: ['x'] }]));
  });

  it.each([
    ['throws', 'setImmediate(() => { throw new Error("broken"); });', /ended unexpectedly: broken/],
    ['ends', 'parentPort.on("message", () => process.exit(3));', /ended unexpectedly: It ended with 3/],
    ['is missing', undefined, /ended unexpectedly: Cannot find module/],
    [
      'has too little memory',
      `const small = { eval: true, resourceLimits: { maxOldGenerationSizeMb: 16 } };
      new (require('node:worker_threads').Worker)('const kept = []; for (;;) kept.push(Array(1000).fill({}));', small)
        .on('error', (error) => { throw error; });`,
      /memory that the editor gives a search is not enough/,
    ],
  ])('says so when its thread %s', async (name, code, message) => {
    const path = code === undefined ? join(folder.path, 'nowhere.cjs') : fakeWorker(`${name}.cjs`, code);
    const engine = engineOf(path);
    const failed = engine.find(settings, []);
    await expect(failed).rejects.toThrow(message);
    await expect(failed).rejects.toBeInstanceOf(ExpectedError);
  });

  it('stops a model of the person’s own, and goes on where it was in the next search', async () => {
    const count = join(folder.path, 'calls.txt');
    writeFileSync(
      join(folder.path, 'model.mjs'),
      `import { appendFileSync } from 'node:fs';
      export async function predict(texts) {
        appendFileSync(${JSON.stringify(count)}, texts.length + ' ');
        await new Promise((resolve) => setTimeout(resolve, 50));
        return texts.map((text) => (text.includes('x') ? { x: 0.9, y: 0.1 } : { x: 0.2, y: 0.8 }));
      }`,
    );
    const own = { ...settings, source: { kind: 'model', fn: 'model.mjs:predict', folds: 5 } } as const;
    const engine = engineOf();
    const stop = new AbortController();
    const onProgress = (what: string, done: number): void => {
      if (what === 'Predicting' && done > 0) stop.abort(new Error('enough'));
    };
    await expect(engine.find(own, [], { signal: stop.signal, onProgress })).rejects.toThrow('enough');
    const found = await engine.find(own, []);
    expect(found.warnings.join(' ')).toMatch(/The first \d+ rows are those of a run that was stopped before/);
    expect(found).toMatchObject({ records: 300, classes: ['x', 'y'] });
    const wrong = [...rows.keys()].filter((row) => row % 7 === 3);
    expect([...found.candidates.rows].sort((a, b) => a - b)).toEqual(wrong);
    const predicted = readFileSync(count, 'utf8').trim().split(' ').map(Number);
    expect(predicted.reduce((sum, texts) => sum + texts, 0)).toBeLessThan(2 * rows.length);
  });

  it('asks its host for the interpreter of a model in Python', async () => {
    const source = { kind: 'model', fn: 'model.py:predict', folds: 5 } as const;
    writeFileSync(join(folder.path, 'model.py'), 'def predict(texts): return []');
    const refused = engineOf().find({ ...settings, source }, []);
    await expect(refused).rejects.toThrow('No Python is expected here.');
  });

  it('rejects what is under way when it is closed', async () => {
    const engine = engineOf();
    const finding = engine.find(settings, []);
    await Promise.all([engine.close(), expect(finding).rejects.toThrow()]);
    await expect(engine.probabilities(0)).rejects.toThrow('The review was closed.');
  });

  /** The engine itself, whose process ends at one sort of call. */
  function crashingAt(method: string): string {
    return fakeWorker(
      'crashing.cjs',
      `parentPort.on('message', ({ call }) => { if (call?.method === ${JSON.stringify(method)}) process.exit(7); });
      require(${JSON.stringify(worker)});`,
    );
  }
});
