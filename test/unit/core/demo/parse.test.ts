import { resolve } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Demo, LogFormat } from '../../../../extension/core/demo/definition';
import { parseDemo, type ParseContext } from '../../../../extension/core/demo/parse';

const source = resolve('/ws/calculator.demo.json');
const minimal = { fn: 'model.py:predict', inputs: ['number'], outputs: ['number'] };

const parse = (definition: unknown, context?: ParseContext) => parseDemo(JSON.stringify(definition), source, context);

function demoOf(changes: object, context?: ParseContext): Demo {
  const { demo, problems } = parse({ ...minimal, ...changes }, context);
  if (!demo) throw new Error(problems.map(({ message }) => message).join('\n'));
  return demo;
}

const messages = (definition: unknown, context?: ParseContext): string[] =>
  parse(definition, context).problems.map(({ message }) => message);

const messagesOf = (changes: object, context?: ParseContext): string[] => messages({ ...minimal, ...changes }, context);

describe('a demo definition', () => {
  it('has the defaults of gr.Interface', () => {
    expect(demoOf({}, { parameterNames: () => ['x'] })).toEqual({
      source,
      baseDir: resolve('/ws'),
      title: 'calculator',
      description: '',
      article: '',
      fn: { type: 'python', file: resolve('/ws/model.py'), name: 'predict' },
      inputs: [{ kind: 'number', label: 'x', step: 1 }],
      additionalInputs: 0,
      outputs: [{ kind: 'number', label: 'Output', step: 1 }],
      examples: [],
      live: false,
      flaggingMode: 'manual',
      flaggingOptions: [{ label: 'Flag', value: null }],
      flaggingDir: 'flagged',
      flaggingCallback: 'CSVLogger',
      logFormat: 'guide',
    });
  });

  it('may have comments, trailing commas and a byte order mark', () => {
    const text = '\uFEFF// a demo\n{ "fn": "a.py:b", "inputs": "text", /* one */ "outputs": ["text",], }';
    expect(parseDemo(text, source).problems).toEqual([]);
  });

  it('takes one component for a list of one, and null for none', () => {
    expect(demoOf({ inputs: 'text', outputs: { type: 'label' } }).inputs).toHaveLength(1);
    expect(demoOf({ inputs: null }).inputs).toEqual([]);
    expect(messagesOf({ inputs: [], outputs: null })).toEqual(['The demo has neither inputs nor outputs.']);
  });

  it('appends additional inputs', () => {
    const demo = demoOf({ additional_inputs: [{ type: 'slider', label: 'temp' }] });
    expect([demo.additionalInputs, demo.inputs.at(-1)?.label]).toEqual([1, 'temp']);
  });

  it('accepts the keys of later versions with a warning', () => {
    const result = parse({ ...minimal, interpretation: 'shap', num_shap: 2, blocks: [], events: {} });
    expect(result.demo).toBeDefined();
    expect(result.problems.map(({ severity }) => severity)).toEqual(Array(4).fill('warning'));
  });
});

describe('problems', () => {
  const definition = (line: string): string =>
    `{\n  "fn": "a.py:b",\n  // the inputs\n  "inputs": ["number"],\n  "outputs": ["text"],\n  ${line}\n}`;

  it.each([
    ['"tite": "x"', '"tite" is not a key of a demo definition. Did you mean "title"?', 'tite', 'warning'],
    ['"title": 3', '"title" must be a string, not 3.', '3', 'error'],
    ['"live": "yes"', '"live" must be true or false, not "yes".', '"yes"', 'error'],
    ['"fn": "a.py:b"', '"fn" is given twice.', '"fn"', 'error'],
    [
      '"log_format": "gradio-5"',
      '"log_format" must be "guide", "gradio-4" or "gradio-6", not "gradio-5".',
      '"g',
      'error',
    ],
    [
      '"flagging_mode": "always"',
      '"flagging_mode" must be "manual", "auto", "never", true or false, not "always".',
      '"always"',
      'error',
    ],
    ['"additional_inputs": ["slidr"]', 'Unknown component "slidr". Did you mean "slider"?', '"slidr"', 'error'],
    ['"additional_inputs": [7]', /holds 7; a component is a name/, '7', 'error'],
    ['"additional_inputs": [{"label": "x"}]', 'The component has no "type", such as "textbox".', '{', 'error'],
    ['"additional_inputs": ["plot"]', '"plot" is an output component and cannot be an input.', '"plot"', 'error'],
    ['"additional_inputs": [{"type": "filepath"}]', /"kind": "image", "type": "filepath"/, '"filepath"', 'error'],
    [
      '"additional_inputs": [{"type": "textbox", "lines": 0}]',
      '"lines" must be a whole number of at least 1, not 0.',
      '0',
      'error',
    ],
    [
      '"additional_inputs": [{"type": "textbox", "linse": 2}]',
      '"linse" is not a prop of "textbox". Did you mean "lines"?',
      '"linse"',
      'warning',
    ],
    [
      '"additional_inputs": [{"type": "radio", "choices": ["a", ["b"]]}]',
      /"choices\[1\]" must be a string, a number or \[a string, a string or a number\], not a list/,
      '["b"]',
      'error',
    ],
    [
      '"additional_inputs": [{"type": "radio", "choices": ["a", "b"], "value": "c"}]',
      '"c" is not one of the choices "a", "b".',
      '"c"',
      'error',
    ],
    [
      '"additional_inputs": [{"type": "slider", "minimum": 5, "maximum": 5}]',
      'The maximum 5 must be greater than the minimum 5.',
      '5}',
      'error',
    ],
    ['"additional_inputs": ["radio"]', '"radio" has no "choices", so nothing can be chosen.', '"radio"', 'warning'],
    ['"examples": 3', '"examples" must be a list, not 3.', '3', 'error'],
    ['"examples": [[1, 2]]', 'The example has 2 values, but the demo has 1 input.', '[1, 2]', 'error'],
    ['"examples": ["five"]', 'The value must be a number, not "five".', '"five"', 'error'],
    ['"flagging_options": ["a", ["b", "c"]]', /must be all strings, or all/, '["b"', 'error'],
    ['"flagging_options": [["a", 1]]', /two strings/, '["a"', 'error'],
    ['"flagging_options": ["a", 1]', 'A flagging option must be a string that is not empty, not 1.', '1', 'error'],
    ['"flagging_options": ["a", "a"]', 'The flagging option "a" is given twice.', '"a"]', 'error'],
    ['"flagging_dir": ""', /"flagging_dir" must be a string that is not empty/, '""', 'error'],
    ['"title": "x" "live": true', 'A comma is expected here.', '"live"', 'error'],
    ['"title": \'x\'', /Strings need double quotes/, "'x'", 'error'],
  ])('%s', (line, message, at, severity) => {
    const text = definition(line);
    const { problems } = parseDemo(text, source);
    const [problem] = problems;
    expect(problem?.message).toEqual(typeof message === 'string' ? message : expect.stringMatching(message));
    expect(problem).toMatchObject({ severity, line: 5 });
    const { offset = 0, column = 0 } = problem ?? {};
    expect(
      text
        .slice(offset)
        .replace(/^"(?=tite)/, '')
        .slice(0, at.length),
    ).toBe(at);
    expect(text.split('\n')[5]?.slice(column)).toBe(text.slice(offset).split('\n')[0]);
  });

  it('tell of what is missing, all at once', () => {
    expect(messages({})).toEqual(['"fn" is missing.', '"inputs" is missing.', '"outputs" is missing.']);
    expect(messages([1])).toEqual(['A demo definition is an object {…}, not a list.']);
    expect(parseDemo('', source).problems.map(({ message }) => message)).toEqual(['A value is expected here.']);
  });

  it('warn of a source file that is not there, and of missing media', () => {
    const nothing: ParseContext = { fileExists: () => false };
    expect(messagesOf({}, nothing)).toEqual(['The file model.py does not exist.']);
    expect(messagesOf({ inputs: [{ type: 'image', value: 'a.png' }], examples: ['b.png'] }, nothing)).toEqual([
      'The file model.py does not exist.',
      'The file a.png does not exist.',
      "The example's file b.png does not exist.",
    ]);
  });
});

describe('functions', () => {
  it.each([
    ['a.py:f', { type: 'python', file: resolve('/ws/a.py'), name: 'f' }],
    ['../b/größe.py:länge', { type: 'python', file: resolve('/b/größe.py'), name: 'länge' }],
    ['a.mjs:default', { type: 'javascript', file: resolve('/ws/a.mjs'), name: 'default' }],
    ['a.ts:f', { type: 'javascript', file: resolve('/ws/a.ts'), name: 'f' }],
    ['https://example.org/run?x=1', { type: 'http', url: 'https://example.org/run?x=1' }],
    ['http://localhost:7860/run', { type: 'http', url: 'http://localhost:7860/run' }],
    ['http://[::1]/run', { type: 'http', url: 'http://[::1]/run' }],
  ])('%s', (fn, reference) => {
    expect(demoOf({ fn }).fn).toEqual(reference);
  });

  it.each([
    ['predict', /names no file/],
    ['a.rb:f', /neither a Python nor a JavaScript file/],
    ['a.py', /The function is missing/],
    ['a.py:', /The function is missing: write "a.py:function"/],
    ['a.py:Model.predict', /not the name of a function/],
    ['a.py:f(1)', /not the name of a function/],
    ['.py:f', /neither/],
    ['http://example.org/', /Use https/],
    ['http://localhost.example.org/', /Use https/],
    ['https://me:secret@example.org/', /password/],
    ['https://', /not a web address/],
    ['gradio:http://localhost:7860', /not part of this version/],
  ])('refuses %s', (fn, message) => {
    expect(messagesOf({ fn })).toEqual([expect.stringMatching(message)]);
  });
});

describe('flagging', () => {
  it.each([
    [true, 'manual'],
    [false, 'never'],
    ['auto', 'auto'],
    ['never', 'never'],
    [null, 'manual'],
  ])('mode %s is %s', (given, mode) => {
    expect(demoOf({ allow_flagging: given }).flaggingMode).toBe(mode);
    expect(demoOf({ flagging_mode: given }).flaggingMode).toBe(mode);
  });

  it('options become captions as in gr.Interface', () => {
    expect(demoOf({ flagging_options: ['yes', 'no'] }).flaggingOptions).toEqual([
      { label: 'Flag as yes', value: 'yes' },
      { label: 'Flag as no', value: 'no' },
    ]);
    expect(demoOf({ flagging_options: [['abc', 'de']] }).flaggingOptions).toEqual([{ label: 'abc', value: 'de' }]);
    expect(demoOf({ flagging_options: [] }).flaggingOptions).toEqual([]);
    expect(demoOf({ flagging_options: null }).flaggingOptions).toEqual([{ label: 'Flag', value: null }]);
  });

  it('goes where the era of the log puts it', () => {
    expect(demoOf({ log_format: 'gradio-4' }).flaggingDir).toBe('flagged');
    expect(demoOf({ log_format: 'gradio-6' }).flaggingDir).toBe('.gradio/flagged');
    expect(demoOf({ log_format: 'gradio-6', flagging_dir: 'mine' }).flaggingDir).toBe('mine');
    expect(demoOf({ log_format: 'gradio-4' }, { logFormat: 'gradio-6' }).logFormat).toBe('gradio-6');
  });

  it('warns of live with auto, which Gradio refuses', () => {
    expect(messagesOf({ live: true, flagging_mode: 'auto' })).toEqual([expect.stringContaining('on every change')]);
  });
});

describe('labels', () => {
  const labels = (changes: object, names: string[], logFormat: LogFormat = 'gradio-6') => {
    const { inputs, outputs } = demoOf(changes, { parameterNames: () => names, logFormat });
    return [...inputs, ...outputs].map(({ label }) => label);
  };

  it.each([
    [['text', { type: 'textbox', label: 'My B' }], ['text'], ['first_name', 'b'], ['first_name', 'My B', 'output']],
    [['text'], ['text', 'text'], ['a'], ['a', 'output 0', 'output 1']],
    [['text', 'text'], ['text'], [], [undefined, undefined, 'output']],
    [
      ['text', 'state'],
      ['text', 'state'],
      ['message', 'history'],
      ['message', 'history', 'output 0', 'history'],
    ],
    [[], ['text'], [], ['output']],
    [[{ type: 'textbox', label: '' }], ['text'], ['a'], ['', 'output']],
  ])('of %j and %j', (inputs, outputs, names, expected) => {
    expect(labels({ inputs, outputs }, names)).toEqual(expected);
  });

  it('name a single output as the guides do in the guide layout', () => {
    expect(labels({}, ['x'], 'guide')).toEqual(['x', 'Output']);
    expect(labels({ outputs: ['text', 'text'] }, ['x'], 'guide')).toEqual(['x', 'output 0', 'output 1']);
    expect(labels({}, ['x'], 'gradio-4')).toEqual(['x', 'output']);
  });

  it('pair additional inputs with the parameters that follow', () => {
    expect(labels({ additional_inputs: ['slider'] }, ['a', 'temp'])).toEqual(['a', 'temp', 'output']);
  });
});

describe('whatever is typed', () => {
  const full = `{
  "title": "T", // one
  "fn": "a.py:f", "description": "d\\n", "article": null,
  "inputs": ["Number", {"type": "radio", "choices": ["a", ["B", 2]], "value": "a"}, {"kind": "image", "type": "pil"}],
  "outputs": {"type": "label", "num_top_classes": 3},
  "additional_inputs": [{"type": "slider", "minimum": 0, "maximum": 1}],
  "examples": [[1, "a", "x.png", 0.5], [2]], "live": false, "flagging_options": [["x", "y"]], "log_format": "gradio-4",
}`;

  it('never throws, and gives a demo or errors, at any length of a definition', () => {
    expect(parseDemo(full, source).problems).toEqual([]);
    for (let length = 0; length <= full.length; length++) {
      const { demo, problems } = parseDemo(full.slice(0, length), source);
      expect((demo === undefined) === problems.some(({ severity }) => severity === 'error')).toBe(true);
    }
  });

  it('never throws on a definition with one character changed', () => {
    fc.assert(
      fc.property(fc.nat(full.length - 1), fc.string({ minLength: 0, maxLength: 2 }), (at, typed) => {
        const { demo, problems } = parseDemo(full.slice(0, at) + typed + full.slice(at + 1), source);
        expect((demo === undefined) === problems.some(({ severity }) => severity === 'error')).toBe(true);
      }),
    );
  });

  it('never throws on any JSON at any key', () => {
    const keys = ['fn', 'inputs', 'outputs', 'examples', 'flagging_options', 'additional_inputs', 'title', '__proto__'];
    const type = fc.constantFrom('radio', 'dropdown', 'slider', 'image', 'files', 'dataframe', 'gallery', 'state');
    const props = fc.dictionary(fc.constantFrom('value', 'choices', 'minimum', 'label', 'headers'), fc.jsonValue());
    const component = fc.tuple(type, props).map(([kind, rest]) => ({ ...rest, type: kind }));
    const value = fc.oneof(fc.jsonValue(), fc.array(component, { maxLength: 3 }));
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...keys), value), (definition) => {
        const { demo, problems } = parse({ ...minimal, ...definition });
        expect((demo === undefined) === problems.some(({ severity }) => severity === 'error')).toBe(true);
      }),
    );
    fc.assert(fc.property(fc.jsonValue(), (definition) => void parse(definition)));
  });

  it('refuses what is nested too deep', () => {
    const message = 'Lists and objects are nested more than 100 deep.';
    expect(parseDemo('['.repeat(200_000), source).problems).toMatchObject([{ message, offset: 100 }]);
    expect(parseDemo('{"a":'.repeat(200_000), source).problems).toMatchObject([{ message }]);
  });
});
