import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { encode, type Encoding } from '../../../../../extension/core/csv/encodings';
import { openLog, type SampleRecord } from '../../../../../extension/core/flagging/log/readLog';
import {
  changeOption,
  putBack,
  restoreRows,
  takeOut,
  type LogRows,
} from '../../../../../extension/core/flagging/log/rowChanges';
import { byText, planUnflag } from '../../../../../extension/core/flagging/unflag';
import { silentLog } from '../../../../../extension/core/log';

const time = '2026-01-02 03:04:05.678901';
const options = { log: silentLog };

/** The encodings that logs come in, with what stands before their first character. */
const encodings: readonly (readonly [name: string, encoding: Encoding, mark: string])[] = [
  ['UTF-8', 'utf-8', ''],
  ['UTF-8 with a byte order mark', 'utf-8', '\ufeff'],
  ['UTF-16 LE', 'utf-16le', '\ufeff'],
  ['UTF-16 BE', 'utf-16be', '\ufeff'],
  ['Windows-1252', 'windows-1252', ''],
];

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'batches-'));
});
afterEach(() => rm(folder, { recursive: true }));

function bytesOf(text: string, encoding: Encoding): Buffer {
  const bytes = encode(text, encoding);
  if (!bytes) throw new Error(`${encoding} does not have all of ${text}.`);
  return bytes;
}

/** Samples of a log by their positions. */
async function rowsOf(log: string, wanted: (row: number) => boolean = () => true): Promise<LogRows> {
  const { layout, records } = await openLog(log);
  const found: SampleRecord[] = [];
  for await (const record of records) if (wanted(record.sample.row)) found.push(record);
  return { log, layout, texts: found.map(({ text }) => text) };
}

async function optionsOf(log: string): Promise<(string | null)[]> {
  const found: (string | null)[] = [];
  for await (const { sample } of (await openLog(log)).records) found.push(sample.option);
  return found;
}

describe.each(encodings)('a log in %s', (_, encoding, mark) => {
  const header = 'text,Output,flag,timestamp\r\n';
  const write = async (rows: readonly string[]): Promise<string> => {
    const log = join(folder, 'logs.csv');
    await writeFile(log, bytesOf(mark + header + rows.join(''), encoding));
    return log;
  };

  it('loses any rows at once and no other byte, and gets all of them back', async () => {
    const cell = fc.string({ unit: fc.constantFrom('a', 'é', 'œ', '€', ' ', ',', '""', '\n'), maxLength: 6 });
    const row = fc.tuple(cell, fc.boolean()).map(([text, isTaken]) => ({
      text: `"é${text}",out,wrong,${time}\r\n`,
      isTaken,
    }));
    const rows = fc.array(row, { minLength: 1, maxLength: 8 }).filter((all) => all.some(({ isTaken }) => isTaken));
    await fc.assert(
      fc.asyncProperty(rows, fc.boolean(), async (all, isOpen) => {
        // Equal rows cannot be told apart, so that those that stand last are taken.
        const unique = all.map(({ text, isTaken }, index) => ({
          text: text.replace('out', String(index)).slice(0, isOpen && index === all.length - 1 ? -2 : undefined),
          isTaken,
        }));
        const log = await write(unique.map(({ text }) => text));
        const before = await readFile(log);
        const chosen = await rowsOf(log, (at) => unique[at]?.isTaken ?? false);
        const taken = await takeOut(chosen, [], join(folder, 'kept'), options);
        const left = unique.filter(({ isTaken }) => !isTaken).map(({ text }) => text);
        expect(await readFile(log)).toEqual(bytesOf(mark + header + left.join(''), encoding));
        await putBack(taken, silentLog);
        expect(await readFile(log)).toEqual(before);
      }),
      { numRuns: 12 },
    );
  });

  it('gets other options in their cells alone, and the old ones back', async () => {
    const rows = ['é', '"œ\nb"', 'c'].map((text) => `${text},out,wrong,${time}\r\n`);
    const log = await write(rows);
    const before = await readFile(log);
    const changed = await changeOption(await rowsOf(log, (row) => row !== 1), 'drôle', options);
    const after = [rows[0]?.replace('wrong', 'drôle'), rows[1], rows[2]?.replace('wrong', 'drôle')].join('');
    expect(await readFile(log)).toEqual(bytesOf(mark + header + after, encoding));
    await restoreRows(changed, options);
    expect(await readFile(log)).toEqual(before);
  });
});

it('a log in Windows-1252 keeps its encoding when what is left of it happens to be UTF-8', async () => {
  const log = join(folder, 'logs.csv');
  const rows = ['"é"', '"é€œ"'].map((text) => `${text},out,wrong,${time}\r\n`);
  await writeFile(log, bytesOf(`text,Output,flag,timestamp\r\n${rows.join('')}`, 'windows-1252'));
  const before = await readFile(log);
  await putBack(await takeOut(await rowsOf(log, (row) => row === 0), [], join(folder, 'kept'), options), silentLog);
  expect(await readFile(log)).toEqual(before);
});

it('an option that the encoding of its log cannot hold is refused, and nothing is changed', async () => {
  const log = join(folder, 'logs.csv');
  await writeFile(log, bytesOf(`text,Output,flag,timestamp\r\né,out,wrong,${time}\r\n`, 'windows-1252'));
  const before = await readFile(log);
  await expect(changeOption(await rowsOf(log), 'off by ☃', options)).rejects.toThrow(/windows-1252, which has no “☃”/);
  expect(await readFile(log)).toEqual(before);
});

describe('the option of a row that does not fit its header', () => {
  const header = 'text,output,flag,username,timestamp\r\n';

  it.each([
    ['without a user', `a,b,wrong,${time}\r\n`, `a,b,right,${time}\r\n`],
    ['with everything', `a,b,wrong,bob,${time}\r\n`, `a,b,right,bob,${time}\r\n`],
  ])('is changed in the cell that is shown as it: %s', async (_, row, expected) => {
    const log = join(folder, 'dataset1.csv');
    await writeFile(log, header + row);
    expect(await optionsOf(log)).toEqual(['wrong']);
    await changeOption(await rowsOf(log), 'right', options);
    expect(await readFile(log, 'utf8')).toBe(header + expected);
  });

  it('is refused where there is no such cell, for all rows', async () => {
    const log = join(folder, 'dataset1.csv');
    const text = `${header}a,b,wrong,bob,${time}\r\na,b,${time}\r\n`;
    await writeFile(log, text);
    await expect(changeOption(await rowsOf(log), 'right', options)).rejects.toThrow(/no place for a flagging option/);
    expect(await readFile(log, 'utf8')).toBe(text);
  });
});

describe('a metadata.jsonl', () => {
  const lines = [
    '{"text": "a \\"flag\\": 1", "n": {"flag": "inner"},   "flag" : "wrong" ,"username": "bob"}\n',
    '{"flag":"wr\\u00f6ng","text":"b"}\n',
    '{"flag":null, "text": "ünquoted"}',
  ] as const;
  const write = async (): Promise<string> => {
    const log = join(folder, 'metadata.jsonl');
    await writeFile(log, lines.join(''));
    return log;
  };

  it('gets another option in place, with spacing, order and escapes as they were', async () => {
    const log = await write();
    await changeOption(await rowsOf(log), 'drôle', options);
    expect(await readFile(log, 'utf8')).toBe(
      [
        lines[0].replace('"wrong"', '"dr\\u00f4le"'),
        lines[1].replace('"wr\\u00f6ng"', '"dr\\u00f4le"'),
        lines[2].replace('null', '"drôle"'),
      ].join(''),
    );
    expect(await optionsOf(log)).toEqual(['drôle', 'drôle', 'drôle']);
  });

  it('loses lines and gets them back', async () => {
    const log = await write();
    const taken = await takeOut(await rowsOf(log, (row) => row !== 1), [], join(folder, 'kept'), options);
    expect(await readFile(log, 'utf8')).toBe(lines[1]);
    await putBack(taken, silentLog);
    expect(await readFile(log, 'utf8')).toBe(lines.join(''));
  });

  it('refuses an option for a line that has no place for it', async () => {
    const log = await write();
    await writeFile(log, `${lines.join('')}\n{"text": "c"}\n`);
    await expect(changeOption(await rowsOf(log), 'x', options)).rejects.toThrow(/no place for a flagging option/);
  });
});

describe('many samples of a long log', () => {
  const all = Array.from({ length: 100_000 }, (_, row) => `text ${row},out,wrong,${time}\r\n`);
  const isTaken = (row: number): boolean => row % 10 === 3;
  const header = 'text,Output,flag,timestamp\r\n';

  it('are taken out by one change and come back by one', async () => {
    const log = join(folder, 'logs.csv');
    await writeFile(log, header + all.join(''));
    const keys = all.filter((_, row) => isTaken(row));
    const plan = await planUnflag(log, keys, byText, { folders: [folder] });
    expect(plan.texts).toHaveLength(10_000);
    const taken = await takeOut(plan, plan.media, join(folder, 'kept'), options);
    expect(await readFile(log, 'utf8')).toBe(header + all.filter((_, row) => !isTaken(row)).join(''));
    await putBack(taken, silentLog);
    expect(await readFile(log, 'utf8')).toBe(header + all.join(''));
  });

  it('stay when it is cancelled', async () => {
    const log = join(folder, 'logs.csv');
    await writeFile(log, header + all.join(''));
    const cancel = new AbortController();
    const planning = planUnflag(log, all, byText, {
      folders: [folder],
      signal: cancel.signal,
      onProgress: () => cancel.abort(),
    });
    await expect(planning).rejects.toThrow(/abort/i);
    const rows = await rowsOf(log, isTaken);
    await expect(takeOut(rows, [], join(folder, 'kept'), { ...options, signal: cancel.signal })).rejects.toThrow(
      /abort/i,
    );
    expect(await readFile(log, 'utf8')).toBe(header + all.join(''));
  });
});
