import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { appendFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { stageFile } from '../../../../../extension/core/hub/staging/stageFile';
import { stageFiles } from '../../../../../extension/core/hub/staging/stageFiles';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'flag-review-stage-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function write(name: string, content: string | Buffer): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, content);
  return file;
}

describe('a staged file', () => {
  it.each([0, 1, 5, 262_144, 262_145, 1_000_003])('of %i bytes has the name that git gives it', async (size) => {
    const content = Buffer.alloc(size, 'flag & review\n');
    const file = await write('a.bin', content);
    const staged = await stageFile('data/a.bin', file);
    expect(staged).toMatchObject({ path: 'data/a.bin', file, size });
    expect(staged.oid).toBe(execFileSync('git', ['hash-object', '--no-filters', file], { encoding: 'utf8' }).trim());
    expect(staged.sha256).toBe(createHash('sha256').update(content).digest('hex'));
  });

  it.each([
    ['grows', (file: string) => appendFileSync(file, 'more')],
    ['shrinks', (file: string) => writeFileSync(file, 'x')],
    ['is written again', (file: string) => writeFileSync(file, Buffer.alloc(600_000, 'b'))],
  ])('that %s while it is read is refused by its name', async (_, change) => {
    const file = await write('a.csv', Buffer.alloc(600_000, 'a'));
    let seen = 0;
    const onChunk = (): void => {
      if (seen++ === 0) change(file);
    };
    await expect(stageFile('a.csv', file, { onChunk })).rejects.toThrow(`${file} changed while it was read`);
  });

  it('that is gone is refused by its name', async () => {
    await expect(stageFile('a', join(folder, 'gone'))).rejects.toThrow(`There is no file ${join(folder, 'gone')}`);
  });
});

describe('staging files', () => {
  it('keeps their order and tells how far it is', async () => {
    const names = Array.from({ length: 30 }, (_, at) => `${at}.txt`);
    const listed = await Promise.all(
      names.map(async (path, at) => ({ path, file: await write(path, 'x'.repeat(30 - at)) })),
    );
    const bytes = (30 * 31) / 2;
    const told: (readonly number[])[] = [];
    const { files } = await stageFiles(listed, { bytes, onProgress: (done, size) => told.push([done, size]) });
    expect(files.map(({ path }) => path)).toEqual(names);
    expect(told.at(-1)).toEqual([bytes, bytes]);
    expect(told.every(([done = 0], at) => done > (told[at - 1]?.[0] ?? 0))).toBe(true);
  });

  it('stops when it is cancelled, and at the first file that is gone', async () => {
    const listed = [{ path: 'a', file: await write('a', 'x') }];
    await expect(stageFiles(listed, { signal: AbortSignal.abort(new Error('enough')) })).rejects.toThrow('enough');
    const gone = { path: 'gone', file: join(folder, 'gone') };
    await expect(stageFiles([...listed, gone, ...listed])).rejects.toThrow('There is no file');
  });

  it('finds what looks like a secret, also across chunks, and never says it', async () => {
    const token = `hf_${'a1B2'.repeat(9)}`;
    const listed = [
      { path: 'a.csv', file: await write('a.csv', `text\n${'x'.repeat(262_120)} ${token}\n`) },
      { path: 'b.pem', file: await write('b.pem', '-----BEGIN RSA PRIVATE KEY-----\n') },
      { path: 'c.bin', file: await write('c.bin', `\0${token}`) },
      { path: 'd.txt', file: await write('d.txt', 'a risk-free task-force: hf_datasets, skills, sk-learn') },
    ];
    const { warnings } = await stageFiles(listed);
    expect(warnings.map(({ kind, paths }) => [kind, paths])).toEqual([
      ['secret', ['a.csv']],
      ['secret', ['b.pem']],
    ]);
    expect(JSON.stringify(warnings)).not.toContain(token.slice(3));
    expect(warnings[0]?.message).toBe('What looks like a Hugging Face token (hf_…) is in: "a.csv".');
  });
});
