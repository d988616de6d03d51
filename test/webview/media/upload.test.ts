import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FileData } from '../../../extension/core/demo/fileData';
import { chunkSize, uploader, type UploadHost } from '../../../webview/demo/media/upload';
import { file } from '../outputs/kinds';

/** A host that keeps what it is sent. */
function keeper(fail: (chunk: number) => Error | null = () => null) {
  const begun: unknown[][] = [];
  const chunks: Uint8Array[] = [];
  let waiting = 0;
  const host: UploadHost = {
    beginUpload: (...args) => {
      begun.push(args);
      return Promise.resolve(7);
    },
    uploadChunk: async (upload, bytes) => {
      expect([upload, waiting]).toEqual([7, 0]);
      waiting += 1;
      await Promise.resolve();
      waiting -= 1;
      const failure = fail(chunks.length);
      if (failure) throw failure;
      chunks.push(new Uint8Array(bytes));
    },
    endUpload: () => Promise.resolve<FileData>(file('stored')),
  };
  const received = () => chunks.flatMap((chunk) => [chunk]);
  return { host, begun, received };
}

/** Bytes that differ from place to place, so that a swapped or lost chunk shows. */
function bytesOf(size: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(size);
  for (let i = 0; i < size; i += 997) bytes[i] = (i / 997) % 251;
  return bytes;
}

describe('uploader', () => {
  it('sends every byte in order, whatever the size, in messages of at most 4 MB', async () => {
    const edges = fc.constantFrom(0, 1, chunkSize - 1, chunkSize, chunkSize + 1, 2 * chunkSize, 3 * chunkSize + 5);
    await fc.assert(
      fc.asyncProperty(fc.oneof(edges, fc.integer({ min: 0, max: 100_000 })), async (size) => {
        const { host, begun, received } = keeper();
        const bytes = bytesOf(size);
        const sent: number[] = [];
        const stored = await uploader(host, 3)(new Blob([bytes], { type: 'image/png' }), 'a.png', (n) => sent.push(n));
        expect(stored.path).toBe('token/stored');
        expect(begun).toEqual([[3, 'a.png', 'image/png', size]]);
        expect(Buffer.concat(received()).equals(bytes)).toBe(true);
        expect(received().every((chunk) => chunk.length > 0 && chunk.length <= chunkSize)).toBe(true);
        expect(sent.at(-1) ?? 0).toBe(size);
        expect(sent).toEqual([...sent].sort((a, b) => a - b));
      }),
      { numRuns: 20 },
    );
  });

  it('stops when it is cancelled, and never finishes the file', async () => {
    const { host, received } = keeper();
    const controller = new AbortController();
    const ended: number[] = [];
    const spied: UploadHost = { ...host, endUpload: (id) => (ended.push(id), host.endUpload(id)) };
    const sending = uploader(spied, 0)(
      new Blob([bytesOf(3 * chunkSize)]),
      'a',
      () => controller.abort(),
      controller.signal,
    );
    await expect(sending).rejects.toMatchObject({ name: 'AbortError' });
    expect(received()).toHaveLength(1);
    expect(ended).toEqual([]);
  });

  it('passes on what the host says is wrong', async () => {
    const { host } = keeper((chunk) => (chunk === 1 ? new Error('The disk is full.') : null));
    const sending = uploader(host, 0)(new Blob([bytesOf(3 * chunkSize)]), 'a', () => undefined);
    await expect(sending).rejects.toThrow('The disk is full.');
  });

  it('never holds more than a chunk of a file in memory', async () => {
    const { host } = keeper();
    const slices: [number, number][] = [];
    const huge = {
      type: '',
      size: 25 * chunkSize,
      slice: (start: number, end: number) => {
        slices.push([start, end]);
        return { arrayBuffer: () => Promise.resolve(new ArrayBuffer(8)) };
      },
    } as unknown as Blob;
    await uploader(host, 0)(huge, 'huge.bin', () => undefined);
    expect(slices).toHaveLength(25);
    expect(slices.every(([start, end]) => end - start === chunkSize)).toBe(true);
  });
});
