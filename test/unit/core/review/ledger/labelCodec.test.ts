import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readLabels, type LabelColumnOptions } from '../../../../../extension/core/dataset/labelColumn';
import { ExpectedError } from '../../../../../extension/core/errors';
import type { Json } from '../../../../../extension/core/json';
import { isSameLabelling, labelCodec } from '../../../../../extension/core/review/ledger/labelCodec';

const named = { classes: ['World', 'Sports', 'Business', 'Sci/Tech'] };
const several = { multiLabel: true };

describe('a label is written as its column writes labels', () => {
  it.each<[what: string, cells: Json[], options: LabelColumnOptions, labelling: string[], cell: Json]>([
    ['a name', ['ham', 'spam'], {}, ['spam'], 'spam'],
    ['a name that is new', ['ham', 'spam'], {}, ['phishing'], 'phishing'],
    ['a number as a text', ['0', '3', '1'], named, ['Business'], '2'],
    ['a number', [0, 3, 1], named, ['Business'], 2],
    ['a number as a float', ['0.0', '3.0', '1'], named, ['Business'], '2.0'],
    ['a number as it stands elsewhere', ['0.0', '3.0', '2'], named, ['Business'], '2'],
    ['a number without a name', [0, 1, 2], {}, ['7'], 7],
    ['a boolean', [true, true], {}, ['false'], false],
    ['a list', [['a'], ['b', 'c']], several, ['c', 'a'], ['c', 'a']],
    ['a list of numbers', [[0], [1, 2]], { ...named, ...several }, ['Sci/Tech', 'World'], [3, 0]],
    ['an empty list', [['a'], ['b', 'c']], several, [], []],
    ['JSON', ['["a"]', '["a","b"]'], several, ['b', 'c'], '["b","c"]'],
    ['JSON with spaces', ['["a"]', '[ "a", "b" ]'], several, ['b', 'c'], '[ "b", "c" ]'],
    ['JSON in ASCII', ['["\\u00e9", "b"]'], several, ['é'], '["\\u00e9"]'],
    ['a list of Python', ["['a', 'b']", "['c']"], several, ["it's"], `["it's"]`],
    ['names with bars', ['a|b', 'c'], several, ['c', 'a'], 'c|a'],
    ['names with commas and spaces', ['a, b', 'c'], several, ['c', 'a'], 'c, a'],
    ['no name of several', ['a|b', 'c'], several, [], ''],
    ['several where none has several', ['a', 'b'], several, ['b', 'a'], '["b", "a"]'],
  ])('%s', (_, cells, options, labelling, cell) => {
    const codec = labelCodec(cells, options);
    expect(codec.cell(labelling)).toEqual(cell);
    expect(codec.names(cell)).toEqual(labelling);
  });

  it('and what the column cannot say is refused', () => {
    const refuses = (cells: Json[], options: LabelColumnOptions, labelling: string[]): void =>
      expect(() => labelCodec(cells, options).cell(labelling)).toThrow(ExpectedError);
    refuses(['0', '1'], named, ['Weather']);
    refuses([0, 1], {}, ['spam']);
    refuses(['a', 'b'], {}, ['a', 'b']);
    refuses(['a', 'b'], {}, []);
    refuses(['a|b'], several, ['c|d']);
  });

  it('and a cell that says it already stays', () => {
    const codec = labelCodec(['a, b', 'b,a', 'c'], several);
    expect(codec.cell(['a', 'b'], 'b,a')).toBe('b,a');
    expect(codec.cell(['a', 'c'], 'b,a')).toBe('a, c');
    expect(labelCodec(['0', '0', '0.0'], named).cell(['World'], '0.0')).toBe('0.0');
  });

  it('and what is no label is shown', () => {
    expect(labelCodec(['a'], {}).names({ a: [1] })).toEqual(['{"a":[1]}']);
    expect(labelCodec(['a'], {}).names(' ')).toBeNull();
    expect(labelCodec([1, 2], named).names(9)).toEqual(['9']);
  });
});

const names = ['ham', 'spam', 'Ärger', "it's", 'a "b"', '3', 'true', 'x'];
const subsets = fc.subarray(names, { minLength: 0 });
/** Columns of several labels in one style, as different programs write them. */
const columns = fc.oneof(
  fc.array(subsets),
  fc.array(subsets.map((own) => JSON.stringify(own))),
  fc.array(subsets.map((own) => `[${own.map((name) => JSON.stringify(name)).join(', ')}]`)),
  fc.array(subsets.map((own) => own.join('|'))),
  fc.array(subsets.map((own) => own.join(' ; '))),
) as fc.Arbitrary<Json[]>;

describe('labels and cells', () => {
  it('say the same to one another in columns of several labels', () => {
    fc.assert(
      fc.property(columns, subsets, (cells, labelling) => {
        const codec = labelCodec(cells, several);
        const cell = codec.cell(labelling);
        expect(codec.names(cell)).toEqual(labelling);
        for (const current of cells) {
          const isKept = isSameLabelling(codec.names(current), labelling);
          expect(codec.cell(labelling, current)).toEqual(isKept ? current : cell);
        }
      }),
    );
  });

  it('say the same to one another in columns of one label, whatever is in them', () => {
    const cells = fc.array(fc.oneof(fc.string(), fc.constantFrom(...names), fc.integer(), fc.boolean()), {
      minLength: 1,
    });
    fc.assert(
      fc.property(cells, (column) => {
        const codec = labelCodec(column);
        for (const cell of column) {
          const own = codec.names(cell);
          if (own === null) continue;
          expect(codec.names(codec.cell(own))).toEqual(own);
          expect(codec.cell(own, cell)).toBe(cell);
        }
      }),
    );
  });

  it('are read as the search for label errors reads them', () => {
    const numbers = fc.array(fc.constantFrom('0', '1', '2', '3', '3.0', '', 2, null), { minLength: 1 });
    const cases = fc.oneof(
      fc.tuple(columns, fc.constant(several)),
      fc.tuple(numbers as fc.Arbitrary<Json[]>, fc.constantFrom(named, {})),
    );
    fc.assert(
      fc.property(cases, ([cells, options]) => {
        const { classes, labels } = readLabels(cells, options);
        const codec = labelCodec(cells, options);
        expect(codec.classes).toEqual(classes);
        expect(cells.map((cell) => codec.names(cell))).toEqual(
          labels.map((own) => own?.map((label) => classes[label]) ?? null),
        );
      }),
    );
  });
});
