import { readFile } from 'node:fs/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json } from '../../../../../extension/core/json';
import { planApply } from '../../../../../extension/core/review/apply/plan';
import { runApply } from '../../../../../extension/core/review/apply/run';
import { planUndo, runUndo } from '../../../../../extension/core/review/apply/undo';
import { testFiles } from '../../dataset/folder';
import { decisionsOn, type Decided } from './decisions';

const write = testFiles();

/** A line whose label stands between two parts that stay. */
interface RawLine {
  readonly before: string;
  readonly label: string;
  readonly after: string;
  readonly lineEnd: string;
}

const space = fc.constantFrom('', '', ' ', '  ', '\t');
/** Spellings that programs differ in: none of them may be written in another way. */
const spelling = fc.constantFrom(
  '1.0',
  '1e5',
  '-0',
  '12345678901234567890',
  'null',
  '"\\u00e9\\/"',
  '"é"',
  '"a \\"label\\": 1"',
  '{ "label" : "inner", "x":[ {"label":2} ] }',
  '[ ]',
  '[1,  "label"]',
);
const label = fc.constantFrom('"ham"', '"h\\u0061m"', '"spam"', '1', 'true', 'null', '["a","b"]');
const lineEnd = fc.constantFrom('\n', '\n', '\r\n', '\n\n');

const rawLine = fc
  .record({
    text: fc.nat(),
    first: fc.array(fc.tuple(space, spelling), { maxLength: 2 }),
    last: fc.array(fc.tuple(space, spelling), { maxLength: 2 }),
    spaces: fc.tuple(space, space, space, space),
    label,
    earlier: fc.option(label),
    lineEnd,
  })
  .map(({ text, first, last, spaces: [a, b, c, d], label: own, earlier, lineEnd: end }): RawLine => {
    const member = ([gap, value]: readonly [string, string], at: number): string => `"k${at}"${gap}:${gap}${value}`;
    const double = earlier === null ? [] : [`"label":${earlier}`];
    const before = [...first.map(member), ...double, `"text":${b}"text ${text}"`, `${c}"l\\u0061bel"${d}:${a}`];
    const after = last.map((one, at) => `,${member(one, at + 5)}`).join('');
    return { before: `{${a}${before.join(`${b},`)}`, label: own, after: `${c}${after}${d}}`, lineEnd: end };
  });

const rawFile = fc.record({
  lines: fc.array(rawLine, { minLength: 1, maxLength: 8 }),
  mark: fc.boolean(),
  ends: fc.boolean(),
});
const newLabel = fc.constantFrom<Json>('spam', 'ham', 'é "x"', 7, false, null, ['a'], ['a', 'é']);
const choices = fc.uniqueArray(fc.tuple(fc.nat({ max: 9 }), newLabel), { selector: ([row]) => row, maxLength: 6 });

const bytesOf = (lines: readonly RawLine[], mark: boolean, ends: boolean): Buffer => {
  const text = lines.map(({ before, label: own, after, lineEnd: end }) => before + own + after + end).join('');
  return Buffer.from((mark ? '\ufeff' : '') + (ends ? text : text.replace(/[\r\n]+$/, '')));
};

async function apply(
  path: string,
  decided: readonly Decided[],
  discard: 'remove' | 'column' = 'column',
): Promise<string> {
  const plan = await planApply({ dataset: path, discard, entries: await decisionsOn(path, decided, { text: null }) });
  expect(plan.leftOut).toEqual([]);
  await runApply(plan);
  return readFile(path, 'utf8');
}

describe('applying to JSON Lines', () => {
  it('replaces the characters of the values and no others; undo restores all', async () => {
    await fc.assert(
      fc.asyncProperty(rawFile, choices, async ({ lines, mark, ends }, some) => {
        const chosen = some.filter(([row]) => row < lines.length);
        const before = bytesOf(lines, mark, ends);
        const path = await write('data.jsonl', before);
        const after = await apply(
          path,
          chosen.map(([row, value]) => ({ row, decision: 'change', label: value })),
        );
        const wanted = new Map(chosen);
        const parts = after
          .replace(/^\ufeff/, '')
          .split(/[\r\n]+/)
          .filter(Boolean);
        const expected = lines.map((line, row) => {
          const value = wanted.get(row);
          const isSame = value === undefined || JSON.stringify(value) === JSON.stringify(JSON.parse(line.label));
          return isSame ? line : { ...line, label: (parts[row] ?? '').slice(line.before.length, -line.after.length) };
        });
        expect(after).toBe(bytesOf(expected, mark, ends).toString());
        for (const [row, value] of wanted)
          expect((JSON.parse(parts[row] ?? '') as { label: Json }).label).toEqual(value);
        await runUndo(await planUndo(path));
        expect((await readFile(path)).equals(before)).toBe(true);
      }),
      { numRuns: 100 },
    );
  });

  it.each([
    ['{"text": "a", "label": ["x"]}', ['y', 'z'], '{"text": "a", "label": ["y", "z"]}'],
    ['{"text":"a","label":["x"]}', ['y', 'z'], '{"text":"a","label":["y","z"]}'],
    ['{"text": "caf\\u00e9", "label": "x"}', 'é😀', '{"text": "caf\\u00e9", "label": "\\u00e9\\ud83d\\ude00"}'],
    ['{"text":"é","label":"x"}', 'é😀', '{"text":"é","label":"é😀"}'],
    ['{"text": "a", "label": 1.0}', 2, '{"text": "a", "label": 2.0}'],
    [
      '{"text": "a", "label": 12345678901234567890}',
      '98765432109876543210',
      '{"text": "a", "label": 98765432109876543210}',
    ],
  ])('writes into %s in the style of the line', async (line, value, expected) => {
    const path = await write('data.jsonl', `${line}\n`);
    expect(await apply(path, [{ row: 0, decision: 'change', label: value }])).toBe(`${expected}\n`);
  });

  it('adds keys that are missing, and marks only what is discarded', async () => {
    const lines = [
      '{"text": "a", "label": "x"}',
      '{"text": "b"}',
      '{ "label":"x","text":"c" }',
      '{"text":"d","label":"x"}',
      '{}',
    ];
    const path = await write('data.jsonl', lines.join('\n'));
    const after = await apply(path, [
      { row: 0, decision: 'discard' },
      { row: 1, decision: 'change', label: 'y' },
      { row: 2, decision: 'discard' },
      { row: 4, decision: 'change', label: 'z' },
    ]);
    expect(after.split('\n')).toEqual([
      '{"text": "a", "label": "x", "discarded": true}',
      '{"text": "b", "label": "y"}',
      '{ "label":"x","text":"c","discarded":true }',
      '{"text":"d","label":"x"}',
      '{"label": "z"}',
    ]);
    expect(await apply(path, [{ row: 0, decision: 'discard' }])).toBe(after);
  });

  it('removes the bytes of discarded records, and of the line end before the last one', async () => {
    const path = await write('data.jsonl', '{"text":"a"}\r\n\n{"text":"b"}\n{"text":"c","label":1}\r\n{"text":"d"}');
    const discarded = [0, 3].map((row): Decided => ({ row, decision: 'discard' }));
    expect(await apply(path, discarded, 'remove')).toBe('\n{"text":"b"}\n{"text":"c","label":1}');
    expect(
      await apply(
        path,
        [
          { row: 0, decision: 'discard' },
          { row: 1, decision: 'discard' },
        ],
        'remove',
      ),
    ).toBe('\n');
    await runUndo(await planUndo(path));
    await runUndo(await planUndo(path));
    expect(await readFile(path, 'utf8')).toBe('{"text":"a"}\r\n\n{"text":"b"}\n{"text":"c","label":1}\r\n{"text":"d"}');
  });
});
