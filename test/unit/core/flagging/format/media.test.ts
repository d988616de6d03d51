import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { componentDirectory } from '../../../../../extension/core/flagging/format/directory';
import { dialects, type Era } from '../../../../../extension/core/flagging/format/era';
import { mediaCell, mediaSegments } from '../../../../../extension/core/flagging/format/media';
import { checkTimestamp, pythonTimestamp } from '../../../../../extension/core/flagging/format/timestamp';

describe('componentDirectory', () => {
  it.each([
    ['image', 'image', 'image'],
    ['Upload Image', 'Upload Image', 'Upload Image'],
    ['output 0', 'output 0', 'output 0'],
    ['a, (b)!', 'a b', 'a, (b)'],
    ['画像 😀', '画像', '画像 😀'],
    ['..', 'component 3', 'component 3'],
    ['../../etc', '....etc', '....etc'],
    ['???', 'component 3', 'component 3'],
    ['', 'component 3', 'component 3'],
    [' . ', 'component 3', 'component 3'],
    ['Really?. ', 'Really', 'Really'],
    ['con', '_con', '_con'],
    ['NUL.tar.gz', '_NUL.tar.gz', '_NUL.tar.gz'],
    ['COM¹ .x', '_COM¹ .x', '_COM¹ .x'],
    ['console', 'console', 'console'],
    ['?.txt', '.txt', 'file.txt'],
    ['a\u0085b', 'ab', 'a\u0085b'],
    ['x'.repeat(300), 'x'.repeat(200), 'x'.repeat(200)],
    ['x'.repeat(300) + '.png', 'x'.repeat(200), 'x'.repeat(196) + '.png'],
    ['é'.repeat(150), 'é'.repeat(100), 'é'.repeat(100)],
  ])('%j is %j in Gradio 4 and %j since', (label, kept, allowed) => {
    expect(componentDirectory(label, 3, 'keep-list')).toBe(kept);
    expect(componentDirectory(label, 3, 'deny-list')).toBe(allowed);
  });

  it('is always one safe name of at most 200 bytes', () => {
    const hostile = fc.string({
      unit: fc.oneof(
        fc.constantFrom('.', '/', '\\', ' ', ':', 'C', 'O', 'N', 'é', '\0', '\n'),
        fc.string({ maxLength: 1 }),
      ),
      maxLength: 300,
    });
    fc.assert(
      fc.property(hostile, fc.constantFrom('keep-list' as const, 'deny-list' as const), (label, rule) => {
        const name = componentDirectory(label, 0, rule);
        expect(name).toMatch(/^[^/\\:\0\n]+$/);
        expect(name).not.toMatch(/[. ]$|^(?:con|prn|aux|nul)(?:\.|$)/i);
        expect(Buffer.byteLength(name)).toBeLessThanOrEqual(200);
      }),
    );
  });
});

describe('a stored file', () => {
  const random = (digits: number): string => 'f'.repeat(digits);
  const directory = { absolute: '/data/app/flagged', given: './flagged/' };
  const stored = (era: Era, file: string, originalName: string | null = null): string => {
    const attachment = { directory: 'im', source: { file }, originalName };
    const segments = mediaSegments(attachment, dialects[era], { number: 7, random });
    return mediaCell(segments, dialects[era], directory, 'linux');
  };

  it.each<[Era, string]>([
    ['guide', 'im/7.png'],
    ['A', 'im/7.png'],
    ['C1', '/data/app/flagged/im/my cat (1)ffffffff.PNG'],
    ['C2', `/data/app/flagged/im/${'f'.repeat(40)}/my cat (1).PNG`],
    ['D', `flagged/im/${'f'.repeat(20)}/my cat (1).PNG`],
    ['E', `flagged/im/${'f'.repeat(20)}/my cat (1).PNG`],
    ['F2', `flagged/im/${'f'.repeat(20)}/my cat (1).PNG`],
  ])('of era %s is written as %s', (era, expected) => {
    expect(stored(era, '/tmp/my cat (1).PNG')).toBe(expected);
  });

  it.each([
    ['/tmp/a.tar.gz', null, 'im/7.gz'],
    ['/tmp/blob', 'photo.JPG', 'im/7.jpg'],
    ['/tmp/blob', '../../x.sh/y', 'im/7'],
    ['/tmp/blob.a b', null, 'im/7'],
    ['C:\\tmp.d\\blob', null, 'im/7'],
    ['/tmp/.hidden', null, 'im/7'],
  ])('%s, chosen as %s, is %s in the guide layout', (file, originalName, expected) => {
    expect(stored('guide', file, originalName)).toBe(expected);
  });

  it('never leaves its directory', () => {
    expect(stored('F2', '/tmp/..')).toBe(`flagged/im/${'f'.repeat(20)}/file`);
    expect(stored('C2', 'C:\\a\\..')).toBe(`/data/app/flagged/im/${'f'.repeat(40)}/file`);
  });

  it('has the separators of its system, and of the directory only what pathlib keeps', () => {
    const cell = (given: string, platform: NodeJS.Platform): string =>
      mediaCell(['im', 'x.png'], dialects.F2, { absolute: '', given }, platform);
    expect(cell('.gradio/flagged', 'win32')).toBe('.gradio\\flagged\\im\\x.png');
    expect(cell('C:/data', 'win32')).toBe('C:\\data\\im\\x.png');
    expect(cell('/data//a/../b/.', 'linux')).toBe('/data/a/../b/im/x.png');
    expect(cell('.', 'linux')).toBe('im/x.png');
  });
});

describe('pythonTimestamp', () => {
  it('is local time with six digits', () => {
    const date = new Date(2024, 0, 2, 3, 4, 5, 678);
    expect(pythonTimestamp(date.getTime() + 0.901)).toBe('2024-01-02 03:04:05.678901');
    expect(pythonTimestamp(new Date(2024, 11, 31, 23, 59, 59).getTime())).toBe('2024-12-31 23:59:59.000000');
  });

  it('is now by default', () => {
    const before = pythonTimestamp(Date.now() - 1);
    const now = pythonTimestamp();
    expect(now >= before && now <= pythonTimestamp(Date.now() + 1)).toBe(true);
    expect(checkTimestamp(now)).toBe(now);
  });
});

describe('checkTimestamp', () => {
  it.each(['2024-02-29 00:00:00', '2024-01-02 03:04:05.678901', '0001-01-01 23:59:59.000000'])('takes %s', (text) => {
    expect(checkTimestamp(text)).toBe(text);
  });

  it.each([
    '',
    '2023-02-29 00:00:00',
    '2024-13-01 00:00:00',
    '2024-01-02T03:04:05',
    '2024-01-02 24:00:00',
    '2024-01-02 03:60:05',
    '2024-01-02 03:04:05.678',
    '2024-01-02 03:04:05Z',
    '2024-01-02 03:04:05\n',
    '0000-01-01 00:00:00',
  ])('refuses %j', (text) => {
    expect(() => checkTimestamp(text)).toThrow(/is not a timestamp/);
  });
});
