import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  compactJson,
  dumpsPythonJson,
  parsePythonJson,
} from '../../../../../extension/core/flagging/format/pythonJson';
import { pythonRepr } from '../../../../../extension/core/flagging/format/pythonRepr';
import { PythonFloat, toPythonValue } from '../../../../../extension/core/flagging/format/pythonValue';

/** `json.dumps(json.loads(text))`, or undefined when the text is not JSON. */
function roundTrip(text: string): string | undefined {
  const value = parsePythonJson(text);
  return value === undefined ? undefined : dumpsPythonJson(value);
}

describe('parsePythonJson and dumpsPythonJson', () => {
  it.each([
    ['12.0', '12.0'],
    ['1e5', '100000.0'],
    ['1e16', '1e+16'],
    ['1e15', '1000000000000000.0'],
    ['0.0001', '0.0001'],
    ['0.00001', '1e-05'],
    ['5e-324', '5e-324'],
    ['-0.0', '-0.0'],
    ['-0', '0'],
    ['-1E400', '-Infinity'],
    ['123456789012345678901234567890', '123456789012345678901234567890'],
    ['{"10": 1, "9": 2, "a": 3, "10": 4}', '{"10": 4, "9": 2, "a": 3}'],
    ['{"__proto__": 1}', '{"__proto__": 1}'],
    ['"\\ud83d\\ude00\\u007f\\/\\b\\u0001"', '"\\ud83d\\ude00\\u007f/\\b\\u0001"'],
    ['[NaN, -Infinity]', '[NaN, -Infinity]'],
    ['\t\r\n [ ] ', '[]'],
  ])('%s gives %s', (text, expected) => {
    expect(roundTrip(text)).toBe(expected);
  });

  it.each([
    '',
    ' ',
    '\ufeff1',
    '007',
    '1_000',
    '[1,]',
    '{"a":1,}',
    '"\t"',
    "'a'",
    '1.',
    '.5',
    '+1',
    '-',
    'nan',
    '[',
    '"\\x"',
    '{1:2}',
    '[1 2]',
    '\u00a05',
    'trueish',
  ])('%j is not JSON', (text) => {
    expect(parsePythonJson(text)).toBeUndefined();
  });

  it('refuses whole numbers that Python refuses, by a clear error', () => {
    expect(roundTrip('-' + '9'.repeat(4300))).toBe('-' + '9'.repeat(4300));
    expect(() => parsePythonJson('9'.repeat(4301))).toThrow(/more than 4300 digits/);
    expect(roundTrip('9'.repeat(5000) + '.5')).toBe('Infinity');
  });

  it('takes nesting that no parser takes for text', () => {
    expect(parsePythonJson('['.repeat(200_000) + ']'.repeat(200_000))).toBeUndefined();
    expect(roundTrip('['.repeat(900) + ']'.repeat(900))).toBe('['.repeat(900) + ']'.repeat(900));
  });

  it('reads whatever JSON.parse reads, as the same value', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(JSON.parse(roundTrip(text) ?? '')).toEqual(JSON.parse(text));
      }),
    );
  });

  it('agrees with JSON.parse on which texts are JSON', () => {
    const pieces = fc.constantFrom(
      '[',
      ']',
      '{',
      '}',
      ',',
      ':',
      '"',
      '\\',
      'u0041',
      '1',
      '-',
      '.',
      'e',
      '0',
      'true',
      'null',
      ' ',
      '\n',
      'é',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 8 }), (parts) => {
        const text = parts.join('');
        let parses = true;
        try {
          JSON.parse(text);
        } catch {
          parses = false;
        }
        expect(parsePythonJson(text) !== undefined).toBe(parses);
      }),
      { numRuns: 2000 },
    );
  });

  it('writes plain values as a browser sends them', () => {
    expect(dumpsPythonJson({ b: 5.0, a: -0, c: undefined, d: [undefined, 1e21, 1e20, new Date(0)] })).toBe(
      '{"b": 5, "a": 0, "d": [null, 1e+21, 100000000000000000000, "1970-01-01T00:00:00.000Z"]}',
    );
  });

  it('refuses a value that contains itself', () => {
    const loop: unknown[] = [];
    loop.push(loop);
    expect(() => toPythonValue(loop)).toThrow(/levels deep/);
  });

  it('keeps any float through both layouts', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(Number(dumpsPythonJson(new PythonFloat(value)))).toBe(value);
        expect(Number(compactJson(new PythonFloat(value)))).toBe(value);
      }),
    );
  });

  it('writes compact JSON with plain text and the float layout of ryu', () => {
    expect(compactJson(parsePythonJson('{"a": [1e16, 1e15, 1e-5, 1e-6, "é", NaN]}'))).toBe(
      '{"a":[1e16,1000000000000000.0,0.00001,1e-6,"é",null]}',
    );
  });
});

describe('pythonRepr', () => {
  it.each<[unknown, string]>([
    [['a', 'b, c'], "['a', 'b, c']"],
    ["it's", `"it's"`],
    [`it's "so"`, `'it\\'s "so"'`],
    ['\\\n\t\u0001\u007f\u0085\u00a0\u2028\u{e0001}é😀', "'\\\\\\n\\t\\x01\\x7f\\x85\\xa0\\u2028\\U000e0001é😀'"],
    [{ a: true, b: null, c: 1e16, d: NaN }, "{'a': True, 'b': None, 'c': 10000000000000000, 'd': nan}"],
  ])('%j is %s', (value, expected) => {
    expect(pythonRepr(value)).toBe(expected);
  });
});
