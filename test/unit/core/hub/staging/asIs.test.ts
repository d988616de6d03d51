import { describe, expect, it } from 'vitest';
import { staging, typesOf } from '../staged';

const files = staging();
const asIs = { format: 'asIs' } as const;

describe('a CSV as it is', () => {
  it('says what keeps its texts as they stand there', async () => {
    const csv = 'code,n,b,label\n001,1,true,spam\nNA,,,\n';
    const staged = await files.stage('a.csv', { 'a.csv': csv }, { ...asIs, labelColumn: 'label' });
    expect(staged.files.map(({ path }) => path)).toEqual(['data/train.csv']);
    expect(staged.configs[0]?.loader).toEqual({
      keep_default_na: false,
      na_values: { n: [''], label: [''] },
      features: [
        { name: 'code', dtype: 'string' },
        { name: 'n', dtype: 'float64' },
        { name: 'b', dtype: 'string' },
        { name: 'label', dtype: { class_label: { names: { 0: 'spam' } } } },
      ],
    });
  });

  it.each([
    ['a.tsv', Buffer.from('a\tb\n1\t2\n'), { sep: '\t' }],
    ['a.csv', Buffer.from('a;b\n1;2\n'), { sep: ';' }],
    ['a.csv', Buffer.from('\ufeffa,b\nü,x\n', 'utf16le'), { encoding: 'utf-16' }],
    ['a.csv', Buffer.from('a,b\n\u00fc,x\n', 'latin1'), { encoding: 'cp1252' }],
    ['test.csv', Buffer.from('\ufeffa,b\nü,x\n'), {}],
  ])('tells how %s is written', async (name, bytes, keys) => {
    const [config] = (await files.stage(name, { [name]: bytes }, asIs)).configs;
    const { features, keep_default_na: keeps, ...loader } = config?.loader ?? {};
    expect(loader).toEqual(keys);
    expect(features).toHaveLength(2);
    expect(keeps).toBe(false);
    expect(config?.splits[0]?.name).toBe(name.startsWith('test') ? 'test' : 'train');
  });

  it('is refused with two columns of one name', async () => {
    await expect(files.stage('a.csv', { 'a.csv': 'a,a\n1,2\n' }, asIs)).rejects.toThrow('two columns of the same name');
  });
});

describe('JSON Lines as they are', () => {
  it('warn of times, which the loader writes in another way', async () => {
    const staged = await files.stage('a.jsonl', { 'a.jsonl': '{"at":"2024-01-01T00:00:00Z","n":1}' }, asIs);
    expect(typesOf(staged)).toEqual({ at: 'string', n: 'int64' });
    expect(staged.warnings).toMatchObject([{ kind: 'loader', message: expect.stringContaining('"at"') as string }]);
  });

  it.each([
    ['{"n":9223372036854775807}\n{"n":-9223372036854775808}', []],
    ['{"n":9223372036854775808}', ['"n" holds whole numbers beyond 64 bits, of which']],
    ['{"n":[{"a":-9223372036854775809}]}', ['"n" holds whole numbers beyond 64 bits, of which']],
    ['{"n":123456789012345678901,"m":1}\n{"n":1,"m":"a"}', ['beyond 64 bits, at which', '"m" holds values of several']],
  ])('warn of whole numbers that the loader does not keep: %s', async (text, expected) => {
    const { warnings } = await files.stage('a.jsonl', { 'a.jsonl': text }, asIs);
    const told = expected.map((message) => ({ kind: 'loader', message: expect.stringContaining(message) as string }));
    expect(warnings).toMatchObject(told);
  });

  it('have classes unless a label is an empty text', async () => {
    const wanted = { ...asIs, labelColumn: 'l' };
    const labelled = await files.stage('a.jsonl', { 'a.jsonl': '{"l":"spam"}\n{"l":null}' }, wanted);
    expect(typesOf(labelled)).toEqual({ l: ['spam'] });
    const blank = await files.stage('a.jsonl', { 'a.jsonl': '{"l":"spam"}\n{"l":""}' }, wanted);
    expect(typesOf(blank)).toEqual({ l: 'string' });
  });
});
