import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Component } from '../../../../../extension/core/demo/components';
import { fileData, isFileData } from '../../../../../extension/core/demo/fileData';
import { json, textbox, workbenches } from './workbench';

const bench = workbenches();

type Row<A, B> = readonly [from: A, component: Component, to: B];

/** What a Python function receives for payloads, as Python writes it. */
async function received(rows: readonly Row<unknown, unknown>[]): Promise<unknown> {
  const components = rows.map(([, component]) => component);
  const text = 'def f(*values):\n    return [repr(value) for value in values]\n';
  const runner = await (await bench()).python(text, components, [json]);
  return (await runner.run(rows.map(([payload]) => payload)))[0];
}

/** The payloads for what Python expressions give. */
async function returned(rows: readonly Row<string, unknown>[]): Promise<readonly unknown[]> {
  const text = `def f():\n    return [${rows.map(([expression]) => expression).join(', ')}]\n`;
  const components = rows.map(([, component]) => component);
  return (await (await bench()).python(text, [], components)).run([]);
}

describe('a payload', () => {
  const choices: readonly [string, string][] = [
    ['A', 'a'],
    ['B', 'b'],
  ];

  const given: readonly Row<unknown, string>[] = [
    ['é\n', { kind: 'textbox' }, "'é\\n'"],
    [null, { kind: 'textbox' }, 'None'],
    [2.5, { kind: 'number' }, '2.5'],
    [2.5, { kind: 'number', precision: 0 }, '2'],
    [2.345, { kind: 'number', precision: 2 }, '2.35'],
    [null, { kind: 'number' }, 'None'],
    [Infinity, { kind: 'number', precision: 0 }, 'inf'],
    [3, { kind: 'slider', minimum: 0, maximum: 5 }, '3'],
    [true, { kind: 'checkbox' }, 'True'],
    [['b'], { kind: 'checkboxgroup', choices }, "['b']"],
    [['b'], { kind: 'checkboxgroup', choices, type: 'index' }, '[1]'],
    ['b', { kind: 'radio', choices, type: 'index' }, '1'],
    [null, { kind: 'radio', choices, type: 'index' }, 'None'],
    ['c', { kind: 'dropdown', choices, allow_custom_value: true }, "'c'"],
    [['a', 'b'], { kind: 'dropdown', choices, multiselect: true }, "['a', 'b']"],
    [{ headers: ['x'], data: [[1], [2]], metadata: null }, { kind: 'dataframe', type: 'array' }, '[[1], [2]]'],
    ['2024-02-29 12:30:00', { kind: 'datetime', type: 'datetime' }, 'datetime.datetime(2024, 2, 29, 12, 30)'],
    ['2024-02-29', { kind: 'datetime', type: 'string', include_time: false }, "'2024-02-29'"],
    [
      [{ token: 'hi', class_or_confidence: 'X' }],
      { kind: 'highlightedtext' },
      "[{'token': 'hi', 'class_or_confidence': 'X'}]",
    ],
    [{ a: [null, 1e300] }, { kind: 'json' }, "{'a': [None, 1e+300]}"],
    [{ turns: 3 }, { kind: 'state' }, "{'turns': 3}"],
  ];

  it('reaches the function as its component says', async () => {
    expect(await received(given)).toEqual(given.map(([, , text]) => text));
  });

  it('that is a file becomes a path or bytes', async () => {
    const opened = await bench();
    const path = await opened.write('a.txt', 'abc');
    const file = fileData(path);
    const runner = await opened.python(
      'def f(*values):\n    return [repr(value) for value in values]\n',
      [
        { kind: 'image', type: 'filepath', image_mode: null },
        { kind: 'audio', type: 'filepath' },
        { kind: 'video' },
        { kind: 'file' },
        { kind: 'file', type: 'binary' },
        { kind: 'file', file_count: 'multiple' },
        { kind: 'gallery' },
      ],
      [json],
    );
    const gallery = [{ video: file, caption: 'c' }];
    expect(await runner.run([file, file, file, file, file, [file, file], gallery])).toEqual([
      [`'${path}'`, `'${path}'`, `'${path}'`, `'${path}'`, "b'abc'", `['${path}', '${path}']`, `[('${path}', 'c')]`],
    ]);
  });

  it('that needs a package which is missing is told its name', async () => {
    const opened = await bench();
    const file = fileData(await opened.write('a.png', 'x'));
    // An entry of None makes Python's import fail as if the package were not installed.
    const text = 'import sys\nsys.modules["numpy"] = None\ndef f(value):\n    return ""\n';
    const runner = await opened.python(text, [{ kind: 'image', type: 'numpy' }], [textbox]);
    await expect(runner.run([file])).rejects.toThrow(/needs the package numpy.* -m pip install numpy/);
  });

  it.each<[unknown, Component, RegExp]>([
    ['c', { kind: 'radio', label: 'which', choices }, /Input which: 'c' is none of the choices/],
    [9, { kind: 'slider', minimum: 0, maximum: 5 }, /Input 1: 9 is more than the maximum 5/],
    ['soon', { kind: 'datetime' }, /'soon' is no date/],
  ])('that does not fit is an error: %j', async (payload, component, message) => {
    await expect(received([[payload, component, null]])).rejects.toThrow(message);
  });
});

describe('a result', () => {
  const confidences = [
    { label: 'cat', confidence: 0.75 },
    { label: 'dog', confidence: 0.25 },
  ];

  const results: readonly Row<string, unknown>[] = [
    ['None', { kind: 'textbox' }, null],
    ['3', { kind: 'textbox' }, '3'],
    ['"\\ud800"', { kind: 'textbox' }, '\ud800'],
    ['2.5', { kind: 'number', precision: 0 }, 2],
    ['float("nan")', { kind: 'number' }, NaN],
    ['10**18', { kind: 'number' }, 10 ** 18],
    ['__import__("decimal").Decimal("1.5")', { kind: 'number' }, 1.5],
    ['1', { kind: 'checkbox' }, true],
    ['{"dog": 0.25, "cat": 0.75}', { kind: 'label' }, { label: 'cat', confidences }],
    [
      '{"dog": 0.25, "cat": 0.75}',
      { kind: 'label', num_top_classes: 1 },
      { label: 'cat', confidences: confidences.slice(0, 1) },
    ],
    ['"cat"', { kind: 'label' }, { label: 'cat', confidences: null }],
    ['7', { kind: 'label' }, { label: '7', confidences: null }],
    [
      '{"text": "to Rome", "entities": [{"entity": "LOC", "start": 3, "end": 7}]}',
      { kind: 'highlightedtext', combine_adjacent: true },
      [
        { token: 'to ', class_or_confidence: null },
        { token: 'Rome', class_or_confidence: 'LOC' },
      ],
    ],
    [
      '[("a", "X"), ("b", None)]',
      { kind: 'highlightedtext' },
      [
        { token: 'a', class_or_confidence: 'X' },
        { token: 'b', class_or_confidence: null },
      ],
    ],
    [
      '[[1, "a"], [2, "b"]]',
      { kind: 'dataframe', headers: ['n', 't'] },
      {
        headers: ['n', 't'],
        data: [
          [1, 'a'],
          [2, 'b'],
        ],
        metadata: null,
      },
    ],
    ['[1, 2]', { kind: 'dataframe' }, { headers: ['1'], data: [[1], [2]], metadata: null }],
    ['{1: {2, }, "t": (1, None)}', { kind: 'json' }, { '1': [2], t: [1, null] }],
    ['\'{"a": 1}\'', { kind: 'json' }, { a: 1 }],
    ['__import__("datetime").datetime(2024, 2, 29, 12)', { kind: 'datetime' }, '2024-02-29 12:00:00'],
    ['"  x\\n  y"', { kind: 'markdown' }, 'x\ny'],
    ['{"n": 1}', { kind: 'state' }, { n: 1 }],
    ['[]', { kind: 'gallery' }, []],
  ];

  it('is shown as its component says', async () => {
    expect(await returned(results)).toEqual(results.map(([, , payload]) => payload));
  });

  it.each<[string, Component]>([
    ['"out.png"', { kind: 'image' }],
    ['__import__("pathlib").Path("out.png")', { kind: 'file' }],
    ['"out.png"', { kind: 'video' }],
  ])('that names a file, as %s, becomes a copy of it', async (expression, component) => {
    const opened = await bench();
    await opened.write('out.png', 'first');
    const runner = await opened.python(`def f():\n    return ${expression}\n`, [], [component]);
    const [file] = await runner.run([]);
    await opened.write('out.png', 'second');
    if (!isFileData(file)) throw new Error('The output is no file.');
    expect(file).toMatchObject({ size: 5, orig_name: 'out.png', mime_type: 'image/png', url: null });
    expect(await readFile(file.path, 'utf8')).toBe('first');
    expect(file.path.startsWith(join(opened.folder, 'media'))).toBe(true);
  });

  it('of bytes becomes a file, named by what they are', async () => {
    const opened = await bench();
    const runner = await opened.python('def f():\n    return b"\\x89PNG\\r\\n"\n', [], [{ kind: 'image' }]);
    const [file] = await runner.run([]);
    expect(file).toMatchObject({ orig_name: 'image.png', mime_type: 'image/png', size: 6 });
  });

  it('for a gallery keeps captions, and tells films from images', async () => {
    const opened = await bench();
    await opened.write('a.png', 'x');
    await opened.write('b.mp4', 'y');
    const runner = await opened.python(
      'def f():\n    return ["a.png", ("b.mp4", "film")]\n',
      [],
      [{ kind: 'gallery' }],
    );
    expect(await runner.run([])).toEqual([
      [
        { image: expect.objectContaining({ orig_name: 'a.png' }) as unknown, caption: null },
        { video: expect.objectContaining({ orig_name: 'b.mp4' }) as unknown, caption: 'film' },
      ],
    ]);
  });
});
