import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { acceptAttribute, accepts } from '../../../webview/demo/media/accept';
import { deviceProblem } from '../../../webview/demo/media/capture';
import { filesOf, withFile, withoutFile } from '../../../webview/demo/media/payload';
import { encodeWav } from '../../../webview/demo/media/wav';
import { file } from '../outputs/kinds';

describe('accepts', () => {
  const png = { name: 'a.png', type: 'image/png' };
  const pdf = { name: 'a.PDF', type: 'application/pdf' };
  const nameless = { name: 'photo.HEIC', type: '' };

  it('takes what fits the kind', () => {
    expect(accepts({ kind: 'image' }, png)).toBe(true);
    expect(accepts({ kind: 'image' }, pdf)).toBe(false);
    expect(accepts({ kind: 'image' }, nameless)).toBe(true);
    expect(accepts({ kind: 'audio' }, nameless)).toBe(false);
    expect(accepts({ kind: 'gallery' }, { name: 'a.mp4', type: 'video/mp4' })).toBe(true);
  });

  it('takes what fits the file types of the definition', () => {
    expect(accepts({ kind: 'file' }, pdf)).toBe(true);
    expect(accepts({ kind: 'file', file_types: ['.pdf'] }, pdf)).toBe(true);
    expect(accepts({ kind: 'file', file_types: ['.pdf', 'image'] }, png)).toBe(true);
    expect(accepts({ kind: 'file', file_types: ['.csv', 'audio'] }, png)).toBe(false);
    expect(accepts({ kind: 'file', file_types: ['text'] }, { name: 'a.csv', type: 'application/vnd.ms-excel' })).toBe(
      true,
    );
    expect(accepts({ kind: 'file', file_types: ['file'] }, png)).toBe(true);
  });

  it('asks the file picker for the same', () => {
    expect(acceptAttribute({ kind: 'gallery' })).toBe('image/*,video/*');
    expect(acceptAttribute({ kind: 'file', file_types: ['.pdf', 'text'] })).toBe('.pdf,text/*');
    expect(acceptAttribute({ kind: 'file' })).toBe('');
  });
});

describe('payloads', () => {
  it('of one file hold it or nothing', () => {
    const cat = file('cat.png');
    expect(withFile({ kind: 'image' }, null, cat)).toBe(cat);
    expect(withFile({ kind: 'image' }, file('dog.png'), cat)).toBe(cat);
    expect(withoutFile({ kind: 'image' }, cat, cat)).toBeNull();
    expect([filesOf(null), filesOf('junk'), filesOf(cat)]).toEqual([[], [], [cat]]);
  });

  it('of many keep their order, and the captions of a gallery', () => {
    const first = { image: file('a.png'), caption: 'kept' };
    const film = file('b.mp4', { mime_type: 'video/mp4' });
    const two = withFile({ kind: 'gallery' }, [first], film);
    expect(two).toEqual([first, { video: film, caption: null }]);
    expect(withoutFile({ kind: 'gallery' }, two, film)).toEqual([first]);
    const many = { kind: 'file', file_count: 'multiple' } as const;
    expect(withFile(many, null, film)).toEqual([film]);
    expect(withoutFile(many, [film], film)).toBeNull();
  });
});

describe('encodeWav', () => {
  it('writes a header that says what follows, and samples that read back', () => {
    const sample = fc.float({ min: -1, max: 1, noNaN: true });
    const sound = fc.record({
      channels: fc
        .tuple(fc.integer({ min: 1, max: 2 }), fc.integer({ min: 0, max: 50 }))
        .chain(([count, frames]) =>
          fc.array(fc.array(sample, { minLength: frames, maxLength: frames }), { minLength: count, maxLength: count }),
        ),
      rate: fc.constantFrom(8000, 44_100, 48_000),
    });
    fc.assert(
      fc.property(sound, ({ channels, rate }) => {
        const wav = Buffer.from(
          encodeWav(
            channels.map((samples) => Float32Array.from(samples)),
            rate,
          ),
        );
        const frames = channels[0]?.length ?? 0;
        expect(wav.toString('latin1', 0, 4) + wav.toString('latin1', 8, 16)).toBe('RIFFWAVEfmt ');
        expect(wav.readUInt32LE(4)).toBe(wav.length - 8);
        expect([wav.readUInt16LE(20), wav.readUInt16LE(22), wav.readUInt32LE(24)]).toEqual([1, channels.length, rate]);
        expect(wav.readUInt32LE(40)).toBe(frames * channels.length * 2);
        for (let frame = 0; frame < frames; frame++)
          channels.forEach((samples, channel) => {
            const read = wav.readInt16LE(44 + (frame * channels.length + channel) * 2) / 32_768;
            expect(Math.abs(read - (samples[frame] ?? NaN))).toBeLessThan(1 / 16_384);
          });
      }),
    );
  });

  it('clips what is too loud', () => {
    const wav = Buffer.from(encodeWav([Float32Array.of(2, -2)], 8000));
    expect([wav.readInt16LE(44), wav.readInt16LE(46)]).toEqual([32_767, -32_768]);
  });
});

describe('deviceProblem', () => {
  it('tells refused, missing, busy and broken apart', () => {
    const problems = ['NotAllowedError', 'NotFoundError', 'NotReadableError', 'OddError'].map((name) =>
      deviceProblem('camera', new DOMException('because', name)),
    );
    expect(problems.map((text) => /refused|No camera|another program|because/.exec(text)?.[0])).toEqual([
      'refused',
      'No camera',
      'another program',
      'because',
    ]);
  });
});
