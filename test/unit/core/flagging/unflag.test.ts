import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readPromotable } from '../../../../extension/core/flagging/promote/samples';
import { takeOut } from '../../../../extension/core/flagging/log/rowChanges';
import { byCells, planUnflag } from '../../../../extension/core/flagging/unflag';
import { silentLog } from '../../../../extension/core/log';

const time = '2026-01-02 03:04:05.678901';
const header = 'image,label,flag,timestamp\r\n';
let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'flag-review-unflag-'));
  path = join(folder, 'logs.csv');
  mkdirSync(join(folder, 'image'));
  for (const name of ['0.png', '1.png']) writeFileSync(join(folder, 'image', name), name);
});
afterEach(() => rmSync(folder, { recursive: true }));

const row = (image: string, label: string): string => `image/${image},${label},wrong,${time}\r\n`;
const cells = (image: string, label: string): string[] => [`image/${image}`, label, 'wrong', time];
async function unflag(samples: readonly (readonly string[])[]): Promise<number> {
  const keys = samples.map((sample) => JSON.stringify(sample));
  const plan = await planUnflag(path, keys, byCells, { folders: [folder] });
  return (await takeOut(plan, plan.media, join(folder, '.kept'), { log: silentLog })).rows.length;
}

describe('taking flags back', () => {
  it('takes out these rows, wherever they are by now, and the files that no other row names', async () => {
    writeFileSync(path, header + row('0.png', 'cat') + row('1.png', 'dog') + row('1.png', '"a ""b"""'));
    expect(await unflag([cells('0.png', 'cat'), cells('1.png', 'dog'), cells('1.png', 'gone')])).toBe(2);
    expect(readFileSync(path, 'utf8')).toBe(header + row('1.png', '"a ""b"""'));
    expect(existsSync(join(folder, 'image', '0.png'))).toBe(false);
    expect(existsSync(join(folder, 'image', '1.png'))).toBe(true);
  });

  it('takes out as many of equal rows as are asked for', async () => {
    writeFileSync(path, header + row('0.png', 'cat').repeat(3));
    expect(await unflag([cells('0.png', 'cat'), cells('0.png', 'cat')])).toBe(2);
    expect(readFileSync(path, 'utf8')).toBe(header + row('0.png', 'cat'));
    expect(existsSync(join(folder, 'image', '0.png'))).toBe(true);
  });
});

describe('samples to promote', () => {
  it('have the corrected value, the note and the files of each, and tell those apart that lack a file', async () => {
    writeFileSync(path, header + row('0.png', 'cat') + row('2.png', 'dog') + row('1.png', 'owl'));
    const note = { log: 'logs.csv', timestamp: time, row: 'unknown', option: 'wrong', note: 'a lynx' };
    writeFileSync(join(folder, 'notes.jsonl'), `${JSON.stringify({ ...note, corrected: { label: 'lynx' } })}\n`);
    const all = await readPromotable(path, [], [folder]);
    expect(all.components).toEqual(['image', 'label']);
    expect(all.samples.map(({ components }) => components.map(({ value }) => value))).toEqual([
      ['image/0.png', 'cat'],
      ['image/1.png', 'owl'],
    ]);
    expect(all.left).toEqual([expect.stringMatching(/^Row 2 is left out\. .*image\/2\.png.* was not found/)]);
    writeFileSync(path, header + row('0.png', 'cat'));
    const [corrected] = (await readPromotable(path, [0], [folder])).samples;
    expect(corrected).toMatchObject({ option: 'wrong', timestamp: time, note: 'a lynx' });
    expect(corrected?.components).toMatchObject([
      { name: 'image', files: [join(folder, 'image', '0.png')] },
      { name: 'label', value: 'lynx', files: [] },
    ]);
  });
});
