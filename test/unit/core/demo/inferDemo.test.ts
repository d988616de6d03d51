import { describe, expect, it } from 'vitest';
import { inferDemo } from '../../../../extension/core/demo/infer';
import { parseDemo } from '../../../../extension/core/demo/parse';
import type {
  FunctionDescription,
  ParameterDescription,
  TypeDescription,
} from '../../../../extension/core/demo/runner';
import { serializeDemo } from '../../../../extension/core/demo/serialize';

const fn = { type: 'python', file: '/ws/model.py', name: 'predict' } as const;

const infer = (parameters: readonly ParameterDescription[], returns: TypeDescription = { type: 'str' }, doc = '') => {
  const description: FunctionDescription = { name: 'top_words', doc, parameters, returns };
  return inferDemo(description, fn);
};

const inputOf = (type: TypeDescription, name = 'x', byDefault?: unknown) =>
  infer([{ name, type, ...(byDefault === undefined ? {} : { default: byDefault }) }]).inputs[0];

const outputsOf = (returns: TypeDescription) => infer([], returns).outputs.map(({ kind }) => kind);

const letters = { type: 'literal', values: ['a', 'b'] } as const;
const many = { type: 'literal', values: [1, 2, 3, 4, 5] } as const;
const color = {
  type: 'enum',
  name: 'Color',
  members: [
    ['RED', 'r'],
    ['BLUE', 'b'],
  ],
} as const;

describe('a demo of a function without a definition', () => {
  it('takes its title from the name and its description from the first paragraph', () => {
    const demo = infer([], undefined, '\n  Counts\n  words.\n\n  Slowly.\n');
    expect([demo.title, demo.description]).toEqual(['Top words', 'Counts words.']);
  });

  it.each<[TypeDescription, string, unknown, object]>([
    [{ type: 'str' }, 'x', 'hello', { kind: 'textbox', value: 'hello', lines: 1 }],
    [{ type: 'str' }, 'x', 'one\ntwo\nthree', { kind: 'textbox', lines: 3 }],
    [{ type: 'str' }, 'x', 'word '.repeat(100), { kind: 'textbox', lines: 9 }],
    [{ type: 'int' }, 'x', 3, { kind: 'number', precision: 0, value: 3 }],
    [{ type: 'float' }, 'x', undefined, { kind: 'number' }],
    [{ type: 'bool' }, 'x', true, { kind: 'checkbox', value: true }],
    [
      letters,
      'x',
      'b',
      {
        kind: 'radio',
        value: 'b',
        choices: [
          ['a', 'a'],
          ['b', 'b'],
        ],
      },
    ],
    [many, 'x', undefined, { kind: 'dropdown', value: null }],
    [color, 'x', 'b', { kind: 'radio', value: 'b', choices: color.members }],
    [{ type: 'list_of', item: letters }, 'x', ['a'], { kind: 'checkboxgroup', value: ['a'] }],
    [
      { type: 'list_of', item: { type: 'str' } },
      'x',
      ['a', 'b'],
      { kind: 'dropdown', multiselect: true, allow_custom_value: true, value: ['a', 'b'] },
    ],
    [{ type: 'list_of', item: { type: 'int' } }, 'x', [1], { kind: 'json', value: [1] }],
    [{ type: 'list_of', item: { type: 'path' } }, 'x', undefined, { kind: 'file', file_count: 'multiple' }],
    [{ type: 'path' }, 'document', 'a.txt', { kind: 'file', type: 'filepath' }],
    [{ type: 'path' }, 'image_path', undefined, { kind: 'image', type: 'filepath' }],
    [{ type: 'pil' }, 'x', undefined, { kind: 'image', type: 'pil' }],
    [{ type: 'numpy' }, 'x', undefined, { kind: 'image', type: 'numpy' }],
    [{ type: 'dataframe' }, 'x', undefined, { kind: 'dataframe' }],
    [{ type: 'dict' }, 'x', { a: 1 }, { kind: 'json', value: { a: 1 } }],
    [{ type: 'optional', item: { type: 'int' } }, 'x', null, { kind: 'number' }],
    [{ type: 'unknown' }, 'x', undefined, { kind: 'textbox' }],
    [{ type: 'unknown' }, 'x', 0.5, { kind: 'number', value: 0.5 }],
    [{ type: 'unknown' }, 'x', false, { kind: 'checkbox' }],
  ])('%j named %s with default %j', (type, name, byDefault, expected) => {
    expect(inputOf(type, name, byDefault)).toMatchObject({ label: name, ...expected });
  });

  it('leaves a default out that its component cannot hold', () => {
    expect(inputOf({ type: 'int' }, 'x', 'many')).not.toHaveProperty('value');
    expect(inputOf(letters, 'x', 'c')).not.toHaveProperty('value');
  });

  it.each<[TypeDescription, string[]]>([
    [{ type: 'confidences' }, ['label']],
    [{ type: 'str' }, ['textbox']],
    [{ type: 'int' }, ['number']],
    [{ type: 'bool' }, ['checkbox']],
    [{ type: 'pil' }, ['image']],
    [{ type: 'list' }, ['json']],
    [{ type: 'list_of', item: { type: 'pil' } }, ['gallery']],
    [{ type: 'path' }, ['file']],
    [letters, ['textbox']],
    [{ type: 'none' }, []],
    [{ type: 'unknown' }, ['textbox']],
    [{ type: 'optional', item: { type: 'dict' } }, ['json']],
    [{ type: 'tuple', items: [{ type: 'str' }, { type: 'confidences' }] }, ['textbox', 'label']],
  ])('shows %j as %j', (returns, kinds) => {
    expect(outputsOf(returns)).toEqual(kinds);
  });

  it('saved as a definition, is the same demo', () => {
    const demo = infer(
      [
        { name: 'text', type: { type: 'str' }, default: 'a\nb' },
        { name: 'color', type: color, default: 'r' },
        { name: 'level', type: many },
        { name: 'image', type: { type: 'pil' } },
        { name: 'tags', type: { type: 'list_of', item: { type: 'str' } }, default: ['x'] },
      ],
      { type: 'tuple', items: [{ type: 'confidences' }, { type: 'int' }] },
      'Finds words.',
    );
    const saved = '/ws/top_words.demo.json';
    expect(parseDemo(serializeDemo(demo), saved)).toEqual({ demo: { ...demo, source: saved }, problems: [] });
  });
});
