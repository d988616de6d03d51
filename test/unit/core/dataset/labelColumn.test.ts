import { describe, expect, it } from 'vitest';
import { readLabels, singleLabels } from '../../../../extension/core/dataset/labelColumn';

describe('one label a record', () => {
  it('has the labels as classes, by code point', () => {
    const column = readLabels(['World', 'Sports', 'Sci/Tech', 'éa', 'Sports', ' ', null]);
    expect(column.classes).toEqual(['Sci/Tech', 'Sports', 'World', 'éa']);
    expect([...singleLabels(column)]).toEqual([2, 1, 0, 3, 1, -1, -1]);
  });

  it('reads numbers by their size, and booleans', () => {
    expect(readLabels(['10', '9', '0']).classes).toEqual(['0', '9', '10']);
    expect(readLabels([1, 0, 10]).classes).toEqual(['0', '1', '10']);
    expect(readLabels([true, false]).classes).toEqual(['false', 'true']);
  });

  it('keeps the order of classes that are given, and names integers by it', () => {
    const classes = ['World', 'Sports', 'Business'];
    expect([...singleLabels(readLabels(['Business', 'World'], { classes }))]).toEqual([2, 0]);
    expect([...singleLabels(readLabels(['2', '0', '1.0'], { classes }))]).toEqual([2, 0, 1]);
    expect([...singleLabels(readLabels([2, 0], { classes }))]).toEqual([2, 0]);
    expect([...singleLabels(readLabels(['1', '0'], { classes: ['1', '0'] }))]).toEqual([0, 1]);
  });

  it.each([
    [['a', 'b', 'c', 'c'], ['a', 'b'], /label "c" of record 2 and 1 other is not one of the classes a, b/],
    [['0', '3'], ['a', 'b'], /label "3" of record 1 is not/],
    [['a', 'a|b'], ['a', 'b'], /"a\|b" of record 1/],
  ])('refuses %j with the classes %j', (cells, classes, message) => {
    expect(() => readLabels(cells, { classes })).toThrow(message);
  });

  it('refuses a list', () => {
    expect(() => readLabels(['a', ['a', 'b']])).toThrow(/Record 1 has a list/);
  });
});

describe('several labels a record', () => {
  it.each([
    ['lists', [['a', 'b'], ['b'], []]],
    ['JSON', ['["a", "b"]', '["b"]', '[]']],
    ['Python', ["['a', 'b']", "['b']", '[]']],
    ['a bar', ['a|b', 'b', '']],
    ['a semicolon and spaces', ['a; b', 'b', ' ']],
    ['a comma, twice the same', ['a,b,a', 'b', '']],
  ])('are read from %s', (_, cells) => {
    expect(readLabels(cells, { multiLabel: true })).toEqual({ classes: ['a', 'b'], labels: [[0, 1], [1], []] });
  });

  it('are parted by what is said', () => {
    const column = readLabels(['a, b/c', 'c'], { multiLabel: true, separator: '/' });
    expect(column).toEqual({ classes: ['a, b', 'c'], labels: [[0, 1], [1]] });
  });

  it('may be missing altogether', () => {
    expect(readLabels([null, ['a']], { multiLabel: true }).labels).toEqual([null, [0]]);
  });
});
