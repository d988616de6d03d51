import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createDecoder, decode, detectEncoding, encode, type Encoding } from '../../../../extension/core/csv/encodings';

describe('detectEncoding', () => {
  it.each<[string, readonly number[], Encoding, number]>([
    ['nothing', [], 'utf-8', 0],
    ['ASCII', [0x61, 0x2c], 'utf-8', 0],
    ['a UTF-8 mark', [0xef, 0xbb, 0xbf, 0x61], 'utf-8', 3],
    ['a UTF-16 LE mark', [0xff, 0xfe, 0x61, 0], 'utf-16le', 2],
    ['a UTF-16 BE mark', [0xfe, 0xff, 0, 0x61], 'utf-16be', 2],
    ['é of Windows-1252', [0x63, 0x61, 0x66, 0xe9, 0x2c, 0x61], 'windows-1252', 0],
    ['é of Windows-1252 at the end', [0x63, 0x61, 0x66, 0xe9], 'windows-1252', 0],
  ])('knows %s', (_, bytes, encoding, bomLength) => {
    expect(detectEncoding(Uint8Array.from(bytes), true)).toEqual({ encoding, bomLength });
  });

  it('knows UTF-8 wherever a sample is cut', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'é', '€', '😀', '\u0000'), maxLength: 12 });
    fc.assert(
      fc.property(text, fc.nat(), (content, cut) => {
        const bytes = Buffer.from(content);
        const sample = bytes.subarray(0, cut % (bytes.length + 1));
        expect(detectEncoding(sample).encoding).toBe('utf-8');
        expect(detectEncoding(bytes, true).encoding).toBe('utf-8');
      }),
    );
  });
});

describe('decode', () => {
  it('reads what the encodings have for the same text', () => {
    expect(decode(Buffer.from([0x80, 0x61, 0x92, 0xe9, 0x9f, 0x81, 0xa0]), 'windows-1252')).toBe('€a’éŸ\u0081\u00a0');
    expect(decode(Buffer.from('\ufeffé😀', 'utf16le').swap16(), 'utf-16be')).toBe('\ufeffé😀');
    expect(decode(Buffer.from('é😀', 'utf16le'), 'utf-16le')).toBe('é😀');
    expect(decode(Buffer.from('\ufeffé😀'), 'utf-8')).toBe('\ufeffé😀');
    expect(decode(Buffer.from([0x61, 0xff]), 'utf-8')).toBe('a\ufffd');
  });

  it.each<[Encoding, Buffer]>([
    ['utf-8', Buffer.from('aé€😀')],
    ['utf-16le', Buffer.from('aé€😀', 'utf16le')],
    ['utf-16be', Buffer.from('aé€😀', 'utf16le').swap16()],
    ['windows-1252', Buffer.from([0x61, 0xe9, 0x80])],
  ])('reads %s byte by byte', (encoding, bytes) => {
    const decoder = createDecoder(encoding);
    const parts = [...bytes].map((byte) => decoder.decode(Uint8Array.of(byte), { stream: true }));
    expect(parts.join('') + decoder.decode()).toBe(decode(bytes, encoding));
  });
});

describe('encode', () => {
  it.each<Encoding>(['utf-8', 'utf-16le', 'utf-16be'])('writes in %s what is read from it', (encoding) => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(decode(encode(text, encoding) ?? Buffer.alloc(0), encoding)).toBe(text);
      }),
    );
  });

  it('writes every byte of Windows-1252 as it was', () => {
    const bytes = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));
    expect(encode(decode(bytes, 'windows-1252'), 'windows-1252')).toEqual(bytes);
  });

  it('refuses what Windows-1252 does not have', () => {
    expect(encode('caf☃', 'windows-1252')).toBeUndefined();
  });
});
