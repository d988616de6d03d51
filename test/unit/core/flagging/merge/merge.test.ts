import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { encodeRecord, excel } from '../../../../../extension/core/csv/dialect';
import type { LogFormat } from '../../../../../extension/core/demo/definition';
import { readLogText } from '../../../../../extension/core/flagging/log/readLog';
import type { LoggedSample } from '../../../../../extension/core/flagging/log/types';
import { describeMerge } from '../../../../../extension/core/flagging/merge/describe';
import { mergeLogs } from '../../../../../extension/core/flagging/merge/merge';
import { planMerge } from '../../../../../extension/core/flagging/merge/plan';
import { readSources } from '../../../../../extension/core/flagging/merge/readSources';
import type { MergePlan } from '../../../../../extension/core/flagging/merge/types';

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
  readonly format?: LogFormat;
  readonly once?: boolean;
}

async function plan(logs: readonly string[], format: LogFormat = 'guide'): Promise<MergePlan> {
  return planMerge(await readSources(logs, [folder]), format);
}

/** Merges into a directory of its own. @returns the log's path and text */
async function merged(logs: readonly string[], { format, once = false }: Options = {}) {
  const path = await mergeLogs(await plan(logs, format), join(folder, 'merged', String(runs++)), { once, random });
  return { path, text: await readFile(path, 'utf8') };
}

let runs = 0;
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
  it('says what will be written, and writes nothing', async () => {
    const logs = await threeEras();
    const planned = await plan(logs);
    expect(planned).toMatchObject({ logName: 'logs.csv', samples: 3, files: { count: 2, bytes: 6 } });
    const columns = planned.columns.map(({ name, logs: count }) => `${name} ${count}`);
    expect(columns).toEqual(['image 2', 'score 2', 'label 1', 'text 1', 'flag 1', 'username 1', 'timestamp 3']);
    const text = describeMerge(planned, '/out', basename).flatMap(({ title, lines }) => [title, ...lines]);
    expect(text).toContain('text (in 1 of 3 logs)');
    expect(text).toContain('Files to copy: 2 files, 6 bytes');
    expect((await readdir(folder)).sort()).toEqual(['one', 'three', 'two']);
  });

  it('tells duplicates by what files hold, and leaves them out only when asked', async () => {
    const row = (file: string): string => `image,timestamp\nimage/${file},${time(1)}\n`;
    await put('a/image/0.png', 'same');
    await put('b/image/7.png', 'same');
    await put('c/image/0.png', 'diff');
    const logs = [
      await put('a/logs.csv', row('0.png')),
      await put('b/logs.csv', row('7.png')),
      await put('c/logs.csv', row('0.png')),
    ];
    expect((await plan(logs)).duplicates).toEqual({
      count: 1,
      files: { count: 1, bytes: 4 },
      first: [{ log: logs[1], row: 0, of: { log: logs[0], row: 0 } }],
    });
    const all = await merged(logs);
    expect(all.text.split('\r\n')).toHaveLength(5);
    const once = await merged(logs, { once: true });
    expect(once.text.split('\r\n')).toHaveLength(4);
    expect(await readdir(join(dirname(once.path), 'image'))).toEqual(['0.png', '1.png']);
  });

  it('tells a few of very many duplicates one by one, and counts all', async () => {
    const rows = Array.from({ length: 50 }, () => `a,${time(1)}\n`).join('');
    const planned = await plan([await put('a/logs.csv', `text,timestamp\n${rows}`)]);
    expect(planned.duplicates.count).toBe(49);
    const [part] = describeMerge(planned, '/out', basename).filter(({ title }) => title.startsWith('Duplicates'));
    expect(part?.lines).toHaveLength(21);
    expect(part?.lines.at(-1)).toBe('and 29 more');
  });
});

describe('a merged log', () => {
  it('unites columns by label and role, and orders rows by time', async () => {
    const { path, text } = await merged(await threeEras());
    const { layout, samples } = readLogText('logs.csv', text);
    expect(layout.columns.map(({ name }) => name)).toEqual([
      'image',
      'score',
      'label',
      'text',
      'flag',
      'username',
      'timestamp',
    ]);
    const label = '{"label": "cat", "confidences": [{"label": "cat", "confidence": 0.9}]}';
    expect(samples.map((sample) => sample.cells)).toEqual([
      ['image/0.png', '', label, '', '', 'me', time(1)],
      ['', '7', '', "'=1+1", '', '', time(2)],
      ['image/1.png', '-0.5', '', '', 'wrong', '', time(3)],
    ]);
    const files = ['image/0.png', 'image/1.png'].map((name) => readFile(join(dirname(path), name), 'utf8'));
    expect(await Promise.all(files)).toEqual(['cat', 'dog']);
  });

  it('leaves out the columns that a release always writes and nothing fills', async () => {
    const log = await put('a/log.csv', `text,flag,username,timestamp\r\na,,,${time(1)}\r\n`);
    expect((await merged([log])).text).toBe(`text,timestamp\r\na,${time(1)}\r\n`);
    expect((await merged([log], { format: 'gradio-4' })).text).toBe(
      `text,flag,username,timestamp\r\na,,,${time(1)}\r\n`,
    );
  });

  it('is one of Gradio 6 when asked', async () => {
    const { path, text } = await merged(await threeEras(), { format: 'gradio-6' });
    expect(basename(path)).toBe('dataset1.csv');
    expect(readLogText(basename(path), text).layout.era).toBe('F2');
    expect(await readdir(join(dirname(path), 'image/abcdef0123456789abcd'))).toEqual(['cat.png', '0.png'].sort());
  });

  it('keeps a row whose file is missing, with its path, and says so', async () => {
    const log = await put('a/logs.csv', `image,text,timestamp\nimage/9.png,kept,${time(1)}\n`);
    expect((await merged([log])).text).toContain(`\nimage/9.png,kept,${time(1)}\r\n`);
    const planned = await plan([log]);
    expect(planned.missing).toEqual({ count: 1, first: [{ log, row: 0, path: 'image/9.png' }] });
    expect(describeMerge(planned, '/out', basename).at(-1)?.lines).toEqual(['logs.csv, sample 1: image/9.png']);
  });

  it('has every value of every sample, in the order of each log', async () => {
    const cell = fc.string({ unit: fc.constantFrom('a', 'é', '"', ',', '\n', ' ', '-'), minLength: 1, maxLength: 5 });
    const names = fc.uniqueArray(fc.constantFrom('x', 'y', 'z'), { minLength: 1 });
    const source = names.chain((columns) =>
      fc.record({
        columns: fc.constant(columns),
        rows: fc.array(fc.tuple(fc.integer({ min: 0, max: 9 }), fc.tuple(...columns.map(() => cell))), {
          maxLength: 4,
        }),
      }),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(source, { minLength: 1, maxLength: 3 }),
        fc.constantFrom<LogFormat>('guide', 'gradio-6'),
        async (logs, format) => {
          const texts = logs.map(({ columns, rows }) => logOf(columns, rows, format === 'guide'));
          const paths = await Promise.all(texts.map((text, index) => put(`${index}/logs.csv`, text)));
          const { path, text } = await merged(paths, { format });
          const after = readLogText(basename(path), text).samples.map(valuesOf);
          for (const before of texts.map((one) => readLogText('logs.csv', one).samples.map(valuesOf))) {
            let at = 0;
            for (const values of after) if (at < before.length && values === before[at]) at++;
            expect(at).toBe(before.length);
          }
          expect(after).toHaveLength(logs.reduce((sum, { rows }) => sum + rows.length, 0));
        },
      ),
      { numRuns: 50 },
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
    expect(await readFile(await mergeLogs(await plan([log]), out), 'utf8')).toBe(
      `image,timestamp\r\nimage/0.png,${time(1)}\r\n`,
    );
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
function logOf(
  columns: readonly string[],
  rows: readonly (readonly [second: number, cells: readonly string[]])[],
  withQuotes: boolean,
): string {
  const records = rows.map(([second, cells]) => [
    ...cells.map((cell) => (withQuotes ? cell : cell.replaceAll('"', 'q'))),
    time(second),
  ]);
  return [[...columns, 'timestamp'], ...records].map((cells) => encodeRecord(cells, excel)).join('');
}

/** The values that a sample has, by name, and its time. */
function valuesOf({ values, timestamp }: LoggedSample): string {
  const filled = values.filter(({ raw }) => raw !== '').map(({ column, value }) => [column.name, value]);
  return JSON.stringify([filled.map(String).sort(), timestamp]);
}
