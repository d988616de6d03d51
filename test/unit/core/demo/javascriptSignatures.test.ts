import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parameterNamesIn, signaturesIn } from '../../../../extension/core/demo/signature';

const exportsOf = (text: string) =>
  signaturesIn(text, 'javascript').map(({ name, line, parameters }) => [
    name,
    line,
    parameters.map((parameter) => parameter.name).join(),
  ]);

describe('the exports of a JavaScript module', () => {
  it.each([
    ['export function f(a, b = 2) {}', [['f', 0, 'a,b']]],
    ['\n// x\nexport async function* tell(hero) {}', [['tell', 2, 'hero']]],
    ['export const add = (a, b) => a + b;', [['add', 0, 'a,b']]],
    ['export const twice = async x => x * 2', [['twice', 0, 'x']]],
    ['export const f = async function named(text, { top }) {}', [['f', 0, 'text']]],
    ['export let model = load()', [['model', 0, '']]],
    ['export default function (text) {}', [['default', 0, 'text']]],
    ['export default async (text) => {}', [['default', 0, 'text']]],
    [
      'function local(x) {}\nexport { local as predict, other };',
      [
        ['predict', 0, 'x'],
        ['other', 1, ''],
      ],
    ],
    [
      'exports.f = (a) => a; module.exports.g = function (b) {}',
      [
        ['f', 0, 'a'],
        ['g', 0, 'b'],
      ],
    ],
    [
      'const f = (a) => a;\nmodule.exports = { f, g: f };',
      [
        ['f', 0, 'a'],
        ['g', 0, 'a'],
      ],
    ],
    ['export function typed<T>(a: Map<string, T>, b?: number, ...rest: T[]): T {}', [['typed', 0, 'a,b,rest']]],
    ['export type A = string; export interface B {}\nexport { type A }', []],
    ['// export function f() {}\n/* export const g = 1 */ const s = "export function h() {}"', []],
    ['const t = `export function f() {} ${`}`} export const g = 1`', []],
    [
      'const r = /["`{]/; export const f = (a) => 1 / a / 2; export const g = (b) => b',
      [
        ['f', 0, 'a'],
        ['g', 0, 'b'],
      ],
    ],
    ['function outer() { exports.inner = 1 }', []],
    ['function hidden(a) {} const b = (c) => c', []],
  ])('%j', (text, expected) => {
    expect(exportsOf(text)).toEqual(expected);
  });

  it('are found without a failure in any text', () => {
    const words = fc.constantFrom(
      'export ',
      'function ',
      'const f = ',
      '(',
      ')',
      '{',
      '}',
      '`',
      '${',
      '/',
      '"',
      '\\',
      '\n',
    );
    fc.assert(fc.property(fc.array(words), (parts) => void exportsOf(parts.join(''))));
  });

  it.each(['const x ', 'function<', 'export function f(', '`${', 'export {', '/[=', 'async '])(
    'are looked for in linear time where %j is repeated',
    (part) => {
      const steps = 20_000;
      expect(exportsOf(part.repeat(steps)).length).toBeLessThan(2);
      expect(exportsOf(`${part}/*${'\n'.repeat(steps)}*/`.repeat(3)).length).toBeLessThan(2);
    },
  );
});

describe('the names of parameters that inputs fill', () => {
  const python = { type: 'python', file: '/ws/a.py', name: 'f' } as const;

  it.each([
    ['def f(a, b=1, *rest, c=2, **more): pass', ['a', 'b']],
    ['def f(*x): pass', []],
    ['def f(a, request: gr.Request, b, progress=gr.Progress()): pass', ['a', 'b']],
    ['def f(token: gr.OAuthToken | None, who: Optional[gr.OAuthProfile], a): pass', ['a']],
    ['def f(a, p: "gr.Progress" = None): pass', ['a']],
    ['def f(a): pass\ndef f(b): pass', ['b']],
    ['f = lambda x: x', undefined],
  ])('%j', (text, names) => {
    expect(parameterNamesIn(text, python)).toEqual(names);
  });

  it('of a JavaScript export are its own', () => {
    const text = 'export const f = (text, ignoreCase) => 1';
    expect(parameterNamesIn(text, { type: 'javascript', file: '/ws/a.mjs', name: 'f' })).toEqual([
      'text',
      'ignoreCase',
    ]);
  });
});
