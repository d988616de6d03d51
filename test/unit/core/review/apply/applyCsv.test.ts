import { readFile } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planApply } from '../../../../../extension/core/review/apply/plan';
import { runApply } from '../../../../../extension/core/review/apply/run';
import { planUndo, runUndo } from '../../../../../extension/core/review/apply/undo';
import { testFiles } from '../../dataset/folder';
import { decisionsOn, type Decided } from './decisions';
import { columns, labelAt, newLabel, rawBytes, rawCsv, type RawCell, type RawCsv, type RawLine } from './rawCsv';

const write = testFiles();
const decided = fc.array(fc.record({ row: fc.nat({ max: 9 }), label: fc.option(newLabel) }), { maxLength: 6 });
interface Choice {
  readonly row: number;
  /** Null for a record that is discarded. */
  readonly label: string | null;
}

/** One choice a record that there is; what the record says already is none. */
function choicesOn(file: RawCsv, choices: readonly Choice[]): Choice[] {
  const rows = new Map(choices.map((choice) => [choice.row, choice]));
  return [...rows.values()].filter(({ row }) => row < file.lines.length);
}

const decisionOf = ({ row, label }: Choice): Decided =>
  label === null ? { row, decision: 'discard' } : { row, decision: 'change', label };

/** A line with another cell; cells that it is too short for are added. */
function withCell(line: RawLine, at: number, value: string): RawLine {
  const old = line.cells[at];
  if ((old?.value ?? '') === value) return line;
  const added = Array.from({ length: Math.max(0, at - line.cells.length) }, (): RawCell => ({
    value: '',
    quoted: false,
  }));
  const cells = [
    ...line.cells.slice(0, at),
    ...added,
    { value, quoted: old?.quoted ?? false },
    ...line.cells.slice(at + 1),
  ];
  return { ...line, cells };
}

async function applied(path: string, choices: readonly Choice[], discard: 'remove' | 'column'): Promise<Buffer> {
  const plan = await planApply({ dataset: path, discard, entries: await decisionsOn(path, choices.map(decisionOf)) });
  expect(plan.leftOut).toEqual([]);
  expect(plan.changes + plan.discards + plan.applied).toBe(choices.length);
  await runApply(plan);
  return readFile(path);
}

async function undone(path: string): Promise<Buffer> {
  await runUndo(await planUndo(path));
  return readFile(path);
}

describe('applying to CSV', () => {
  it('writes the labels and no other byte, in every dialect, encoding and line end; undo restores all', async () => {
    await fc.assert(
      fc.asyncProperty(rawCsv, decided, async (file, some) => {
        const choices = choicesOn(file, some).filter(({ label }) => label !== null);
        const before = rawBytes(file);
        const path = await write(file.delimiter === '\t' ? 'data.tsv' : 'data.csv', before);
        const after = await applied(path, choices, 'remove');
        const labels = new Map(choices.map(({ row, label }) => [row, label ?? '']));
        const lines = file.lines.map((line, row) =>
          withCell(line, labelAt, labels.get(row) ?? line.cells[labelAt]?.value ?? ''),
        );
        expect(after.toString('latin1')).toBe(rawBytes({ ...file, lines }).toString('latin1'));
        expect((await undone(path)).equals(before)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it('marks discarded records in a column of its own', async () => {
    await fc.assert(
      fc.asyncProperty(rawCsv, decided, async (file, some) => {
        const choices = choicesOn(file, some);
        fc.pre(choices.some(({ label }) => label === null));
        const before = rawBytes(file);
        const path = await write(file.delimiter === '\t' ? 'data.tsv' : 'data.csv', before);
        const after = await applied(path, choices, 'column');
        const labels = new Map(choices.map(({ row, label }) => [row, label]));
        const lines = file.lines.map((line, row) => {
          const label = labels.get(row);
          if (label === null) return withCell(line, columns.length, 'true');
          const labelled = label === undefined ? line : withCell(line, labelAt, label);
          const isWhole = line.cells.length === columns.length;
          return isWhole ? { ...labelled, cells: [...labelled.cells, { value: '', quoted: false }] } : labelled;
        });
        const header = withCell(file.header, columns.length, 'discarded');
        expect(after.toString('latin1')).toBe(rawBytes({ ...file, header, lines }).toString('latin1'));
        expect((await undone(path)).equals(before)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it('removes discarded records, as csv-parse reads it', async () => {
    await fc.assert(
      fc.asyncProperty(rawCsv, decided, async (file, some) => {
        const choices = choicesOn(file, some);
        const before = rawBytes(file);
        const path = await write(file.delimiter === '\t' ? 'data.tsv' : 'data.csv', before);
        const after = await applied(path, choices, 'remove');
        const labels = new Map(choices.map(({ row, label }) => [row, label]));
        const expected = file.lines.flatMap((line, row) => {
          const label = labels.get(row);
          if (label === null) return [];
          return [(label === undefined ? line : withCell(line, labelAt, label)).cells.map(({ value }) => value)];
        });
        expect(peerRows(after, file)).toEqual([columns, ...expected]);
        expect((await undone(path)).equals(before)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it('corrects two columns of a record, and one that is too short for them', async () => {
    const path = await write('data.csv', 'text,topic,"tone"\na,"x",y\nb\n');
    const entries = [
      ...(await decisionsOn(path, [{ row: 0, decision: 'change', label: 'z' }], { column: 'topic' })),
      ...(await decisionsOn(path, [{ row: 0, decision: 'change', label: 'w' }], { column: 'tone' })),
      ...(await decisionsOn(path, [{ row: 1, decision: 'change', label: 'w' }], { column: 'tone' })),
      ...(await decisionsOn(path, [{ row: 1, decision: 'change', label: 'z' }], { column: 'topic' })),
    ];
    const plan = await planApply({ dataset: path, entries, discard: 'remove' });
    expect(plan).toMatchObject({ changes: 4, leftOut: [] });
    await runApply(plan);
    expect(await readFile(path, 'utf8')).toBe('text,topic,"tone"\na,"z",w\nb,z,w\n');
  });

  it('uses the column of discarded records that is there, and leaves marked ones alone', async () => {
    const path = await write('data.csv', 'text,discarded,label\na,,x\nb,True,x\nc,no,x\n');
    const decided = [0, 1, 2].map((row): Decided => ({ row, decision: 'discard' }));
    const plan = await planApply({ dataset: path, entries: await decisionsOn(path, decided), discard: 'column' });
    expect(plan).toMatchObject({ discards: 2, applied: 1 });
    await runApply(plan);
    expect(await readFile(path, 'utf8')).toBe('text,discarded,label\na,true,x\nb,True,x\nc,true,x\n');
  });

  it('takes what reviewers agree on once, and nothing that a language model proposes', async () => {
    const path = await write('data.csv', 'text,label\na,x\nb,x\nc,x\n');
    const of = (reviewer: string, ...decided: readonly Decided[]) =>
      decisionsOn(
        path,
        decided.map((one) => ({ ...one, reviewer })),
      );
    const entries = [
      ...(await of(
        'ann',
        { row: 0, decision: 'change', label: 'y' },
        { row: 1, decision: 'discard' },
        { row: 2, decision: 'skip' },
      )),
      ...(await of('bob', { row: 0, decision: 'change', label: 'y' }, { row: 1, decision: 'ambiguous' })),
      ...(await of('bob', { row: 2, decision: 'change', label: 'y', source: 'model' })),
    ];
    const plan = await planApply({ dataset: path, entries, discard: 'remove' });
    expect(plan).toMatchObject({ changes: 1, discards: 0, applied: 0 });
    expect(plan.leftOut.map(({ entry, reason }) => [entry.reviewer, entry.row, reason])).toEqual([
      ['ann', 1, 'conflict'],
    ]);
    await runApply(plan);
    expect(await readFile(path, 'utf8')).toBe('text,label\na,y\nb,x\nc,x\n');
  });
});

function peerRows(bytes: Buffer, { encoding, delimiter }: RawCsv): string[][] {
  const text = new TextDecoder(encoding).decode(bytes);
  const options = {
    delimiter,
    relax_column_count: true,
    skip_empty_lines: true,
    record_delimiter: ['\r\n', '\n', '\r'],
  };
  return parse(text, options);
}
