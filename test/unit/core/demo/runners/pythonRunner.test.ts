import { truncate, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fileData } from '../../../../../extension/core/demo/fileData';
import { FunctionError } from '../../../../../extension/core/demo/runners/functionError';
import { ExpectedError } from '../../../../../extension/core/errors';
import { json, number, textbox, workbenches } from './workbench';

const bench = workbenches();

const calculator = `
def f(num1, operation, num2):
    if operation == "add":
        return num1 + num2
    if operation == "subtract":
        return num1 - num2
    if operation == "multiply":
        return num1 * num2
    return num1 / num2
`;

async function failureOf(running: Promise<unknown>): Promise<ExpectedError> {
  const error = await running.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof ExpectedError) return error;
  throw new Error('The run did not fail as expected.', { cause: error });
}

describe('a Python function', () => {
  it('computes, and keeps what it loaded between calls', async () => {
    const { python } = await benchOf();
    const runner = await python(`${calculator}\nprint("loading")\n`, [number, textbox, number], [number]);
    expect(await runner.run([5, 'add', 3])).toEqual([8]);
    expect(await runner.run([4, 'divide', 2])).toEqual([2]);
    expect(await runner.run([-4, 'multiply', 2.5])).toEqual([-10]);
  });

  it('answers calls one after the other', async () => {
    const { python } = await benchOf();
    const runner = await python(
      'import time\ncalls = []\ndef f(n):\n    calls.append(n)\n    time.sleep(0.02)\n    return str(calls)\n',
      [number],
      [textbox],
    );
    const answers = await Promise.all([runner.run([1]), runner.run([2]), runner.run([3])]);
    expect(answers).toEqual([['[1]'], ['[1, 2]'], ['[1, 2, 3]']]);
  });

  it.each([
    ['a generator', 'def f(word):\n    for end in range(1, len(word) + 1):\n        yield word[:end]\n'],
    [
      'an asynchronous generator',
      'import asyncio\nasync def f(word):\n    for end in range(1, len(word) + 1):\n        await asyncio.sleep(0)\n        yield word[:end]\n',
    ],
  ])('that is %s shows each step', async (_, text) => {
    const { python } = await benchOf();
    const runner = await python(text, [textbox], [textbox]);
    const steps: unknown[] = [];
    expect(await runner.run(['abc'], { onPartial: (outputs) => steps.push(outputs) })).toEqual(['abc']);
    expect(steps).toEqual([['a'], ['ab'], ['abc']]);
  });

  it('may be asynchronous, callable or a method', async () => {
    const { folder, python, runner } = await benchOf();
    expect(await (await python('async def f(a):\n    return a + 1\n', [number], [number])).run([1])).toEqual([2]);
    expect(
      await (
        await python(
          'class Model:\n    def __call__(self, a):\n        return a * 2\nf = Model()\n',
          [number],
          [number],
        )
      ).run([4]),
    ).toEqual([8]);
    const method = runner({ type: 'python', file: join(folder, 'model.py'), name: 'f.__call__' }, [number], [number]);
    expect(await method.run([5])).toEqual([10]);
  });

  it('carries NaN and the infinities both ways', async () => {
    const { python } = await benchOf();
    const runner = await python('def f(a):\n    return [a, float("inf"), -float("inf")]\n', [json], [json]);
    expect(await runner.run([{ x: NaN }])).toEqual([[{ x: NaN }, Infinity, -Infinity]]);
  });

  it('is given an image of 100 MB by its path', async () => {
    const { python, write } = await benchOf();
    const path = await write('large.png', '');
    await truncate(path, 100e6);
    const source = 'import os\ndef f(path):\n    return os.path.getsize(path)\n';
    const runner = await python(source, [{ kind: 'image', type: 'filepath' }], [number]);
    expect(await runner.run([fileData(path)])).toEqual([100e6]);
  });

  it('gives annotated parameters what they say', async () => {
    const { folder, python } = await benchOf();
    const text =
      'from enum import Enum\nfrom pathlib import Path\nclass Case(Enum):\n    LOW = "low"\ndef f(case: Case, path: Path, n: int):\n    return f"{case is Case.LOW} {path.name} {n!r}"\n';
    const runner = await python(text, [textbox, textbox, number], [textbox]);
    expect(await runner.run(['low', join(folder, 'a.txt'), 3])).toEqual(['True a.txt 3']);
  });

  it('is loaded anew after a change of its module, or of one that it imports', async () => {
    const { folder, python, write } = await benchOf();
    await write('part.py', 'value = 1\n');
    const runner = await python('import part\ndef f():\n    return part.value\n', [], [number]);
    expect(await runner.run([])).toEqual([1]);
    await write('part.py', 'value = 2\n');
    await utimes(join(folder, 'part.py'), new Date(), new Date(Date.now() + 2_000));
    expect(await runner.run([])).toEqual([2]);
    await write('model.py', 'import part\ndef f():\n    return part.value + 10\n');
    expect(await runner.run([])).toEqual([12]);
  });

  it('tells its signature', async () => {
    const { python } = await benchOf();
    const text =
      'from typing import Literal, Optional\ndef f(text: str, to: Literal["F", "K"] = "F", n: Optional[int] = None) -> dict[str, float]:\n    """Says something."""\n';
    expect(await (await python(text, [], [])).describe()).toEqual({
      name: 'f',
      doc: 'Says something.',
      parameters: [
        { name: 'text', type: { type: 'str' } },
        { name: 'to', type: { type: 'literal', values: ['F', 'K'] }, default: 'F' },
        { name: 'n', type: { type: 'optional', item: { type: 'int' } }, default: null },
      ],
      returns: { type: 'confidences' },
    });
  });

  it('tells what it is doing', async () => {
    const { python } = await benchOf();
    const status: string[] = [];
    const runner = await python('def f():\n    return 1\n', [], [number]);
    await runner.run([], { onStatus: (text) => status.push(text) });
    expect(status).toEqual([expect.stringMatching(/^Starting Python 3\.\d+…$/), 'Loading model.py…', '']);
  });
});

describe('a Python function that fails', () => {
  it('is told with its own part of the traceback', async () => {
    const { python } = await benchOf();
    const runner = await python(calculator, [number, textbox, number], [number]);
    const failure = await failureOf(runner.run([0, 'divide', 0]));
    expect(failure).toBeInstanceOf(FunctionError);
    expect(failure.message).toBe('f raised ZeroDivisionError: division by zero');
    expect(failure.details).toContain('return num1 / num2');
    expect(failure.details).not.toContain('flag_review_worker');
    expect(await runner.run([1, 'add', 1])).toEqual([2]);
  });

  it.each([
    ['too few values', 'def f():\n    return 1, 2\n', [number, number, number], /f returned 2 values for 3 outputs/],
    ['one value for two outputs', 'def f():\n    return 1\n', [number, number], /for 2 outputs/],
    ['bytes for text', 'def f():\n    return b"abc"\n', [textbox], /returned bytes/],
    ['text for a number', 'def f():\n    return "x"\n', [number], /shows a number/],
    ['what JSON cannot hold', 'def f():\n    return [object()]\n', [json], /object cannot be written as JSON/],
    ['nothing from a generator', 'def f():\n    yield from ()\n', [number], /yielded nothing/],
    ['a file that does not exist', 'def f():\n    return "none.png"\n', [{ kind: 'image' }], /no file .*none\.png/],
  ] as const)('with %s is told so', async (_, text, outputs, message) => {
    const { python } = await benchOf();
    const failure = await failureOf((await python(text, [], outputs)).run([]));
    expect(failure.message).toMatch(message);
    expect(failure).toBeInstanceOf(FunctionError);
  });

  it.each([
    ['sys.exit(3)', /f raised SystemExit \(3\)/],
    ['os._exit(3)', /The function ended its process \(exit code 3\)/],
    ['os.kill(os.getpid(), 11)', /The function ended its process \(SIGSEGV\)/],
  ])('by %s does not hinder the next call', async (exit, message) => {
    const { python } = await benchOf();
    const text = `import os, sys\ndef f(n):\n    if n < 0:\n        print("last words", file=sys.stderr)\n        ${exit}\n    return n\n`;
    const runner = await python(text, [number], [number]);
    const failure = await failureOf(runner.run([-1]));
    expect(failure.message).toMatch(message);
    expect(failure).toBeInstanceOf(FunctionError);
    if (!exit.startsWith('sys')) expect(failure.details).toContain('last words');
    expect(await runner.run([7])).toEqual([7]);
  });

  it.each([
    ['that can be interrupted', 'while True:\n            pass'],
    [
      'that swallows the interruption',
      'while True:\n            try:\n                while True:\n                    pass\n            except BaseException:\n                pass',
    ],
  ])('in an endless loop %s can be stopped', async (_, loop) => {
    const { python } = await benchOf();
    const runner = await python(`def f(n):\n    yield n\n    if n < 0:\n        ${loop}\n`, [number], [number]);
    const stop = new AbortController();
    const failure = await failureOf(runner.run([-1], { signal: stop.signal, onPartial: () => stop.abort() }));
    expect(failure.message).toBe('The run was stopped.');
    expect(failure).not.toBeInstanceOf(FunctionError);
    expect(await runner.run([7])).toEqual([7]);
  });

  it('by printing 200 MB leaves the log and the memory small', async () => {
    const { lines, python } = await benchOf();
    const text =
      'def f():\n    line = "x" * 99_999\n    for _ in range(2_000):\n        print(line)\n    return "done"\n';
    const runner = await python(text, [], [textbox]);
    const before = process.memoryUsage.rss();
    expect(await runner.run([])).toEqual(['done']);
    expect(process.memoryUsage.rss() - before).toBeLessThan(100e6);
    expect(lines.join('').length).toBeLessThan(2 * 1024 * 1024);
    await runner.dispose();
    expect(lines.at(0)).toMatch(/^model\.py: x+/);
  });

  it('cannot write on the wire', async () => {
    const { python } = await benchOf();
    const text =
      'import os\ndef f():\n    os.write(1, b\'{"id":1,"event":"done","result":["forged"]}\\n\')\n    return "true"\n';
    expect(await (await python(text, [], [textbox])).run([])).toEqual(['true']);
  });
});

describe('a set-up that is wrong', () => {
  it.each([
    ['a missing function', 'def g():\n    pass\n', /model\.py has no function f\. It has: g\./],
    ['a value in place of a function', 'f = 3\n', /f in model\.py is no function but an int/],
    ['a syntax error', 'def f(:\n', /model\.py could not be loaded: SyntaxError: .*line 1/],
    ['a missing package', 'import no_such_package_1\n', /No module named .* -m pip install no_such_package_1/],
    ['an exception while loading', 'raise RuntimeError("no model")\n', /could not be loaded: RuntimeError: no model/],
    ['other parameters than inputs', 'def f(a, b):\n    pass\n', /f\(a, b\) cannot be called with 0 inputs/],
  ])('as %s is told so, and is not blamed on the function', async (_, text, message) => {
    const { python } = await benchOf();
    const failure = await failureOf((await python(text, [], [number])).run([]));
    expect(failure.message).toMatch(message);
    expect(failure).not.toBeInstanceOf(FunctionError);
  });

  it('as a missing file is told so', async () => {
    const { folder, runner } = await benchOf();
    const missing = runner({ type: 'python', file: join(folder, 'none.py'), name: 'f' }, [], []);
    expect((await failureOf(missing.run([]))).message).toMatch(/There is no file .*none\.py/);
  });

  it('recovers once it is mended', async () => {
    const { python, write } = await benchOf();
    const runner = await python('def f(:\n', [], [number]);
    await failureOf(runner.run([]));
    await write('model.py', 'def f():\n    return 1\n');
    expect(await runner.run([])).toEqual([1]);
  });
});

describe('disposing', () => {
  it('ends the process, what it started, and the call under way', async () => {
    const { python } = await benchOf();
    const text =
      'import os, subprocess, sys, time\ndef f():\n    child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])\n    yield f"{os.getpid()} {child.pid}"\n    time.sleep(600)\n';
    const runner = await python(text, [], [textbox]);
    let pids: number[] = [];
    const started = new Promise<void>((resolve) => {
      const onPartial = ([text]: readonly unknown[]): void => {
        pids = String(text).split(' ').map(Number);
        resolve();
      };
      void failureOf(runner.run([], { onPartial }));
    });
    await started;
    expect(pids).toHaveLength(2);
    await runner.dispose();
    await expect.poll(() => pids.filter(isAlive), { timeout: 10_000 }).toEqual([]);
    expect((await failureOf(runner.run([]))).message).toBe('The demo was closed.');
  });
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function benchOf() {
  const opened = await bench();
  return {
    folder: opened.folder,
    lines: opened.lines,
    python: opened.python.bind(opened),
    runner: opened.runner.bind(opened),
    write: opened.write.bind(opened),
  };
}
