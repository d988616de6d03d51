import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, rm, utimes } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Component } from '../../../../../extension/core/demo/components';
import { fileData, filesIn } from '../../../../../extension/core/demo/fileData';
import { FunctionError } from '../../../../../extension/core/demo/runners/functionError';
import { ExpectedError } from '../../../../../extension/core/errors';
import { workerBundle } from './workerBundle';
import { json, number, textbox, workbenches, type Workbench } from './workbench';

const worker = workerBundle('javascriptWorker');
const open = workbenches(() => worker);

/** A runner for the export `f` of a module. */
async function runnerOf(
  bench: Workbench,
  text: string,
  { file = 'model.mjs', name = 'f', inputs = [textbox], outputs = [textbox] }: Partial<Given> = {},
) {
  return bench.runner({ type: 'javascript', file: await bench.write(file, text), name }, inputs, outputs);
}

interface Given {
  readonly file: string;
  readonly name: string;
  readonly inputs: readonly Component[];
  readonly outputs: readonly Component[];
}

async function failureOf(running: Promise<unknown>): Promise<ExpectedError> {
  const error = await running.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof ExpectedError) return error;
  throw new Error('The run did not fail as expected.', { cause: error });
}

/** Writes a file that is certainly newer than before. */
async function rewrite(bench: Workbench, name: string, text: string): Promise<void> {
  const path = await bench.write(name, text);
  const later = new Date(Date.now() + 10_000);
  await utimes(path, later, later);
}

describe('a JavaScript function', () => {
  it('counts words as the example does', async () => {
    const bench = await open();
    const fn = { type: 'javascript', file: resolve('examples/word_count.mjs'), name: 'wordCount' } as const;
    const runner = bench.runner(fn, [textbox, { kind: 'checkbox' }], [number, number, json]);
    expect(await runner.run(['The cat. The dog.', true])).toEqual([4, 3, { the: 2, cat: 1, dog: 1 }]);
    const { parameters } = await runner.describe();
    expect(parameters.map(({ name }) => name)).toEqual(['text', 'ignoreCase']);
  });

  it.each([
    ['model.mjs', 'f', 'export const f = (x) => `<${x}>`;'],
    ['model.mjs', 'default', 'export default (x) => `<${x}>`;'],
    ['model.js', 'f', 'export function f(x) { return `<${x}>`; }'],
    ['model.js', 'f', 'exports.f = (x) => `<${x}>`;'],
    ['model.cjs', 'f', 'const f = (x) => `<${x}>`; module.exports = Object.fromEntries([["f", f]]);'],
    ['model.cjs', 'default', 'module.exports = (x) => `<${x}>`;'],
    ['model.mjs', 'f', 'export async function f(x) { return `<${x}>`; }'],
    ['model.mjs', 'tool.wrap', 'export const tool = { left: "<", wrap(x) { return `${this.left}${x}>`; } };'],
    ['ä b#c?.mjs', 'f', 'export const f = (x) => `<${x}>`;'],
  ])('%s, export %s: %s', async (file, name, text) => {
    const runner = await runnerOf(await open(), text, { file, name });
    expect(await runner.run(['a'])).toEqual(['<a>']);
  });

  it('may be TypeScript with an enum, types and imports of other TypeScript', async () => {
    const bench = await open();
    await bench.write(
      'shout.ts',
      'export interface Loud { text: string }\nexport const shout = (l: Loud) => l.text + "!";',
    );
    await bench.write('other.ts', 'export type Only = number;\nexport const twice = <T,>(x: T): T[] => [x, x];');
    const runner = await runnerOf(
      bench,
      `import { shout, type Loud } from './shout';
       import { twice } from './other.js';
       import { basename } from 'node:path';
       enum Level { Low = 'low', High = 'high' }
       export function f(text: string, level?: Level): string {
         const loud: Loud = { text: basename(text) };
         return twice(shout(loud)).join(' ') + ' ' + (level ?? Level.High);
       }`,
      { file: 'model.ts' },
    );
    expect(await runner.run(['a/b'])).toEqual(['b! b! high']);
  });

  it('is loaded once, and anew after it or a file that it imports changed', async () => {
    const bench = await open();
    await bench.write('word.mjs', 'export const word = "one";');
    await bench.write('old.cjs', 'exports.word = "uno";');
    const text = (mark: string) =>
      `import { word } from './word.mjs'; import old from './old.cjs'; let calls = 0; export const f = () => [word, old.word, '${mark}', ++calls].join(' ');`;
    const runner = await runnerOf(bench, text('a'));
    expect(await runner.run([''])).toEqual(['one uno a 1']);
    expect(await runner.run([''])).toEqual(['one uno a 2']);
    await rewrite(bench, 'word.mjs', 'export const word = "two";');
    expect(await runner.run([''])).toEqual(['two uno a 1']);
    await rewrite(bench, 'old.cjs', 'exports.word = "due";');
    expect(await runner.run([''])).toEqual(['two due a 1']);
    await rewrite(bench, 'model.mjs', 'export const f = (');
    expect((await failureOf(runner.run(['']))).what).toContain('model.mjs could not be loaded: SyntaxError');
    await rewrite(bench, 'model.mjs', text('b'));
    expect(await runner.run([''])).toEqual(['two due b 1']);
  });

  it('prints without disturbing its answers', async () => {
    const bench = await open();
    const text =
      'console.log("loading"); export const f = (x) => { console.log(\'{"id":1,"event":"done","result":["no"]}\'); console.error("oh"); return x; };';
    const runner = await runnerOf(bench, text);
    expect(await runner.run(['yes'])).toEqual(['yes']);
    await runner.dispose();
    expect(bench.lines.join('\n')).toMatch(/loading[^]*"no"[^]*/);
    expect(bench.lines.join('\n')).toContain('oh');
  });

  it('gives back what JSON cannot say', async () => {
    const runner = await runnerOf(await open(), 'export const f = (x) => [NaN, new Map([[1, [-Infinity, x]]])];', {
      inputs: [number],
      outputs: [number, json],
    });
    expect(await runner.run([Infinity])).toEqual([NaN, { 1: [-Infinity, Infinity] }]);
  });
});

describe('a generator', () => {
  it.each(['', 'async '])('%s streams what it yields', async (async) => {
    const runner = await runnerOf(await open(), `export ${async}function* f(x) { for (const c of x) yield c; }`);
    const partials: unknown[] = [];
    const outputs = await runner.run(['abc'], { onPartial: (partial) => partials.push(partial) });
    expect(partials).toEqual([['a'], ['b'], ['c']]);
    expect(outputs).toEqual(['c']);
  });

  it('that never ends is stopped with its finally block, and the module stays loaded', async () => {
    const text =
      'let ends = 0; export function* f(x) { if (x) { yield `${ends}`; return; } try { for (;;) yield "more"; } finally { ends++; } }';
    const runner = await runnerOf(await open(), text);
    const stop = new AbortController();
    const stopped = runner.run([''], { signal: stop.signal, onPartial: () => stop.abort() });
    expect((await failureOf(stopped)).what).toBe('The run was stopped.');
    expect(await runner.run(['ends'])).toEqual(['1']);
  });
});

describe('outputs', () => {
  it('become payloads of their kinds', async () => {
    const text = `export const f = () => [
      { cat: 0.2, dog: 0.8 }, [['a', 'X'], ['b', null]], [{ n: 1 }, { n: 2 }], true, 'x' ];`;
    const outputs = (['label', 'highlightedtext', 'dataframe', 'checkbox', 'label'] as const).map((kind) => ({ kind }));
    const runner = await runnerOf(await open(), text, { inputs: [], outputs });
    expect(await runner.run([])).toEqual([
      {
        label: 'dog',
        confidences: [
          { label: 'dog', confidence: 0.8 },
          { label: 'cat', confidence: 0.2 },
        ],
      },
      [
        { token: 'a', class_or_confidence: 'X' },
        { token: 'b', class_or_confidence: null },
      ],
      { headers: ['n'], data: [[1], [2]], metadata: null },
      true,
      { label: 'x', confidences: null },
    ]);
  });

  it('that are bytes, paths or data addresses become files in the media folder', async () => {
    const bench = await open();
    const input = await bench.write('in.txt', 'hello');
    const text = `import { readFileSync } from 'node:fs';
      const png = Buffer.from('89504e470d0a1a0a', 'hex');
      export const f = (path) => [png, 'data:text/plain;base64,aGk=', path, readFileSync(path, 'utf8')];`;
    const file = { kind: 'file' } as const;
    const runner = await runnerOf(bench, text, { inputs: [file], outputs: [{ kind: 'image' }, file, file, textbox] });
    const [image, data, path, content] = await runner.run([fileData(input)]);
    const saved = filesIn([image, data, path]).map((each) => each.path);
    const contents = await Promise.all(saved.map((each) => readFile(each, 'latin1')));
    expect(contents).toEqual(['\x89PNG\r\n\x1a\n', 'hi', 'hello']);
    expect(image).toMatchObject({ mime_type: 'image/png', size: 8 });
    for (const each of saved) expect(each.startsWith(join(bench.folder, 'media'))).toBe(true);
    expect(content).toBe('hello');
  });

  it.each([
    ['[1]', [number, number], 'f returned 1 value for 2 outputs.'],
    ['"x"', [{ ...number, label: 'sum' }], 'Output sum: the function returned a string'],
    ['() => 1', [{ ...json, label: 'out' }], 'Output out: the function returned a function'],
    ['Symbol("x")', [textbox], 'Output 1: the function returned a symbol'],
    ['(() => { const a = {}; a.a = a; return a; })()', [json], 'Output 1: the value contains itself.'],
    ['Buffer.from("x")', [json], 'Output 1: the function returned bytes'],
    ['"/no/such.png"', [{ kind: 'image' }], 'Output 1: the function returned the path "/no/such.png", but there is no'],
  ] as const)('%s is refused by name', async (value, outputs, what) => {
    const runner = await runnerOf(await open(), `export const f = () => (${value});`, { inputs: [], outputs });
    const error = await failureOf(runner.run([]));
    expect(error).toBeInstanceOf(FunctionError);
    expect(error.what).toContain(what);
  });
});

describe('a failing function', () => {
  it('tells what it threw, where in its own files, and why', async () => {
    const text =
      'const inner = () => { throw new TypeError("no cats"); };\nexport function f() {\n  try { inner(); } catch (cause) { throw new RangeError("bad", { cause }); }\n}';
    const error = await failureOf((await runnerOf(await open(), text)).run(['']));
    expect(error).toBeInstanceOf(FunctionError);
    expect(error.what).toBe('f threw RangeError: bad.');
    expect(error.details).toMatch(/model\.mjs:3:\d+/);
    expect(error.details).toContain('Caused by TypeError: no cats');
    expect(error.details).not.toMatch(/javascriptWorker|node:|flag-review=/);
  });

  it.each([
    ['no export', 'export const g = 1;', 'model.mjs has no export named f.', 'It exports g.'],
    ['no function', 'export const f = 1;', 'f is no function but a value of type number.', ''],
    ['no package', "import 'no-such-package'; export const f = 1;", 'no-such-package', 'npm install no-such-package'],
    ['text thrown', 'export const f = () => { throw "text"; };', "f threw 'text'.", ''],
  ])('%s', async (_, text, what, next) => {
    const error = await failureOf((await runnerOf(await open(), text)).run(['']));
    expect(error.what).toContain(what);
    expect(error.next).toContain(next);
  });

  it.each([
    ['model.mjs', 'export const f = (x) => x;\n}\n', 'line 2'],
    ['model.cjs', 'exports.f = (x) => x;\n\n}\n', 'line 3'],
    ['model.ts', 'export const f = (x: string) => x;\n)\n', 'line 2'],
  ])('whose file %s is no JavaScript is told its line', async (file, text, line) => {
    const error = await failureOf((await runnerOf(await open(), text, { file })).run(['']));
    expect(error.what).toMatch(new RegExp(`^${file} could not be loaded: SyntaxError: .*\\(${file}, ${line}\\)\\.$`));
  });

  it('whose file is missing is told by its path', async () => {
    const bench = await open();
    const runner = await runnerOf(bench, 'export const f = (x) => x;');
    await runner.run(['']);
    await rm(join(bench.folder, 'model.mjs'));
    expect((await failureOf(runner.run(['']))).what).toBe(`There is no file ${join(bench.folder, 'model.mjs')}.`);
  });

  it('that ends its process is started again by the next call', async () => {
    const text = 'export const f = (x) => { if (x === "die") process.exit(7); return x; };';
    const runner = await runnerOf(await open(), text);
    const error = await failureOf(runner.run(['die']));
    expect(error).toBeInstanceOf(FunctionError);
    expect(error.what).toContain('exit code 7');
    expect(await runner.run(['live'])).toEqual(['live']);
  });

  it('by printing 200 MB leaves the log and the memory of both processes small', async () => {
    const bench = await open();
    const text =
      'const line = "x".repeat(99_999);\nexport const f = () => { for (let i = 0; i < 2_000; i++) console.log(line); return process.resourceUsage().maxRSS; };';
    const runner = await runnerOf(bench, text, { inputs: [], outputs: [number] });
    const before = process.memoryUsage.rss();
    const [kilobytes] = await runner.run([]);
    expect(kilobytes).toBeLessThan(200_000);
    expect(process.memoryUsage.rss() - before).toBeLessThan(100e6);
    await runner.dispose();
    expect(bench.lines.join('').length).toBeLessThan(2 * 1024 * 1024);
    expect(bench.lines.at(0)).toMatch(/^model\.mjs: x+/);
    expect(bench.lines.at(-1)).toMatch(/further output were left out/);
  });

  it('that prints much and ends its process is told with its last words', async () => {
    const text =
      'export const f = () => { console.error("x".repeat(300_000)); console.error("last words"); process.exit(1); };';
    const error = await failureOf((await runnerOf(await open(), text, { inputs: [] })).run([]));
    expect(error.details).toContain('last words');
  });

  it('that never ends is stopped, and the next call works', async () => {
    const text = 'export const f = (x) => { console.log(x); while (x === "loop"); return x; };';
    const bench = await open();
    const runner = await runnerOf(bench, text);
    const stop = new AbortController();
    const stopped = runner.run(['loop'], { signal: stop.signal });
    await expect.poll(() => bench.lines).toContain('model.mjs: loop');
    stop.abort();
    expect((await failureOf(stopped)).what).toBe('The run was stopped.');
    expect(await runner.run(['again'])).toEqual(['again']);
  });
});

describe('a worker', () => {
  it('whose host was killed ends, even in an endless loop', async () => {
    const bench = await open();
    const file = await bench.write('loop.mjs', 'export const f = () => { console.log(process.pid); for (;;); };');
    const request = { id: 1, op: 'run', file, name: 'f', inputs: [], inputComponents: [], outputComponents: [] };
    const host = await bench.write(
      'host.mjs',
      `import { spawn } from 'node:child_process';
       const child = spawn(process.execPath, [${JSON.stringify(worker)}], { detached: true, stdio: ['ignore', 'inherit', 'inherit', 'pipe'] });
       child.stdio[3].write(${JSON.stringify(`${JSON.stringify({ ...request, mediaDir: bench.folder })}\n`)});`,
    );
    const child = spawn(process.execPath, [host], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [printed] = (await once(child.stdout, 'data')) as [Buffer];
    child.kill('SIGKILL');
    const isAlive = (): boolean => {
      try {
        return process.kill(Number(printed.toString()), 0);
      } catch {
        return false;
      }
    };
    await expect.poll(isAlive).toBe(false);
  });
});

describe('inputs', () => {
  it('are what Gradio would give', async () => {
    const inputs: readonly Component[] = [
      {
        kind: 'radio',
        choices: [
          ['A', 'a'],
          ['B', 'b'],
        ],
        type: 'index',
      },
      { kind: 'file', type: 'binary' },
      { kind: 'dataframe', type: 'array' },
      { kind: 'datetime', type: 'datetime' },
      { kind: 'number', precision: 0 },
    ];
    const bench = await open();
    const path = await bench.write('x.bin', 'xyz');
    const text = 'export const f = (i, b, rows, date, n) => [[i, b.toString(), rows, date.getFullYear(), n]];';
    const runner = await runnerOf(bench, text, { inputs, outputs: [json] });
    const table = { headers: ['a'], data: [[1]], metadata: null };
    expect(await runner.run(['b', fileData(path), table, '2024-12-31', 2.5])).toEqual([[[1, 'xyz', [[1]], 2024, 2]]]);
    expect((await failureOf(runner.run(['c', null, null, null, null]))).what).toBe(
      'Input 1: "c" is none of the choices.',
    );
  });
});
