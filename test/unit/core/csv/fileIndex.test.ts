import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { excel } from '../../../../extension/core/csv/dialect';
import { FileIndex } from '../../../../extension/core/csv/fileIndex';
import { TextIndex } from '../../../../extension/core/csv/textIndex';
import { ExpectedError } from '../../../../extension/core/errors';
import { dialectAndText, type DialectAndText } from './texts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'file-index-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const encoders = {
  'utf-8': (text: string) => Buffer.from(text),
  'utf-16le': (text: string) => Buffer.from(`\ufeff${text.replace(/^\ufeff/, '')}`, 'utf16le'),
  'utf-16be': (text: string) => Buffer.from(`\ufeff${text.replace(/^\ufeff/, '')}`, 'utf16le').swap16(),
};

function written(bytes: Buffer): string {
  const path = join(folder, 'log.csv');
  writeFileSync(path, bytes);
  return path;
}

function recordsOf({ text, dialect }: DialectAndText): string[] {
  const index = new TextIndex(text, dialect);
  return Array.from({ length: index.count }, (_, record) => {
    const { start, end } = index.span(record);
    return text.slice(start, end);
  });
}

describe('FileIndex', () => {
  it.each(['utf-8', 'utf-16le', 'utf-16be'] as const)('reads any part of a %s file', async (encoding) => {
    const large = dialectAndText.chain(({ dialect, text }) =>
      fc.nat(300).map((times) => ({ dialect, text: `${text.replace(/[^\r\n]*$/, '')}a,b\r\n`.repeat(times) + text })),
    );
    await fc.assert(
      fc.asyncProperty(large, fc.nat(), fc.nat(150), async (content, at, count) => {
        const index = await FileIndex.read(written(encoders[encoding](content.text)), content.dialect);
        const expected = recordsOf(content);
        expect([index.encoding, index.count]).toEqual([encoding, expected.length]);
        const from = at % (expected.length + 1);
        expect(await index.readRecords(from, count)).toEqual(expected.slice(from, from + count));
      }),
      { numRuns: 60 },
    );
  });

  it('finds records that lie across the pieces in which a file is read', async () => {
    const text = `a,"${'x\r\n'.repeat(400_000)}"\r\n`.repeat(3) + 'last,é';
    const index = await FileIndex.read(written(encoders['utf-16be'](text)), excel);
    const expected = recordsOf({ text, dialect: excel });
    expect(await index.readRecords(1, 9)).toEqual(expected.slice(1));
  });

  it('reads Windows-1252', async () => {
    const index = await FileIndex.read(written(Buffer.from([0x80, 0x2c, 0xe9, 0x0a, 0x62])), excel);
    expect(index.encoding).toBe('windows-1252');
    expect(await index.readRecords(0, 2)).toEqual(['€,é\n', 'b']);
  });

  it('says how far it is, and stops when it is told to', async () => {
    const path = written(Buffer.alloc(3_000_000, 'a,b\n'));
    const progress: number[] = [];
    await FileIndex.read(path, excel, { onProgress: (done, size) => progress.push(done / size) });
    expect(progress.length).toBeGreaterThan(1);
    expect(progress).toEqual([...progress].sort((a, b) => a - b));
    expect(progress.at(-1)).toBe(1);
    const stop = new AbortController();
    const reading = FileIndex.read(path, excel, { signal: stop.signal, onProgress: () => stop.abort() });
    await expect(reading).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('refuses to read on in a file that changed', async () => {
    const path = written(Buffer.from('a,b\n'));
    const index = await FileIndex.read(path, excel);
    appendFileSync(path, 'c,d\n');
    await expect(index.readRecords(0, 1)).rejects.toThrow(ExpectedError);
    rmSync(path);
    await expect(index.readRecords(0, 1)).rejects.toThrow(ExpectedError);
  });
});
