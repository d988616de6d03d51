import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ExpectedError } from '../../../../../extension/core/errors';
import { readLogFile, readLogText } from '../../../../../extension/core/flagging/log/readLog';
import type { LoggedSample } from '../../../../../extension/core/flagging/log/types';
import { timestamp } from './written';

let folder: string;
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'flag-review-read-'))));
afterAll(() => rmSync(folder, { recursive: true }));

interface Read {
  readonly encoding: string;
  readonly samples: readonly LoggedSample[];
  readonly headerRows: readonly number[];
}

async function read(name: string, bytes: string | Uint8Array): Promise<Read> {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  const { encoding, samples, headerRows } = await readLogFile(path);
  const all: LoggedSample[] = [];
  for await (const sample of samples) all.push(sample);
  return { encoding, samples: all, headerRows };
}

function utf16(text: string, big: boolean): Buffer {
  const bytes = Buffer.from(`\ufeff${text}`, 'utf16le');
  return big ? bytes.swap16() : bytes;
}

describe('a log on disk', () => {
  it('is read as its text is, whatever its encoding', async () => {
    const text = `größe,“x”,timestamp\r\n"zwei\nZeilen €",-1,${timestamp}\r\n`;
    const expected = readLogText('logs.csv', text).samples;
    const encodings: readonly (readonly [string, Uint8Array])[] = [
      ['utf-8', Buffer.from(text)],
      ['utf-8', Buffer.from(`\ufeff${text}`)],
      ['utf-16le', utf16(text, false)],
      ['utf-16be', utf16(text, true)],
      ['windows-1252', Buffer.from(text.replace('“', '\x93').replace('”', '\x94').replace('€', '\x80'), 'latin1')],
    ];
    for (const [encoding, bytes] of encodings) {
      const { samples, encoding: found } = await read('logs.csv', bytes);
      expect(found).toBe(encoding);
      expect(samples).toEqual(expected);
    }
  });

  it('is known as windows-1252 by a byte at its very end', async () => {
    const ascii = `a,timestamp\n${`x,${timestamp}\n`.repeat(20_000)}`;
    const { encoding, samples } = await read('logs.csv', Buffer.from(`${ascii}\xe9,${timestamp}\n`, 'latin1'));
    expect(encoding).toBe('windows-1252');
    expect(samples).toHaveLength(20_001);
    expect(samples.at(-1)?.values[0]?.value).toBe('é');
  });

  it('is read alike as a stream and as a text, records across pieces of the file too', async () => {
    const cell = fc.oneof(
      fc.string({ unit: fc.constantFrom('a', ',', '"', '\r\n', '\n', '\r', 'é', '😀') }),
      fc.constant('x'.repeat(70_000)),
    );
    const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(cell, cell), { maxLength: 12 }), async (rows) => {
        const records = rows.map(([a, b], index) =>
          index % 5 === 4 ? 'a,b,timestamp\n' : `${quoted(a)},${index % 2 ? b : quoted(b)},${timestamp}\n`,
        );
        const text = `a,b,timestamp\r\n${records.join('')}`;
        const { samples, headerRows } = await read('logs.csv', text);
        const whole = readLogText('logs.csv', text);
        expect(samples).toEqual(whole.samples);
        expect(headerRows).toEqual(whole.headerRows);
      }),
      { numRuns: 40 },
    );
  });

  it('may have a header that is longer than what is usually looked at, and a cell of megabytes', async () => {
    const names = Array.from({ length: 30_000 }, (_, index) => `column number ${index}`);
    const row = [...names.map(() => '1').slice(1), 'y'.repeat(3_000_000), timestamp].join();
    const { samples } = await read('logs.csv', `${names.join()},timestamp\r\n${row}\r\n`);
    expect(samples).toHaveLength(1);
    expect(samples[0]?.problem).toBeNull();
    expect(samples[0]?.values.at(-1)?.raw).toHaveLength(3_000_000);
  });

  it('has its last row without a line end, and a quote that is never closed', async () => {
    expect((await read('logs.csv', `a,timestamp\n1,${timestamp}\n2,${timestamp}`)).samples).toHaveLength(2);
    const [sample] = (await read('logs.csv', `a,timestamp\n"1,${timestamp}\n2,${timestamp}\n`)).samples;
    expect(sample?.cells).toEqual([`1,${timestamp}\n2,${timestamp}\n`]);
  });

  it('reads lines of JSON, those that are none too', async () => {
    const text = '{"a": "1", "flag": "x"}\r\n\r\n[1]\n{"flag": "y", "b": 2}';
    const { samples } = await read('metadata.jsonl', text);
    expect(samples).toEqual(readLogText('metadata.jsonl', text).samples);
    expect(samples.map(({ cells, option }) => [cells, option])).toEqual([
      [['1', 'x', ''], 'x'],
      [['[1]'], null],
      [['', 'y', '2'], 'y'],
    ]);
  });

  it('is refused with a sentence when it is not there or a folder', async () => {
    await expect(readLogFile(join(folder, 'none.csv'))).rejects.toThrow(ExpectedError);
    await expect(readLogFile(folder)).rejects.toThrow(/not a plain file/);
  });
});
