import { resolve } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Demo } from '../../../../extension/core/demo/definition';
import { parseDemo } from '../../../../extension/core/demo/parse';
import { serializeDemo } from '../../../../extension/core/demo/serialize';

const source = resolve('/ws/demos/a.demo.json');

function demoOf(definition: object): Demo {
  const { demo, problems } = parseDemo(JSON.stringify(definition), source);
  if (!demo) throw new Error(problems.map(({ message }) => message).join('\n'));
  return demo;
}

const text = fc.string({ unit: 'grapheme', maxLength: 12 });
const withProps = (kind: string, props: Record<string, fc.Arbitrary<unknown>>) =>
  fc
    .record({ label: text, info: text, visible: fc.boolean(), ...props }, { requiredKeys: [] })
    .map((given) => ({ ...given, kind }));

const choices = fc.uniqueArray(fc.oneof(text, fc.integer(), fc.tuple(text, text)), {
  selector: (choice) => String(Array.isArray(choice) ? choice[1] : choice),
  maxLength: 4,
});
const component = fc.oneof(
  fc.constantFrom('text', 'Number', 'textarea', 'password', 'checkbox', 'files', 'mic', 'list', 'json', 'state'),
  withProps('textbox', { value: text, lines: fc.integer({ min: 1, max: 9 }), type: fc.constantFrom('text', 'email') }),
  withProps('number', { value: fc.double({ noNaN: true, noDefaultInfinity: true }), precision: fc.nat(3) }),
  withProps('slider', { minimum: fc.integer({ max: 9 }), maximum: fc.integer({ min: 101 }), step: fc.nat(4) }),
  withProps('dropdown', { choices, multiselect: fc.boolean(), allow_custom_value: fc.boolean() }),
  withProps('dropdown', { choices, value: fc.constant(null) }),
  withProps('image', {
    value: fc.constantFrom('x.png', '../y.png', null),
    type: fc.constantFrom('pil', 'numpy', 'filepath'),
    image_mode: fc.constantFrom('RGB', null),
  }),
  withProps('file', { file_count: fc.constant('multiple'), value: fc.constant(['a.txt', 'b/c.txt']) }),
  withProps('json', { value: fc.jsonValue({ maxDepth: 2 }) }),
);
const components = fc.array(component, { minLength: 1, maxLength: 4 });
const definition = fc.record(
  {
    fn: fc.constantFrom('a.py:f', '../b.mjs:g', 'https://example.org/x'),
    inputs: components,
    outputs: components,
    title: text,
    description: text,
    additional_inputs: components,
    live: fc.boolean(),
    allow_flagging: fc.constantFrom(true, false, 'auto'),
    flagging_options: fc.oneof(
      fc.uniqueArray(fc.string({ minLength: 1, maxLength: 5 }), { maxLength: 3 }),
      fc.uniqueArray(fc.tuple(fc.string({ minLength: 1, maxLength: 5 }), text), {
        selector: ([, v]) => v,
        maxLength: 3,
      }),
    ),
    flagging_dir: fc.constantFrom('flagged', '.gradio/flagged', 'mine'),
    flagging_callback: fc.oneof(
      fc.constantFrom('CSVLogger', 'SimpleCSVLogger', 'log.mjs:Log'),
      fc.record(
        {
          name: fc.constant('HuggingFaceDatasetSaver'),
          dataset_name: fc.constantFrom('ada/flags', 'lab/flags-2'),
          private: fc.boolean(),
          layout: fc.constantFrom('parquet', 'gradio'),
          separate_dirs: fc.boolean(),
          info_filename: fc.constantFrom('dataset_info.json', 'features.json'),
        },
        { requiredKeys: ['name', 'dataset_name'] },
      ),
    ),
    log_format: fc.constantFrom('guide', 'gradio-4', 'gradio-6'),
  },
  { requiredKeys: ['fn', 'inputs', 'outputs'] },
);

describe('a serialised demo', () => {
  it('is the same demo when parsed again', () => {
    fc.assert(
      fc.property(definition, (given) => {
        const demo = demoOf(given);
        expect(parseDemo(serializeDemo(demo), source).demo).toEqual(demo);
      }),
    );
  });

  it('keeps examples of every shape', () => {
    const fn = 'a.py:f';
    for (const given of [
      { inputs: ['text'], examples: ['a', null, 'b'] },
      { inputs: ['image'], examples: ['a.png', '../b.png'] },
      { inputs: [{ type: 'checkboxgroup', choices: ['a', 'b'] }], examples: [[['a']], [[]]] },
      { inputs: ['state', 'text', 'state', 'files'], examples: [['a', ['x', 'y']], ['b']] },
      { inputs: ['list', 'gallery'], examples: [[[1, 2]], [[[3]], ['a.png', ['b.mp4', 'caption']]]] },
    ]) {
      const demo = demoOf({ fn, outputs: ['text'], ...given });
      expect(demo.examples).not.toEqual([]);
      expect(parseDemo(serializeDemo(demo), source).demo).toEqual(demo);
    }
  });

  it('says nothing that is default', () => {
    const demo = demoOf({ fn: 'a.py:f', inputs: [{ type: 'number', label: 'x', step: 1 }], outputs: ['number'] });
    expect(JSON.parse(serializeDemo(demo, resolve('/ws')))).toEqual({
      title: 'a',
      fn: 'demos/a.py:f',
      inputs: [{ type: 'number', label: 'x' }],
      outputs: ['number'],
    });
  });
});
