import fc from 'fast-check';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CountedContent, FileContent, TextContent } from '../../../../../extension/core/hub/client/content';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'flag-review-content-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function bytesOf(content: Blob): Promise<Buffer> {
  return Buffer.from(await new Response(content.stream()).arrayBuffer());
}

describe('content to upload', () => {
  it('is what a Blob of the same bytes is, in every part and way of reading', async () => {
    const size = fc.oneof(fc.integer({ min: 0, max: 600_000 }), fc.constantFrom(0, 1, 262_144, 262_145, 524_288));
    const slices = fc.array(fc.tuple(fc.nat(700_000), fc.nat(700_000)), { maxLength: 2 });
    await fc.assert(
      fc.asyncProperty(size, slices, async (length, cuts) => {
        const bytes = Buffer.from(Uint8Array.from({ length }, (_, at) => at ^ (at >> 8)));
        const file = join(folder, 'content.bin');
        await writeFile(file, bytes);
        let ours: Blob = new FileContent(file, length);
        let theirs = new Blob([bytes]);
        for (const [start, end] of cuts) {
          ours = ours.slice(start, end);
          theirs = theirs.slice(start, end);
        }
        const expected = Buffer.from(await theirs.arrayBuffer());
        expect(ours.size).toBe(theirs.size);
        expect(expected.equals(await bytesOf(ours))).toBe(true);
        expect(expected.equals(Buffer.from(await ours.arrayBuffer()))).toBe(true);
        expect((await ours.text()) === (await theirs.text())).toBe(true);
      }),
      { numRuns: 10 },
    );
  });

  it('is a text as UTF-8, wherever its pieces end', async () => {
    const filler = fc.integer({ min: 262_130, max: 262_150 }).map((length) => 'x'.repeat(length));
    const text = fc.tuple(fc.string({ unit: 'grapheme' }), filler, fc.string({ unit: 'binary' }), filler);
    await fc.assert(
      fc.asyncProperty(text, async (parts) => {
        const content = new TextContent(parts.join('😀é'));
        const expected = Buffer.from(parts.join('😀é'));
        expect(content.size).toBe(expected.length);
        expect(expected.equals(await bytesOf(content))).toBe(true);
      }),
      { numRuns: 10 },
    );
  });

  it('is counted as it goes, and again when it goes again', async () => {
    let counted = 0;
    const content = new CountedContent(new Blob(['x'.repeat(100_000)], { type: 'text/x' }), (bytes) => {
      counted += bytes;
    });
    expect(content).toMatchObject({ size: 100_000, type: 'text/x' });
    expect(counted).toBe(0);
    await bytesOf(content);
    await bytesOf(content);
    expect(counted).toBe(200_000);
  });
});
