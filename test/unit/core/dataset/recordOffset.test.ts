import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTable } from '../../../../extension/core/dataset/openTable';
import { recordOffset } from '../../../../extension/core/dataset/recordOffset';

describe('where a record begins in a text', () => {
  let folder: string;
  beforeAll(async () => (folder = await mkdtemp(join(tmpdir(), 'record-offset-'))));
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('leaves out the header, empty lines, a byte order mark and line ends within quotes', () => {
    const text = '\ufeffid;text\r\n\r\n1;"a\nb;c"\r\n\r\n2;d\r\n';
    expect(text.slice(recordOffset(text, 'csv', 0)).startsWith('1;"a')).toBe(true);
    expect(text.slice(recordOffset(text, 'csv', 1))).toBe('2;d\r\n');
    expect(recordOffset(text, 'csv', 2)).toBeUndefined();
  });

  it('counts lines of JSON Lines without a header', () => {
    expect(recordOffset('{"a": 1}\n\n{"a": "\\n"}\n', 'jsonl', 1)).toBe(10);
  });

  it('is the record that the table counts so', async () => {
    const cell = fc.stringMatching(/^[a-z" \n]{0,6}$/).map((text) => `"${text.replaceAll('"', '""')}"`);
    const line = fc.oneof(
      fc.constant(''),
      fc.tuple(fc.nat(9), cell).map((cells) => cells.join(',')),
    );
    const file = join(folder, 'table.csv');
    await fc.assert(
      fc.asyncProperty(fc.array(line, { minLength: 1, maxLength: 12 }), async (lines) => {
        const text = ['id,text', ...lines].join('\n');
        await writeFile(file, text);
        const index = await (await openTable(file)).index();
        for (const [row, [id]] of (await index.read(0, index.rows)).entries()) {
          expect(text[recordOffset(text, 'csv', row) ?? -1]).toBe(id);
        }
        expect(recordOffset(text, 'csv', index.rows)).toBeUndefined();
      }),
      { numRuns: 40 },
    );
  });
});
