import fc from 'fast-check';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FileLog, type RowNumbers } from '../../../../../extension/core/flagging/log/fileLog';
import { findCell, matchingRows } from '../../../../../extension/core/flagging/log/view';
import type { LogQuery } from '../../../../../extension/protocol/log';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'file-log-'));
});
afterEach(() => rm(folder, { recursive: true }));

const all: LogQuery = { search: '', filters: [], sort: null };
const header = 'text,Output,flag,timestamp\r\n';
const time = '2026-01-02 03:04:05.000001';
const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
const records = (cells: readonly (readonly string[])[]) => cells.map((row) => `${row.map(quoted).join()}\r\n`).join('');
const listed = (rows: RowNumbers) => Array.from({ length: rows.length }, (_, position) => rows.at(position));

async function logOf(text: string | Buffer, name = 'logs.csv'): Promise<FileLog> {
  const path = join(folder, name);
  await writeFile(path, text);
  return FileLog.read(path, {});
}

/** Cells of a small alphabet, so that searches find something. */
const cellText = fc.string({ unit: fc.constantFrom('a', 'B', '"', ',', '\n', 'é', 'Σ', ' '), maxLength: 6 });
const rowCells = fc.tuple(cellText, cellText, cellText).map((cells) => [...cells, time]);

describe('a log that is read by parts', () => {
  it('shows and finds what a log in memory shows and finds', async () => {
    const query = fc.record({
      search: fc.oneof(fc.constant(''), cellText),
      filters: fc.array(fc.record({ column: fc.nat(4), contains: cellText }), { maxLength: 2 }),
      sort: fc.constant(null),
    });
    const from = fc.record({ position: fc.nat(12), column: fc.nat(4) });
    await fc.assert(
      fc.asyncProperty(
        fc.array(rowCells, { minLength: 1, maxLength: 12 }),
        query,
        cellText,
        from,
        fc.boolean(),
        async (cells, asked, text, place, backwards) => {
          const log = await logOf(header + records(cells));
          const memory = { count: cells.length, cells: (row: number) => cells[row] ?? [] };
          const rows = matchingRows(memory, asked);
          const matched = await log.matching(asked);
          expect(listed(matched)).toEqual(rows);
          expect(await log.find(matched, text, place, backwards)).toEqual(
            findCell(memory, rows, text, place, backwards),
          );
        },
      ),
      { numRuns: 60 },
    );
  });

  it('reads samples and texts where they stand, in the order in which they are asked for', async () => {
    const cells = Array.from({ length: 5000 }, (_, row) => [`text ${row}`, 'out', 'wrong', time]);
    const log = await logOf(header + records(cells));
    const wanted = [4999, 3, 3000, 3, 64, 5000];
    expect((await log.samples(wanted)).map(({ row, cells: [first] }) => [row, first])).toEqual(
      [4999, 3, 3000, 3, 64].map((row) => [row, `text ${row}`]),
    );
    expect((await log.texts(wanted))[2]).toBe(records([cells[3000] ?? []]));
  });

  it('searches UTF-16 and JSON lines', async () => {
    const wide = await logOf(Buffer.from(`\ufeff${header}${records([['größe', 'x', '', time]])}`, 'utf16le'));
    expect(listed(await wide.matching({ ...all, search: 'GRÖSSE' }))).toEqual([]);
    expect(listed(await wide.matching({ ...all, search: 'GRÖßE' }))).toEqual([0]);
    const lines = '{"text":"a \\u00e9","flag":"x"}\n{"text":"b","flag":"é"}\n{"text":"c","flag":""}\n';
    const json = await logOf(lines, 'metadata.jsonl');
    expect(listed(await json.matching({ ...all, search: 'É' }))).toEqual([0, 1]);
    expect(await json.find(json.all, 'é', { position: 0, column: 0 }, false)).toEqual({
      position: 1,
      row: 1,
      column: 1,
    });
  });

  it('reads a log as windows-1252 whose first letter beyond ASCII stands at its end', async () => {
    const rows = records(Array.from({ length: 3000 }, () => ['plain', 'x'.repeat(40), '', time]));
    const log = await logOf(Buffer.from(header + rows + records([['größe', '', '', time]]), 'latin1'));
    expect(listed(await log.matching({ ...all, search: 'größe' }))).toEqual([3000]);
  });

  it('has no row for an empty line', async () => {
    const log = await logOf(`${header}${records([['a', '', '', time]])}\r\n${records([['b', '', '', time]])}\r\n`);
    expect((await log.samples([0, 1, 2])).map(({ row, cells: [first] }) => [row, first])).toEqual([
      [0, 'a'],
      [1, 'b'],
    ]);
  });

  it('tells how far a pass is, and stops when it is told to', async () => {
    const cells = Array.from({ length: 10_000 }, (_, row) => [`text ${row}`, 'out', 'wrong', time]);
    const log = await logOf(header + records(cells));
    const ending = new AbortController();
    const seen: number[] = [];
    const stopping = {
      signal: ending.signal,
      onProgress: (done: number, size: number) => {
        expect(done).toBeLessThanOrEqual(size);
        seen.push(done);
        if (seen.length === 3) ending.abort(new Error('stopped'));
      },
    };
    await expect(log.matching({ ...all, search: 'text 9999' }, stopping)).rejects.toThrow('stopped');
    expect(seen).toHaveLength(3);
    const from = { position: 0, column: 0 };
    await expect(log.find(log.all, 'text 9999', from, false, { signal: ending.signal })).rejects.toThrow('stopped');
  });
});
