import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { encodeRecord, excel } from '../../../../../extension/core/csv/dialect';
import { readLogText } from '../../../../../extension/core/flagging/log/readLog';
import { describeMerge } from '../../../../../extension/core/flagging/merge/describe';
import { mergeLogs } from '../../../../../extension/core/flagging/merge/merge';
import { planMerge } from '../../../../../extension/core/flagging/merge/plan';
import { readSources } from '../../../../../extension/core/flagging/merge/readSources';
import type { MergePlan, MergeSource } from '../../../../../extension/core/flagging/merge/types';

let folder: string;

beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'merge-')));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const time = (second: number): string => `2024-05-01 10:00:${String(second).padStart(2, '0')}.123456`;

async function put(name: string, content: string): Promise<string> {
  const path = join(folder, name);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, content);
  return path;
}

interface Options {
  readonly format?: 'guide' | 'gradio-6';
  readonly once?: boolean;
}

async function plan(logs: readonly string[], { format = 'guide', once = false }: Options = {}): Promise<MergePlan> {
  return planMerge({ sources: await readSources(logs, [folder]), format, once, random });
}

const random = (digits: number): string => 'abcdef0123456789abcdef'.slice(0, digits);
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** A log of Gradio 3.0, one of Gradio 4 and one of ours, which disagree about columns, quotes and paths. */
async function threeEras(): Promise<string[]> {
  const image = await put('two/image/0123456789abcdef0123/cat.png', 'cat');
  await put('one/image/0.png', 'dog');
  return [
    await put(
      'one/log.csv',
      `'image','score','flag','username','timestamp'\r\n'image/0.png',-0.5,'wrong','','${time(3)}'\r\n`,
    ),
    await put(
      'two/log.csv',
      `image,label,flag,username,timestamp\r\n${image},"{""label"": ""cat"", ""confidences"": [{""label"": ""cat"", ""confidence"": 0.9}]}",,me,${time(1)}\r\n`,
    ),
    await put('three/logs.csv', `score,text,timestamp\n7,'=1+1,${time(2)}\n`),
  ];
}

describe('planning a merge', () => {
  it('unites columns by label and role, and orders rows by time', async () => {
    const { records, columns, logName, media } = await plan(await threeEras());
    expect(logName).toBe('logs.csv');
    expect(columns).toEqual(['image', 'score', 'label', 'text', 'flag', 'username', 'timestamp']);
    const cells = readLogText('logs.csv', records.join('')).samples.map((sample) => sample.cells);
    expect(cells).toEqual([
      [
        'image/0.png',
        '',
        '{"label": "cat", "confidences": [{"label": "cat", "confidence": 0.9}]}',
        '',
        '',
        'me',
        time(1),
      ],
      ['', '7', '', "'=1+1", '', '', time(2)],
      ['image/1.png', '-0.5', '', '', 'wrong', '', time(3)],
    ]);
    expect(media.map(({ target, bytes }) => [target, bytes])).toEqual([
      ['image/0.png', 3],
      ['image/1.png', 3],
    ]);
  });

  it('writes a log of Gradio 6 when asked', async () => {
    const { records, logName, media } = await plan(await threeEras(), { format: 'gradio-6' });
    expect(logName).toBe('dataset1.csv');
    expect(readLogText(logName, records.join('')).layout.era).toBe('F2');
    expect(media[0]?.target).toBe('image/abcdef0123456789abcd/cat.png');
  });

  it('tells duplicates by what files hold, and keeps them once only when asked', async () => {
    const row = (file: string): string => `image,timestamp\nimage/${file},${time(1)}\n`;
    await put('a/image/0.png', 'same');
    await put('b/image/7.png', 'same');
    await put('c/image/0.png', 'diff');
    const logs = [
      await put('a/logs.csv', row('0.png')),
      await put('b/logs.csv', row('7.png')),
      await put('c/logs.csv', row('0.png')),
    ];
    const all = await plan(logs);
    expect(all.duplicates).toEqual([{ log: logs[1], row: 0, of: { log: logs[0], row: 0 } }]);
    expect(all.records).toHaveLength(4);
    const once = await plan(logs, { once: true });
    expect(once.records).toHaveLength(3);
    expect(once.media).toHaveLength(2);
  });

  it('keeps a row whose file is missing, with its path, and says so', async () => {
    const log = await put('a/logs.csv', `image,text,timestamp\nimage/9.png,kept,${time(1)}\n`);
    const found = await plan([log]);
    expect(found.records[1]).toBe(`image/9.png,kept,${time(1)}\r\n`);
    expect(found.missing).toEqual([{ log, row: 0, path: 'image/9.png' }]);
    expect(describeMerge(found, '/out', (path) => path).join('\n')).toContain('image/9.png');
  });

  it('keeps every value of every sample', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', 'é', '"', ',', '\n', ' ', '-'), minLength: 1, maxLength: 5 });
    const names = fc.uniqueArray(fc.constantFrom('x', 'y', 'z'), { minLength: 1 });
    const source = names.chain((columns) =>
      fc.record({
        columns: fc.constant(columns),
        rows: fc.array(fc.array(cell, { minLength: columns.length, maxLength: columns.length }), { maxLength: 4 }),
      }),
    );
    fc.assert(
      fc.property(
        fc.array(source, { minLength: 1, maxLength: 3 }),
        fc.constantFrom('guide', 'gradio-6'),
        (logs, format) => {
          const sources = logs.map(({ columns, rows }, index) =>
            sourceOf(`/${index}/logs.csv`, columns, format === 'guide' ? rows : rows.map(withoutQuotes)),
          );
          const merged = planMerge({ sources, format, once: false, random });
          const texts = (source: MergeSource): unknown[] =>
            source.samples.map(({ sample }) => sample.values.map(({ column, value }) => [column.name, value]));
          const { layout, samples } = readLogText(merged.logName, merged.records.join(''));
          const after = samples.map(({ values }) =>
            values.filter(({ raw }) => raw !== '').map(({ column, value }) => [column.name, value]),
          );
          expect(layout.columns.map(({ name }) => name)).toEqual(merged.columns);
          const normal = (rows: readonly unknown[]): string[] =>
            rows.map((values) => JSON.stringify((values as unknown[][]).map(String).sort())).sort();
          expect(normal(after)).toEqual(normal(sources.flatMap(texts)));
        },
      ),
    );
  });
});

describe('merging', () => {
  it('makes the new directory with files, notes and marks, and leaves the logs alone', async () => {
    const text = `image,timestamp\nimage/0.png,${time(1)}\n`;
    const log = await put('a/logs.csv', text);
    await put('a/image/0.png', 'cat');
    await put('a/notes/0123456789abcdef0123.png', 'better');
    const row = sha256(`image/0.png,${time(1)}\n`);
    const corrected = { image: { path: 'notes/0123456789abcdef0123.png', meta: { _type: 'gradio.FileData' } } };
    await put(
      'a/notes.jsonl',
      `${JSON.stringify({ log: 'logs.csv', timestamp: time(1), row, option: null, note: 'no', corrected })}\n`,
    );
    await put(
      'a/marks.jsonl',
      `torn\n${JSON.stringify({ log: 'logs.csv', timestamp: time(1), row, reviewed: true })}\n`,
    );
    const out = join(folder, 'merged');
    const merged = await mergeLogs(await plan([log]), out);
    expect(await readFile(merged, 'utf8')).toBe(`image,timestamp\r\nimage/0.png,${time(1)}\r\n`);
    expect(await readFile(join(out, 'image/0.png'), 'utf8')).toBe('cat');
    const hash = sha256(`image/0.png,${time(1)}\r\n`);
    const note: unknown = JSON.parse(await readFile(join(out, 'notes.jsonl'), 'utf8'));
    expect(note).toMatchObject({
      row: hash,
      note: 'no',
      corrected: { image: { path: 'notes/0123456789abcdef0123.png' } },
    });
    expect(await readFile(join(out, 'notes/0123456789abcdef0123.png'), 'utf8')).toBe('better');
    expect(JSON.parse(await readFile(join(out, 'marks.jsonl'), 'utf8'))).toMatchObject({ row: hash, reviewed: true });
    expect(await readFile(log, 'utf8')).toBe(text);
  });

  it('leaves nothing behind when a file cannot be copied or it is cancelled', async () => {
    const [log = ''] = await threeEras();
    const planned = await plan([log]);
    const aborted = AbortSignal.abort(new Error('cancelled'));
    await expect(mergeLogs(planned, join(folder, 'out'), { signal: aborted })).rejects.toThrow('cancelled');
    await rm(join(folder, 'one/image/0.png'));
    await expect(mergeLogs(planned, join(folder, 'out'))).rejects.toThrow('could not be saved');
    expect(await readdir(folder)).toEqual(['one', 'three', 'two']);
  });

  it('never merges into a directory that is there', async () => {
    const [log = ''] = await threeEras();
    await expect(mergeLogs(await plan([log]), join(folder, 'one'))).rejects.toThrow('is there already');
    expect(existsSync(join(folder, 'one/logs.csv'))).toBe(false);
  });
});

/** Gradio reads a text like `""` as JSON and writes what it stands for. */
function withoutQuotes(cells: readonly string[]): string[] {
  return cells.map((cell) => cell.replaceAll('"', 'q'));
}

function sourceOf(log: string, columns: readonly string[], rows: readonly (readonly string[])[]): MergeSource {
  const records = rows.map((cells, index) => [...cells, time(index)]);
  const text = [[...columns, 'timestamp'], ...records].map((cells) => encodeRecord(cells, excel)).join('');
  const { layout, samples } = readLogText('logs.csv', text);
  return { log, layout, files: new Map(), samples: samples.map((sample) => ({ sample, notes: [], marks: [] })) };
}
