import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { datasetLayout } from '../../../../../extension/core/flagging/promote/layout';
import { guessMapping, planPromotion } from '../../../../../extension/core/flagging/promote/plan';
import { promote, undoPromotion } from '../../../../../extension/core/flagging/promote/promote';
import type {
  ColumnMapping,
  PromotedSample,
  PromotionPlan,
} from '../../../../../extension/core/flagging/promote/types';

let folder = '';
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'flag-review-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const sample = (values: Readonly<Record<string, unknown>>, files: Readonly<Record<string, string[]>> = {}) =>
  ({
    components: Object.entries(values).map(([name, value]) => ({
      name,
      kind: files[name] ? 'image' : 'text',
      value,
      files: files[name] ?? [],
    })),
    option: 'wrong',
    username: null,
    timestamp: '2026-11-21 10:00:00.000000',
    note: '',
  }) satisfies PromotedSample;

function planFor(name: string, samples: readonly PromotedSample[], mapping?: ColumnMapping): PromotionPlan {
  const dataset = join(folder, name);
  const begins = !existsSync(dataset);
  const components = samples[0]?.components.map((component) => component.name) ?? [];
  const layout = datasetLayout(name, begins ? '' : readFileSync(dataset, 'utf8'), components);
  return planPromotion({
    dataset,
    begins,
    layout,
    mapping: mapping ?? guessMapping(layout.columns, components),
    samples,
    isTaken: (path) => existsSync(join(folder, path)),
  });
}
const text = (name: string): string => readFileSync(join(folder, name), 'utf8');

describe('promoting samples to a dataset', () => {
  it('begins a CSV file with a header, and takes it back whole', async () => {
    const receipt = await promote(planFor('data.csv', [sample({ text: 'hello, world', label: 'greeting' })]));
    expect(text('data.csv')).toBe('text,label\n"hello, world",greeting\n');
    await undoPromotion(receipt);
    expect(readdirSync(folder)).toEqual([]);
  });

  it.each([
    ['LF', 'text,label\na,b\n', 'text,label\na,b\nc,d\n'],
    ['CR LF and no final line end', 'text,label\r\na,b', 'text,label\r\na,b\r\nc,d\r\n'],
    ['a byte order mark', '\ufefftext,label\na,b\n', '\ufefftext,label\na,b\nc,d\n'],
    ['quotes everywhere', '"text","label"\n"a","b"\n', '"text","label"\n"a","b"\n"c","d"\n'],
    ['semicolons', 'text;label\na;b\n', 'text;label\na;b\nc;d\n'],
    ['columns in another order and more of them', 'id,LABEL,text\n1,b,a\n', 'id,LABEL,text\n1,b,a\n,d,c\n'],
  ])('goes on in the way of a file with %s', async (_, before, after) => {
    writeFileSync(join(folder, 'data.csv'), before);
    const receipt = await promote(planFor('data.csv', [sample({ text: 'c', label: 'd' })]));
    expect(text('data.csv')).toBe(after);
    await undoPromotion(receipt);
    expect(text('data.csv')).toBe(before);
  });

  it('goes on with JSON Lines in the order of their keys, types kept', async () => {
    writeFileSync(join(folder, 'data.jsonl'), '{"label": 1, "text": "a"}\n');
    await promote(planFor('data.jsonl', [sample({ text: 'b\n"c"', label: 2.5 })]));
    expect(text('data.jsonl')).toBe('{"label": 1, "text": "a"}\n{"label":2.5,"text":"b\\n\\"c\\""}\n');
  });

  it('writes a label by its name, and any text so that a CSV reader gives it back', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.string({ unit: 'binary' }), { minLength: 1, maxLength: 4 }), async (texts) => {
        rmSync(join(folder, 'data.csv'), { force: true });
        const label = { label: 'cat', confidences: [{ label: 'cat', confidence: 0.9 }] };
        await promote(
          planFor(
            'data.csv',
            texts.map((value) => sample({ text: value, label })),
          ),
        );
        const rows: string[][] = parse(text('data.csv'), { record_delimiter: '\n', relax_quotes: true });
        expect(rows.slice(1)).toEqual(texts.map((value) => [value, 'cat']));
      }),
      { numRuns: 50 },
    );
  });

  it('takes what the mapping says: options, notes, constants', () => {
    const plan = planFor('data.csv', [sample({ text: 'a', label: 'b' })], {
      text: { from: 'option' },
      label: { from: 'constant', value: 'fixed' },
    });
    expect(plan.text).toBe('text,label\nwrong,fixed\n');
  });

  it('says which columns stay empty and which components are missing', () => {
    writeFileSync(join(folder, 'data.csv'), 'text,split,label\n');
    const mapping: ColumnMapping = { text: { from: 'component', name: 'prompt' }, label: { from: 'option' } };
    const { warnings } = planFor('data.csv', [sample({ text: 'a' })], mapping);
    expect(warnings).toEqual([
      'Nothing is mapped to “split”: the cells stay empty.',
      'The samples have no component “prompt”.',
    ]);
  });

  it('copies files beside the dataset under names that are free, and takes them back', async () => {
    writeFileSync(join(folder, 'cat.png'), 'pixels');
    const flagged = sample({ image: 'x', label: 'cat' }, { image: [join(folder, 'cat.png')] });
    await promote(planFor('data.csv', [flagged]));
    const receipt = await promote(planFor('data.csv', [flagged]));
    expect(text('data.csv')).toBe('image,label\ndata-media/0.png,cat\ndata-media/1.png,cat\n');
    await undoPromotion(receipt);
    expect(text('data.csv')).toBe('image,label\ndata-media/0.png,cat\n');
    expect(readdirSync(join(folder, 'data-media'))).toEqual(['0.png']);
  });

  it('leaves nothing behind when a file is missing', async () => {
    writeFileSync(join(folder, 'cat.png'), 'pixels');
    const gone = { image: [join(folder, 'cat.png'), join(folder, 'gone.png')] };
    await expect(promote(planFor('data.csv', [sample({ image: 'x' }, gone)]))).rejects.toThrow(/gone\.png/);
    expect(readdirSync(folder)).toEqual(['cat.png']);
  });

  it('is not taken back over rows that came later', async () => {
    const receipt = await promote(planFor('data.csv', [sample({ text: 'a' })]));
    await promote(planFor('data.csv', [sample({ text: 'b' })]));
    await expect(undoPromotion(receipt)).rejects.toThrow(/no longer the end/);
    expect(text('data.csv')).toBe('text\na\nb\n');
  });

  it('refuses files that are no dataset', () => {
    expect(() => datasetLayout('data.parquet', '', [])).toThrow(/\.jsonl/);
    expect(() => datasetLayout('data.jsonl', '[1]\n[2]\n', [])).toThrow(/Line 1/);
  });
});
