import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fileData } from '../../../../../extension/core/demo/fileData';
import { dialectFor, dialects, type Era } from '../../../../../extension/core/flagging/format/era';
import { logName } from '../../../../../extension/core/flagging/format/logName';
import { parsePythonJson } from '../../../../../extension/core/flagging/format/pythonJson';
import { readLogText } from '../../../../../extension/core/flagging/log/readLog';
import type { LoggedComponent } from '../../../../../extension/core/flagging/types';
import { timestamp, written } from './written';

const eras = Object.keys(dialects) as Era[];

const components: readonly LoggedComponent[] = [
  { kind: 'textbox', label: 'say, "hi"' },
  { kind: 'number', label: '=amount' },
  { kind: 'checkbox', label: 'sure' },
  { kind: 'checkboxgroup', label: 'choices' },
  { kind: 'image', label: 'Bild (groß)' },
  { kind: 'label' },
  { kind: 'json', label: 'result' },
  { kind: 'file', label: 'files' },
];

/**
 * Texts that every era tells from other values. A text that begins with an apostrophe looks like a guarded one, and
 * Gradio 4.22 and later rewrites texts that are JSON.
 */
const text = fc
  .string({ unit: fc.constantFrom('a', 'é', '漢', '😀', ' ', ',', '"', "'", '=', '-', '\n', '\r\n', '\t', '<b>', ';') })
  .filter((value) => !value.startsWith("'") && parsePythonJson(value) === undefined);
const word = fc
  .string({ unit: fc.constantFrom('a', 'b', 'é', '=', "'", '"', '\\', ',', '\n', '\u00a0') })
  .filter((value) => !value.startsWith("'"));
const confidence = fc.float({ min: 0, max: 1, noNaN: true }).map(Math.abs);

const sample = fc.record({
  text,
  amount: fc.oneof(fc.integer(), fc.double({ noDefaultInfinity: true, noNaN: true })).map((value) => value + 0),
  sure: fc.boolean(),
  choices: fc.array(word, { minLength: 1, maxLength: 3 }),
  image: fc.boolean(),
  label: fc.uniqueArray(fc.record({ label: fc.constantFrom('cat', 'dög', 'x y'), confidence }), {
    selector: (item) => item.label,
    minLength: 1,
  }),
  json: fc.dictionary(fc.constantFrom('k', 'ключ', 'a b'), fc.oneof(fc.integer({ min: 2 }), word, fc.constant(null)), {
    minKeys: 1,
  }),
  option: fc.constantFrom('wrong', '=odd', 'off by one'),
  username: fc.constantFrom('bob', '-é'),
});

describe('a log that was written', () => {
  it.each(eras)('is read back in the layout of era %s', (era) => {
    const dialect = dialects[era];
    fc.assert(
      fc.property(fc.array(sample, { minLength: 1, maxLength: 4 }), (given) => {
        const samples = [{ ...given[0], text: 'plain words' } as (typeof given)[number], ...given].map((one) => ({
          ...one,
          data: [
            one.text,
            one.amount,
            one.sure,
            one.choices,
            one.image ? fileData('/tmp/my cat.png') : null,
            { label: one.label[0]?.label, confidences: one.label },
            one.json,
            [fileData('/tmp/a.txt'), fileData('/tmp/b.txt')],
          ],
          timestamp,
        }));
        const log = written(dialect, components, samples);
        const read = readLogText(logName(dialect, 1), log.text);

        expect(read.headerRows).toEqual([]);
        expect(read.samples).toHaveLength(samples.length);
        expect(read.layout.columns.map(({ name }) => name)).toEqual([
          'say, "hi"',
          '=amount',
          'sure',
          'choices',
          'Bild (groß)',
          'component 5',
          'result',
          'files',
          'flag',
          'username',
          'timestamp',
        ]);
        read.samples.forEach((found, row) => {
          const one = samples[row];
          expect(found).toMatchObject({ row, problem: null, timestamp, option: one?.option, username: one?.username });
          const [asText, amount, sure, choices, image, label, json, files] = found.values;
          const stored = log.media[row] ?? [];
          expect(asText?.value).toBe(one?.text || null);
          expect(amount).toMatchObject({ value: one?.amount, kind: 'number' });
          expect(sure).toMatchObject({ value: one?.sure, kind: 'boolean' });
          expect(choices).toMatchObject({ value: one?.choices, kind: 'json' });
          expect(image?.value).toBe(one?.image ? stored[0] : null);
          expect(image?.media).toEqual(one?.image ? [stored[0]] : []);
          expect(files?.media).toEqual(stored.slice(-2));
          const inFiles = dialect.cells === 'files';
          if (inFiles) {
            const [labelFile, jsonFile] = stored.slice(one?.image ? 1 : 0);
            expect(label).toMatchObject({ kind: 'json', media: [labelFile] });
            expect(json).toMatchObject({ kind: 'json', media: [jsonFile] });
            return;
          }
          expect(json).toMatchObject({ value: one?.json, kind: 'json', media: [] });
          expect(label?.kind).toBe('label');
          expect(label?.value).toEqual(
            dialect.cells === 'values'
              ? Object.fromEntries((one?.label ?? []).map((item) => [item.label, item.confidence]))
              : { label: one?.label[0]?.label, confidences: one?.label },
          );
        });
      }),
      { numRuns: 30 },
    );
  });

  it.each(['guide', 'gradio-4', 'gradio-6'] as const)('without a header is read by its cells (%s)', (format) => {
    const dialect = dialectFor(format, 'SimpleCSVLogger');
    const kinds: readonly LoggedComponent[] = [{ kind: 'textbox' }, { kind: 'number' }, { kind: 'image', label: 'im' }];
    const samples = [1, -2.5].map((number) => ({
      data: [`text ${number}`, number, fileData('/tmp/cat.png')],
      option: null,
      username: null,
    }));
    const log = written(dialect, kinds, samples);
    const { layout, samples: read } = readLogText(logName(dialect, 1), log.text);
    expect(layout).toMatchObject({ era: 'simple', headerRecords: 0 });
    expect(read.map(({ values }) => values.slice(0, 2).map(({ value }) => value))).toEqual([
      ['text 1', 1],
      ['text -2.5', -2.5],
    ]);
    expect(read.every(({ option, timestamp: time }) => option === null && time === null)).toBe(true);
  });
});
