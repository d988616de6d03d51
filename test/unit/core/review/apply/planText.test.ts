import { readFile } from 'node:fs/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyEdits } from '../../../../../extension/core/csv/editCells';
import { planApply } from '../../../../../extension/core/review/apply/plan';
import { planTextApply } from '../../../../../extension/core/review/apply/planText';
import { runApply } from '../../../../../extension/core/review/apply/run';
import { areOut, textRemoval } from '../../../../../extension/core/review/apply/textRemoval';
import { testFiles } from '../../dataset/folder';
import { decisionsOn, type Decided } from './decisions';
import { newLabel, rawCsv, rawText } from './rawCsv';

const write = testFiles();
const choice = fc.record({ row: fc.nat({ max: 9 }), label: fc.option(newLabel) });

describe('the plan for the text of an editor', () => {
  it('makes of it what the plan for a file of that text makes of the file', async () => {
    await fc.assert(
      fc.asyncProperty(
        rawCsv,
        fc.uniqueArray(choice, { selector: ({ row }) => row, maxLength: 5 }),
        fc.constantFrom('remove' as const, 'column' as const),
        async (file, choices, discard) => {
          const text = rawText(file);
          const dataset = await write(file.delimiter === '\t' ? 'data.tsv' : 'data.csv', text);
          const decided = choices.flatMap(({ row, label }): Decided[] => {
            if (row >= file.lines.length) return [];
            return [label === null ? { row, decision: 'discard' } : { row, decision: 'change', label }];
          });
          const request = { dataset, discard, entries: await decisionsOn(dataset, decided) };
          const { plan, edits } = await planTextApply(text, request);
          expect(plan).toMatchObject({ dataset, read: null, leftOut: [] });
          await runApply(await planApply(request));
          const edited = applyEdits(text, edits);
          expect(edited).toBe(await readFile(dataset, 'utf8'));
          const line = textRemoval(text, { plan, edits });
          expect(line && [areOut(text, line), areOut(edited, line)]).toEqual(line && [false, true]);
          expect(line !== undefined).toBe(plan.removes.length > 0);
          if (discard === 'column') expect(line).toBeUndefined();
        },
      ),
      { numRuns: 60 },
    );
  });

  it('tells whether records are out of a text that goes on, however many are like them', async () => {
    const rows = ['a,x', 'b,x', 'a,x', 'c,x', 'b,x'];
    const text = ['text,label', ...rows, ''].join('\n');
    const dataset = await write('twins.csv', text);
    const entries = await decisionsOn(dataset, [
      { row: 1, decision: 'discard' },
      { row: 2, decision: 'discard' },
    ]);
    const planned = await planTextApply(text, { dataset, discard: 'remove', entries });
    const line = textRemoval(text, planned) ?? expect.fail('nothing is taken out');
    const edited = applyEdits(text, planned.edits);
    expect(edited).toBe('text,label\na,x\nc,x\nb,x\n');
    expect([edited, `${edited}d,x\n`, text, `${text}d,x\n`].map((now) => areOut(now, line))).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });
});
