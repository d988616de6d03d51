import { access, appendFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { modelPredProbs, type Model } from '../../../../../extension/core/dataset/predProbs/modelPredProbs';
import { FunctionError } from '../../../../../extension/core/demo/runners/functionError';
import { rowsOf } from '../../../../../extension/core/labels/matrix';
import { workerBundle } from '../../demo/runners/workerBundle';
import { modelBenches, type ModelBench } from './modelBench';

const bench = modelBenches(workerBundle('javascriptWorker'));
const texts = Array.from({ length: 10 }, (_, index) => String(index));
/** What the models below say of a text: the tenth of its number, and the rest. */
const expected = texts.map((text) => [Number(text) / 10, 1 - Number(text) / 10]);

async function modelOf(source: string, file = 'model.py'): Promise<ModelBench & { readonly model: Model }> {
  const made = await bench();
  await made.write(file, source);
  return { ...made, model: { fn: `${file}:f`, baseDir: made.folder, texts, batchSize: 4 } };
}

/** Stand-ins with the one method of each package's arrays that a worker may call. */
const packages = {
  numpy: 'class ndarray:\n    def __init__(self, rows): self.rows = rows\n    def tolist(self): return self.rows\n',
  torch:
    'class Tensor:\n    def __init__(self, rows): self.rows = rows\n    def detach(self): return self\n    def cpu(self): return self\n    def tolist(self): return self.rows\n',
  pandas:
    'class DataFrame:\n    def __init__(self, rows): self.rows = rows\n    def to_dict(self, orient): return [dict(zip("ab", row)) for row in self.rows]\n',
};
const rowsInPython = '[[int(t) / 10, 1 - int(t) / 10] for t in texts]';

describe("the person's own model", () => {
  it.each([
    ['lists', `def f(texts):\n    return ${rowsInPython}\n`, null],
    ['an iterator', `def f(texts):\n    yield from ${rowsInPython}\n`, null],
    ['a coroutine', `async def f(texts):\n    return ${rowsInPython}\n`, null],
    ['an array', `import numpy\ndef f(texts):\n    return numpy.ndarray(${rowsInPython})\n`, null],
    ['a tensor', `import torch\ndef f(texts):\n    return torch.Tensor(${rowsInPython})\n`, null],
    ['a data frame', `import pandas\ndef f(texts):\n    return pandas.DataFrame(${rowsInPython})\n`, ['a', 'b']],
    [
      'dicts in any order',
      'def f(texts):\n    return [dict(sorted({"a": int(t) / 10, "b": 1 - int(t) / 10}.items(), reverse=int(t) % 2)) for t in texts]\n',
      ['a', 'b'],
    ],
    [
      'a pipeline, best label first',
      'def f(texts):\n    both = [[("b", 1 - int(t) / 10), ("a", int(t) / 10)] for t in texts]\n    return [[{"label": l, "score": s} for l, s in sorted(two, key=lambda p: -p[1])] for two in both]\n',
      ['a', 'b'],
    ],
  ])('may return %s', async (_, source, names) => {
    const { model, services, write } = await modelOf(source);
    for (const [name, text] of Object.entries(packages)) await write(`${name}.py`, text);
    const { predProbs, classes, warnings } = await modelPredProbs(model, services);
    expect(rowsOf(predProbs)).toEqual(expected);
    expect([classes, warnings]).toEqual([names, []]);
  });

  it.each([
    ['arrays', 'texts.map((t) => [t / 10, 1 - t / 10])', null],
    ['typed arrays', 'texts.map((t) => Float64Array.of(t / 10, 1 - t / 10))', null],
    ['a tensor', '({ dims: [], tolist: () => texts.map((t) => [t / 10, 1 - t / 10]) })', null],
    ['objects', 'Promise.all(texts.map(async (t) => ({ a: t / 10, b: 1 - t / 10 })))', ['a', 'b']],
  ])('may be JavaScript and return %s', async (_, value, names) => {
    const { model, services } = await modelOf(`export const f = (texts) => ${value};\n`, 'model.mjs');
    const { predProbs, classes } = await modelPredProbs(model, services);
    expect(rowsOf(predProbs)).toEqual(expected);
    expect(classes).toEqual(names);
  });

  it('is loaded once, asked batch by batch, and told of', async () => {
    const source = `import os\ndef f(texts):\n    open("calls", "a").write(f"{os.getpid()} {len(texts)};")\n    return ${rowsInPython}\n`;
    const { folder, model, services } = await modelOf(source);
    const [done, said]: [number[], string[]] = [[], []];
    async function* streamed() {
      for (const text of texts) yield await Promise.resolve(text);
    }
    const read = await modelPredProbs({ ...model, texts: streamed() }, services, {
      classes: ['x', 'y'],
      rows: 10,
      onProgress: (rows) => done.push(rows),
      onStatus: (status) => said.push(status),
    });
    expect([read.classes, done]).toEqual([
      ['x', 'y'],
      [4, 8, 10],
    ]);
    expect(said).toEqual([expect.stringMatching(/^Starting Python/), 'Loading model.py…', '']);
    expect(await readFile(join(folder, 'calls'), 'utf8')).toMatch(/^(\d+) 4;\1 4;\1 2;$/);
  });

  it.each([
    ['too few rows', 'return [[0, 1]]', 'model.py:f returned a list of 1 for 4 texts, for rows 0 to 3.'],
    ['one number for each', 'return [0.5 for t in texts]', 'Row 0 of model.py:f is 0.5, not probabilities.'],
    ['a dict for all', 'return {"a": 1}', 'model.py:f returned no list for rows 0 to 3.'],
    [
      'NaN',
      'return [[float("nan"), 1] if t == "5" else [0, 1] for t in texts]',
      'Row 5 of model.py:f has NaN for class 0.',
    ],
    [
      'raw scores',
      'return [[-3.5, 2] for t in texts]',
      'has -3.5 for class 0. Return probabilities: of raw scores, their softmax.',
    ],
    ['the best label alone', 'return [{"label": "a", "score": 1} for t in texts]', 'top_k=None'],
    [
      'other labels at times',
      'return [{"a": 1, "b" if int(t) < 6 else "c": 0} for t in texts]',
      'Row 6 of model.py:f has no probability of b',
    ],
    ['an object', 'return [object() for t in texts]', 'a value of type object cannot be written as JSON'],
    ['an exception', 'return [[0, 1 / (5 - int(t))] for t in texts]', 'In rows 4 to 7: f raised ZeroDivisionError'],
    [
      'the end of its process',
      'import os; os._exit(3) if "9" in texts else None; return [[0, 1] for t in texts]',
      'In rows 8 to 9: The function ended its process (exit code 3).',
    ],
  ])('with %s fails, and says for which rows', async (_, body, message) => {
    const { model, services } = await modelOf(`def f(texts):\n    ${body}\n`);
    await expect(modelPredProbs(model, services)).rejects.toThrow(message);
  });

  it.each([
    ['no.py:f', /There is no file .*no\.py/],
    ['https://example.org/', /not asked for probabilities/],
    ['model.txt', /names no file/],
  ])('cannot be %s', async (fn, message) => {
    const { model, services } = await modelOf('');
    await expect(modelPredProbs({ ...model, fn }, services)).rejects.toThrow(message);
  });
});

describe('a run of a model with a spool', () => {
  const counting = `def f(texts):\n    open("calls", "a").write(" ".join(texts) + ";")\n    return ${rowsInPython}\n`;

  async function stopped(source = counting) {
    const made = await modelOf(source);
    const model = { ...made.model, spool: { path: join(made.folder, 'spool', 'model.jsonl'), data: 'one' } };
    const stop = new AbortController();
    const run = modelPredProbs(model, made.services, {
      signal: stop.signal,
      onProgress: (rows) => (rows === 8 ? stop.abort() : undefined),
    });
    await expect(run).rejects.toThrow('The run was stopped.');
    const calls = (): Promise<string> => readFile(join(made.folder, 'calls'), 'utf8');
    expect(await calls()).toBe('0 1 2 3;4 5 6 7;');
    return { ...made, model, calls };
  }

  it('goes on where it was stopped, and leaves nothing behind', async () => {
    const { model, services, calls } = await stopped();
    await appendFile(model.spool.path, '{"from":8,"classes":null,"rows":[[0.'); // torn when the process ended
    const done: number[] = [];
    const { predProbs, warnings } = await modelPredProbs(model, services, { onProgress: (rows) => done.push(rows) });
    expect(rowsOf(predProbs)).toEqual(expected);
    expect(await calls()).toBe('0 1 2 3;4 5 6 7;8 9;');
    expect(done).toEqual([8, 10]);
    expect(warnings).toEqual(['The first 8 rows are those of a run that was stopped before.']);
    await expect(access(model.spool.path)).rejects.toThrow('ENOENT');
  });

  it('goes on after the function failed', async () => {
    const source = `import os\n${counting}`.replace(
      '    return',
      '    assert "9" not in texts or os.path.exists("ready")\n    return',
    );
    const { model, services, write, calls } = await stopped(source);
    await expect(modelPredProbs(model, services)).rejects.toThrow(FunctionError);
    await write('ready', '');
    expect(rowsOf((await modelPredProbs(model, services)).predProbs)).toEqual(expected);
    expect(await calls()).toBe('0 1 2 3;4 5 6 7;8 9;8 9;');
  });

  it.each([
    ['function changed', ({ write }: ModelBench) => write('model.py', `${counting}\n# changed`), 'one'],
    ['dataset changed', () => Promise.resolve(''), 'two'],
  ])('begins anew when the %s', async (_, change, data) => {
    const { model, calls, ...made } = await stopped();
    await change(made);
    const { predProbs, warnings } = await modelPredProbs({ ...model, spool: { ...model.spool, data } }, made.services);
    expect(rowsOf(predProbs)).toEqual(expected);
    expect(warnings).toEqual([]);
    expect(await calls()).toBe('0 1 2 3;4 5 6 7;0 1 2 3;4 5 6 7;8 9;');
  });

  it('can be stopped within a batch', async () => {
    const source = `import os, time\n${counting}`.replace(
      '    return',
      '    print("at work", flush=True)\n    while "9" in texts and not os.path.exists("ready"): time.sleep(0.01)\n    return',
    );
    const { model, services, write, folder } = await modelOf(source);
    const spooled = { ...model, spool: { path: join(folder, 'spool.jsonl'), data: 'one' } };
    const stop = new AbortController();
    let batches = 0;
    const log = { ...services.log, info: () => (++batches === 3 ? stop.abort() : undefined) };
    const run = modelPredProbs(spooled, { ...services, log }, { signal: stop.signal });
    await expect(run).rejects.toThrow('The run was stopped.');
    await write('ready', '');
    const { predProbs, warnings } = await modelPredProbs(spooled, services);
    expect(rowsOf(predProbs)).toEqual(expected);
    expect(warnings).toEqual(['The first 8 rows are those of a run that was stopped before.']);
  });

  it('mixes no two versions of a function', async () => {
    const { model, services, write } = await modelOf(counting);
    const change = async function* () {
      yield* texts.slice(0, 6);
      await write('model.py', `${counting}\n# changed`);
      yield* texts.slice(6);
    };
    await expect(modelPredProbs({ ...model, texts: change() }, services)).rejects.toThrow(/model\.py changed while/);
  });
});
