import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encode } from 'fast-png';
import fc from 'fast-check';
import { encode as encodeJpeg } from 'jpeg-js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fileData } from '../../../../../extension/core/demo/fileData';
import { pixelDifference } from '../../../../../extension/core/flagging/replay/pixels';
import { sameOutput } from '../../../../../extension/core/flagging/replay/sameOutput';

const comparison = { tolerance: { absolute: 0.01, relative: 0, pixels: 1 }, pixels: pixelDifference };

describe('equal outputs', () => {
  it('are equal to themselves, whatever JSON they are', async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), async (value) => {
        expect(await sameOutput('json', value, structuredClone(value), comparison)).toBe(true);
      }),
    );
  });

  it('compare numbers with the tolerance, and numbers inside JSON exactly', async () => {
    expect(await sameOutput('number', 1, 1.009, comparison)).toBe(true);
    expect(await sameOutput('number', 1, 1.011, comparison)).toBe(false);
    expect(await sameOutput('json', { a: 1 }, { a: 1.009 }, comparison)).toBe(false);
    expect(await sameOutput('number', NaN, NaN, comparison)).toBe(true);
    expect(await sameOutput('number', NaN, 1, comparison)).toBe(false);
    expect(await sameOutput('number', 1, null, comparison)).toBe(false);
  });

  it('compare labels by name, and confidences with the tolerance', async () => {
    const label = (name: string, confidence: number) => ({ label: name, confidences: [{ label: name, confidence }] });
    expect(await sameOutput('label', label('cat', 0.5), label('cat', 0.505), comparison)).toBe(true);
    expect(await sameOutput('label', label('cat', 0.5), label('cat', 0.6), comparison)).toBe(false);
    expect(await sameOutput('label', label('cat', 0.5), label('dog', 0.5), comparison)).toBe(false);
  });

  it('compare texts exactly', async () => {
    expect(await sameOutput('textbox', 'a b', 'a  b', comparison)).toBe(false);
    expect(await sameOutput('textbox', '1', '1.0', comparison)).toBe(false);
  });
});

describe('equal files', () => {
  let folder = '';
  beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'flag-review-'))));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const write = (name: string, bytes: Uint8Array) => {
    writeFileSync(join(folder, name), bytes);
    return fileData(join(folder, name));
  };
  const png = (name: string, value: (index: number) => number, channels = 3) => {
    const data = Uint8Array.from({ length: 16 * 16 * channels }, (_, index) => value(index));
    return write(name, encode({ width: 16, height: 16, data, channels, depth: 8 }));
  };

  it('are those with the same bytes, of any size', async () => {
    const bytes = Buffer.alloc(300_000, 'x');
    const other = Buffer.from(bytes);
    other[299_999] = 0;
    const [one, two, three] = [write('a.wav', bytes), write('b.wav', bytes), write('c.wav', other)];
    expect(await sameOutput('audio', one, two, comparison)).toBe(true);
    expect(await sameOutput('audio', one, three, comparison)).toBe(false);
  });

  it('are images whose pixels hardly differ, however they are stored', async () => {
    const value = (index: number): number => (index * 7) % 200;
    const grey = (index: number): number => ((index >> 2) * 7) % 200;
    const one = png('one.png', value);
    expect(
      await sameOutput(
        'image',
        one,
        png('near.png', (index) => value(index) + 1),
        comparison,
      ),
    ).toBe(true);
    expect(
      await sameOutput(
        'image',
        one,
        png('far.png', (index) => value(index) + 9),
        comparison,
      ),
    ).toBe(false);
    expect(
      await sameOutput(
        'image',
        png('rgba.png', (index) => (index % 4 === 3 ? 255 : value(3 * (index >> 2) + (index % 4))), 4),
        one,
        comparison,
      ),
    ).toBe(true);
    const rgba = Uint8Array.from({ length: 16 * 16 * 4 }, (_, index) => (index % 4 === 3 ? 255 : grey(0)));
    const jpeg = write('flat.jpg', encodeJpeg({ width: 16, height: 16, data: rgba }, 95).data);
    expect(
      await sameOutput(
        'image',
        jpeg,
        png('flat.png', () => grey(0)),
        comparison,
      ),
    ).toBe(true);
  });

  it('are not images of another size, and not damaged ones', async () => {
    const one = png('size.png', () => 0);
    const wide = write('wide.png', encode({ width: 8, height: 16, data: new Uint8Array(8 * 16 * 3), channels: 3 }));
    expect(await sameOutput('image', one, wide, comparison)).toBe(false);
    expect(
      await sameOutput('image', one, write('torn.png', Buffer.from('\x89PNG\r\n\x1a\n', 'latin1')), comparison),
    ).toBe(false);
  });
});
