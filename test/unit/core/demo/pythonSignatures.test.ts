import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { signaturesIn } from '../../../../extension/core/demo/signature';

const namesIn = (text: string): string[] => signaturesIn(text, 'python').map(({ name }) => name);

const oneOf = (text: string) => {
  const [signature] = signaturesIn(text, 'python');
  if (!signature) throw new Error('no function was found');
  return signature;
};

describe('Python functions', () => {
  it('are those at the top level, decorated and async ones too', () => {
    const text = [
      '@cache',
      'def first(a): return a',
      'class Model:',
      '    def method(self): pass',
      'async  def second(): ...',
      'if True:',
      '    def inner(): pass',
      'definitely = 1',
    ].join('\n');
    expect(signaturesIn(text, 'python').map(({ name, line }) => [name, line])).toEqual([
      ['first', 1],
      ['second', 4],
    ]);
  });

  it('are not looked for in strings, comments and continued lines', () => {
    const text = [
      '"""',
      'def in_docstring(): pass',
      '"""',
      "text = 'a \\' # \\",
      "def in_string(): pass'",
      '# def in_comment(): pass',
      'numbers = [',
      'def_, # )]',
      ']',
      'total = 1 + \\',
      'definition',
      'raw = r"\\" ("',
      'def real(): pass',
    ].join('\n');
    expect(namesIn(text)).toEqual(['real']);
  });

  it('give parameters with annotations and defaults as they are written', () => {
    const text = `def predict(  # the model
    text: str = "a, b) -> c",  # what to classify, if any
    /, limit: dict[str, tuple[int, int]] = {'a': (1, 2)},
    key=lambda x, y=[1, 2]: x if y else {1: 2},
    *rest: int, mode: Literal["=", ":"] = "=", **options
) -> dict[str, float]: pass`;
    expect(oneOf(text)).toEqual({
      name: 'predict',
      line: 0,
      returns: 'dict[str, float]',
      parameters: [
        { name: 'text', kind: 'positional', annotation: 'str', default: '"a, b) -> c"' },
        {
          name: 'limit',
          kind: 'positional',
          annotation: 'dict[str, tuple[int, int]]',
          default: "{'a': (1, 2)}",
        },
        { name: 'key', kind: 'positional', default: 'lambda x, y=[1, 2]: x if y else {1: 2}' },
        { name: 'rest', kind: 'varargs', annotation: 'int' },
        { name: 'mode', kind: 'keyword', annotation: 'Literal["=", ":"]', default: '"="' },
        { name: 'options', kind: 'kwargs' },
      ],
    });
  });

  it('may have type parameters, names of any script, and Windows line ends', () => {
    expect(oneOf('\uFEFFx = 1\r\ndef größe[T: (int, str)](läng: T) -> T:\r\n  return läng')).toEqual({
      name: 'größe',
      line: 1,
      returns: 'T',
      parameters: [{ name: 'läng', kind: 'positional', annotation: 'T' }],
    });
  });

  it('survive half-written source', () => {
    const text = 'def a(x: "s\ndef b(y=(1\ndef c';
    for (let length = 0; length <= text.length; length++) expect(() => namesIn(text.slice(0, length))).not.toThrow();
  });
});

/** Prints what Python's own parser finds in every module of its standard library. */
const script = `
import ast, json, os, sysconfig, tokenize
root = sysconfig.get_paths()['stdlib']
compact = lambda text: ''.join(text.split())
for folder, folders, files in os.walk(root):
    folders[:] = sorted(f for f in folders if f not in ('site-packages', 'dist-packages', '__pycache__', 'test', 'tests', 'lib2to3', 'idle_test'))
    for file in sorted(files):
        if not file.endswith('.py'): continue
        path = os.path.join(folder, file)
        try:
            data = open(path, 'rb').read()
            data.decode('utf-8')
            tree = ast.parse(data)
        except (SyntaxError, ValueError):
            continue
        found = []
        for node in tree.body:
            if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)): continue
            a = node.args
            positional = a.posonlyargs + a.args
            defaults = [None] * (len(positional) - len(a.defaults)) + a.defaults
            rows = [('positional', p, d) for p, d in zip(positional, defaults)]
            if a.vararg: rows.append(('varargs', a.vararg, None))
            rows += [('keyword', p, d) for p, d in zip(a.kwonlyargs, a.kw_defaults)]
            if a.kwarg: rows.append(('kwargs', a.kwarg, None))
            text = lambda n: None if n is None else compact(ast.unparse(n))
            found.append([node.name, node.lineno - 1, [[k, p.arg, text(p.annotation), text(d)] for k, p, d in rows], text(node.returns)])
        if found: print(json.dumps([path, found]))
`;

const python = spawnSync('python3', ['-c', script], { encoding: 'utf8', maxBuffer: 1 << 28 });

type Parsed = [
  name: string,
  line: number,
  parameters: [kind: string, name: string, annotation: string | null, byDefault: string | null][],
  returns: string | null,
];

describe.runIf(python.status === 0)('against the parser of Python itself', () => {
  const modules = (python.stdout || '')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as [string, Parsed[]]);

  it('finds the same functions and parameters in the standard library', () => {
    expect(modules.length).toBeGreaterThan(200);
    for (const [path, functions] of modules) {
      const found = signaturesIn(readFileSync(path, 'utf8'), 'python');
      expect(
        found.map(({ name, line, parameters, returns }) => [
          name,
          line,
          parameters.map(({ kind, name: id, annotation, default: byDefault }) => [
            kind,
            id,
            annotation !== undefined,
            byDefault !== undefined,
          ]),
          returns !== undefined,
        ]),
        path,
      ).toEqual(
        functions.map(([name, line, parameters, returns]) => [
          name,
          line,
          parameters.map(([kind, id, annotation, byDefault]) => [kind, id, annotation !== null, byDefault !== null]),
          returns !== null,
        ]),
      );
    }
  });

  it('reads the same names and numbers as defaults', () => {
    const plain = /^[\w.]+$/;
    let compared = 0;
    for (const [path, functions] of modules) {
      const found = signaturesIn(readFileSync(path, 'utf8'), 'python');
      for (const [index, [, , parameters]] of functions.entries()) {
        for (const [at, [, id, , byDefault]] of parameters.entries()) {
          const written = found[index]?.parameters[at]?.default;
          if (byDefault === null || written === undefined || !plain.test(byDefault) || !/^[A-Za-z]/.test(written))
            continue;
          expect(written, `${path}: ${id}`).toBe(byDefault);
          compared++;
        }
      }
    }
    expect(compared).toBeGreaterThan(500);
  });
});
