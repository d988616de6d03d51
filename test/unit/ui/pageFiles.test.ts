import { mkdtemp, mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import * as os from 'node:os';
import * as path from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fileData } from '../../../extension/core/demo/fileData';
import { hasLoosePath, PageFiles } from '../../../extension/ui/pageFiles';

let folder: string;
let mediaDir: string;
let files: PageFiles;

beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'page-files-'));
  mediaDir = path.join(folder, 'media');
  await mkdir(mediaDir);
  files = new PageFiles({ mediaDir, toUrl: (file) => `page:${path.relative(mediaDir, file)}` });
});
afterEach(async () => {
  await files.dispose();
  await rm(folder, { recursive: true, force: true });
});

const bytes = (text: string) => new TextEncoder().encode(text);

describe('uploads', () => {
  it('arrive in chunks, keep their name, and come back as the file they are', async () => {
    const id = await files.beginUpload('cat.png', 'image/png', 6);
    await files.uploadChunk(id, bytes('abc'));
    await files.uploadChunk(id, bytes('def'));
    const shown = await files.endUpload(id);
    expect(shown).toMatchObject({ orig_name: 'cat.png', mime_type: 'image/png', size: 6 });
    expect(shown.path).not.toContain(path.sep);
    const kept = files.fromPage(shown);
    expect(await readFile(kept.path, 'utf8')).toBe('abcdef');
    expect(kept).toMatchObject({ url: null, orig_name: 'cat.png' });
  });

  it('never leave the media directory, whatever they are called', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: fc.constantFrom('.', '/', '\\', 'a', '\0', ':'), maxLength: 9 }),
        async (name) => {
          const id = await files.beginUpload(name, '', 0);
          const { path: token } = await files.endUpload(id);
          const relative = path.relative(mediaDir, files.resolve(token).path);
          expect(relative.split(path.sep)).toHaveLength(3);
          expect(relative).toMatch(/^uploads/);
        },
      ),
      { numRuns: 50 },
    );
  });

  it('refuse more or fewer bytes than were announced, and leave nothing behind', async () => {
    const long = await files.beginUpload('a.txt', '', 2);
    await expect(files.uploadChunk(long, bytes('abc'))).rejects.toThrow('a.txt grew while it was read.');
    const short = await files.beginUpload('b.txt', '', 2);
    await files.uploadChunk(short, bytes('a'));
    await expect(files.endUpload(short)).rejects.toThrow('b.txt was not read to its end.');
    await expect(files.uploadChunk(short, bytes('a'))).rejects.toThrow('not being added any more');
    expect(await readdir(path.join(mediaDir, 'uploads'))).toEqual([]);
  });

  it('are given up when the panel closes', async () => {
    await files.beginUpload('a.txt', '', 2);
    await files.dispose();
    expect(await readdir(path.join(mediaDir, 'uploads'))).toEqual([]);
  });
});

describe('files that the host shows', () => {
  it('get the same token each time and never their path', async () => {
    const inside = path.join(mediaDir, 'out.png');
    await writeFile(inside, 'x');
    const [first, second] = await files.toPage([fileData(inside), { nested: [fileData(inside)] }]);
    expect(first).toMatchObject({ url: 'page:out.png' });
    expect(JSON.stringify([first, second])).not.toContain(folder);
    expect(second).toEqual({ nested: [first] });
  });

  it('are copied into the media directory when they lie elsewhere, but stand for the original', async () => {
    const outside = path.join(folder, 'example.txt');
    await writeFile(outside, 'hello');
    const shown = await files.toPage(fileData(outside));
    expect(await readFile(path.join(mediaDir, (shown.url ?? '').slice('page:'.length)), 'utf8')).toBe('hello');
    expect(files.resolve(shown.path).path).toBe(outside);
  });

  it('have no address when they are missing', async () => {
    expect((await files.toPage(fileData(path.join(folder, 'gone.png')))).url).toBeNull();
  });
});

describe('what a page sends back', () => {
  it('is refused when it names a file that the host did not give', () => {
    expect(() => files.fromPage([fileData('/etc/passwd')])).toThrow('no longer known');
  });

  it('is told apart when it only looks like a file', () => {
    expect(hasLoosePath(null)).toBe(false);
    expect(hasLoosePath(fileData('token'))).toBe(false);
    expect(hasLoosePath([{ image: fileData('token'), caption: 'a/b' }])).toBe(false);
    expect(hasLoosePath('/etc/passwd')).toBe(true);
    expect(hasLoosePath(['/etc/passwd'])).toBe(true);
    expect(hasLoosePath({ path: '/etc/passwd' })).toBe(true);
    expect(hasLoosePath([{ image: { path: '/etc/passwd', other: fileData('token') } }])).toBe(true);
  });
});
