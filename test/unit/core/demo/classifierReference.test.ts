import { resolve } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatFunctionReference, parseFunctionReference } from '../../../../extension/core/demo/functionReference';
import { parseDemo } from '../../../../extension/core/demo/parse';
import { serializeDemo } from '../../../../extension/core/demo/serialize';

const source = resolve('/ws/reviews.demo.json');
const parsed = (definition: object) => parseDemo(JSON.stringify(definition), source);

describe('a classifier as the function of a demo', () => {
  it.each([
    ['classifier:data.csv', { file: resolve('/ws/data.csv') }],
    ['classifier:../model.json', { file: resolve('/model.json') }],
    ['classifier:a b?.csv', { file: resolve('/ws/a b?.csv') }],
    ['classifier:d.csv?text=v2&label=v1', { file: resolve('/ws/d.csv'), text: 'v2', label: 'v1' }],
    ['classifier:d.csv?label=a%26b', { file: resolve('/ws/d.csv'), label: 'a&b' }],
  ])('%s', (fn, expected) => {
    expect(parsed({ fn })).toMatchObject({ problems: [], demo: { fn: { type: 'classifier', ...expected } } });
  });

  it.each([
    ['classifier:', /The dataset is missing/],
    ['classifier:d.csv?text=a&column=b', /"column" names no column/],
  ])('refuses %s', (fn, message) => {
    const [problem, ...more] = parsed({ fn }).problems;
    expect(problem?.severity).toBe('error');
    expect(problem?.message).toMatch(message);
    expect(more).toEqual([]);
  });

  it('warns when its dataset is not there', () => {
    const text = JSON.stringify({ fn: 'classifier:d.csv?label=a' });
    expect(parseDemo(text, source, { fileExists: () => false }).problems).toMatchObject([
      { severity: 'warning', message: 'The file d.csv does not exist.' },
    ]);
  });

  it('has a text and a label unless its definition says otherwise', () => {
    const { demo } = parsed({ fn: 'classifier:d.csv?text=message&label=kind' });
    expect(demo?.inputs).toMatchObject([{ kind: 'textbox', label: 'message' }]);
    expect(demo?.outputs).toMatchObject([{ kind: 'label', label: 'kind' }]);
    expect(parsed({ fn: 'classifier:d.csv', outputs: ['json'] }).demo).toMatchObject({
      inputs: [{ kind: 'textbox', label: 'text' }],
      outputs: [{ kind: 'json', label: 'Output' }],
    });
    expect(parsed({ fn: 'a.py:f' }).problems.map(({ message }) => message)).toEqual([
      '"inputs" is missing.',
      '"outputs" is missing.',
    ]);
  });

  it('is written as it is read, whatever its columns are called', () => {
    const column = fc.option(fc.string({ minLength: 1 }), { nil: undefined });
    fc.assert(
      fc.property(column, column, (text, label) => {
        const fn = { type: 'classifier', file: resolve('/ws/data.csv'), text, label } as const;
        const written = formatFunctionReference(fn, () => 'data.csv');
        expect(parseFunctionReference(written, resolve('/ws'))).toEqual({ fn });
      }),
    );
  });

  it('keeps its demo when that is saved', () => {
    const { demo } = parsed({ fn: 'classifier:d.csv?text=message&label=kind', flagging_options: ['wrong'] });
    if (!demo) throw new Error('There is no demo.');
    expect(parseDemo(serializeDemo(demo), source).demo).toEqual(demo);
  });
});
