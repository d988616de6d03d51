import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { selectFiles } from '../../../../../extension/core/flagging/selection/fileSelection';
import { offeredOptions, rememberOption } from '../../../../../extension/core/flagging/selection/flaggingOptions';
import { selectJsonLines } from '../../../../../extension/core/flagging/selection/jsonLinesSelection';
import { safeName, sourceFolder } from '../../../../../extension/core/flagging/selection/sourceFolder';
import { selectText } from '../../../../../extension/core/flagging/selection/textSelection';

const cursor = (offset: number) => ({ start: offset, end: offset });

describe('JSON Lines', () => {
  const text = '{"text":"a","label":1}\n\n{"text":"b","tags":["x"]}\n';

  it('gives records of different keys the same first columns', () => {
    const { samples } = selectJsonLines(text, [cursor(0), cursor(text.indexOf('"b"'))], 'data/x.jsonl');
    expect(samples.map(({ components, data }) => components.map(({ label }, index) => [label, data[index]]))).toEqual([
      [
        ['text', 'a'],
        ['label', 1],
      ],
      [
        ['text', 'b'],
        ['label', null],
        ['tags', ['x']],
      ],
    ]);
    expect(samples[1]?.components.map(({ kind }) => kind)).toEqual(['textbox', 'textbox', 'json']);
  });

  it('takes all records of a selection', () => {
    expect(selectJsonLines(text, [{ start: 0, end: text.length }], 'x.jsonl').samples).toHaveLength(2);
  });

  it('names the line that is broken, and says when there is no record', () => {
    expect(() => selectJsonLines('{"a":1}\n{oops\n', [cursor(9)], 'x.jsonl')).toThrow(
      'Line 2 of x.jsonl is not valid JSON.',
    );
    expect(() => selectJsonLines('[1]\n', [cursor(0)], 'x.jsonl')).toThrow('Line 1 of x.jsonl is no JSON object.');
    expect(() => selectJsonLines(text, [cursor(23)], 'x.jsonl')).toThrow('no record at the cursor');
  });
});

describe('any other text', () => {
  const text = 'first\r\nsecond line\nthird';

  it('takes the selection with its file and line', () => {
    const { folder, samples } = selectText(text, [{ start: 7, end: 13 }], 'src/a.py');
    expect(folder).toBe('selections');
    expect(samples[0]?.data).toEqual(['second', 'src/a.py:2']);
    expect(samples[0]?.components.map(({ label }) => label)).toEqual(['text', 'source']);
  });

  it('takes the line of a cursor, once, without its line end', () => {
    const { samples } = selectText(text, [cursor(1), cursor(3), cursor(text.length)], 'a.txt');
    expect(samples.map(({ data }) => data)).toEqual([
      ['first', 'a.txt:1'],
      ['third', 'a.txt:3'],
    ]);
  });

  it('says when there is nothing', () => {
    expect(() => selectText('a\n\n', [cursor(2)], 'a.txt')).toThrow('There is no text to flag here.');
  });
});

describe('files', () => {
  it('groups them by kind, whose name is the first column', () => {
    const selections = selectFiles([
      { path: '/ws/cat.PNG', source: 'cat.PNG' },
      { path: '/ws/notes', source: 'notes' },
      { path: '/ws/dog.jpg', source: 'dog.jpg' },
    ]);
    expect(selections.map(({ folder, samples }) => [folder, samples.length])).toEqual([
      ['images', 2],
      ['files', 1],
    ]);
    expect(selections[0]?.samples[0]).toMatchObject({
      components: [
        { kind: 'image', label: 'image' },
        { kind: 'textbox', label: 'source' },
      ],
      data: [{ path: '/ws/cat.PNG', orig_name: 'cat.PNG' }, 'cat.PNG'],
    });
  });
});

describe('the folder of a source', () => {
  it('is its relative path where that is safe', () => {
    expect(sourceFolder('reviews.csv')).toBe('reviews.csv');
    expect(sourceFolder('data/train set.csv')).toBe('data/train set.csv');
    expect(sourceFolder('')).toBe('untitled');
  });

  it('never leaves the flagging directory and has no part that a file system refuses', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('.', '/', '\\', 'a', ':', ' ', '\0', 'con', 'NUL') }), (path) => {
        for (const part of sourceFolder(path).split('/')) {
          expect(part).not.toMatch(/^\.{0,2}$|[\\:\0]|[. ]$|^(con|nul)(\.|$)/i);
        }
      }),
    );
  });

  it('keeps a name to one part', () => {
    expect(safeName('a/b')).toBe('a_b');
  });
});

describe('flagging options', () => {
  it('offers the latest first, each once', () => {
    const recent = rememberOption(rememberOption(['wrong'], 'toxic'), 'wrong');
    expect(offeredOptions(['ambiguous', 'toxic'], recent)).toEqual(['wrong', 'toxic', 'ambiguous']);
  });
});
