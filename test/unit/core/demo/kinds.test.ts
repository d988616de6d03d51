import { describe, expect, it } from 'vitest';
import type { Component, ComponentKind } from '../../../../extension/core/demo/components';
import { fileData } from '../../../../extension/core/demo/fileData';
import {
  createComponent,
  findKind,
  initialPayload,
  kinds,
  payloadProblem,
} from '../../../../extension/core/demo/kinds';
import { misfit } from '../../../../extension/core/demo/propSchema';
import type { Json } from '../../../../extension/core/json';

const make = (kind: ComponentKind, props: Record<string, Json> = {}): Component => createComponent(kind, props);
const image = fileData('/tmp/a.png');
const choices = ['a', ['B', 2]];

describe('the table of kinds', () => {
  it('has defaults that fit their own schema', () => {
    for (const [kind, { props }] of Object.entries(kinds)) {
      for (const [name, spec] of Object.entries(props)) {
        if ('default' in spec) expect(misfit(spec.default, spec.schema), `${kind}.${name}`).toBeUndefined();
      }
    }
  });

  it('begins every input with a payload of its own', () => {
    for (const kind of Object.keys(kinds)) {
      const component = make(kind as ComponentKind);
      expect(payloadProblem(component, initialPayload(component)), kind).toBeUndefined();
    }
  });

  it('is found by any case and by the short names of Gradio', () => {
    expect(findKind('NUMBER')).toEqual({ kind: 'number', props: {} });
    expect(findKind('Textarea')).toMatchObject({ kind: 'textbox', props: { lines: 7 } });
    expect(findKind('files')).toMatchObject({ kind: 'file', props: { file_count: 'multiple' } });
    expect(['bar_plot', 'constructor', ''].map(findKind)).toEqual([undefined, undefined, undefined]);
  });
});

describe('the payload at first', () => {
  it.each<[ComponentKind, Record<string, Json>, unknown]>([
    ['textbox', {}, ''],
    ['number', {}, null],
    ['slider', { minimum: 3 }, 3],
    ['checkbox', {}, false],
    ['checkboxgroup', { choices }, []],
    ['radio', { choices }, null],
    ['dropdown', { choices }, 'a'],
    ['dropdown', { choices, value: null }, null],
    ['dropdown', { choices, value: 2 }, 2],
    ['dropdown', { choices, multiselect: true }, []],
    ['dropdown', { choices, multiselect: true, value: 'a' }, ['a']],
    ['image', {}, null],
    ['image', { value: '/tmp/a.png' }, image],
    ['file', { file_count: 'multiple', value: ['/tmp/a.png'] }, [image]],
    ['dataframe', {}, { headers: ['1', '2', '3'], data: [], metadata: null }],
    ['dataframe', { headers: ['a'], row_count: 2 }, { headers: ['a'], data: [[''], ['']], metadata: null }],
    ['dataframe', { value: [[1, 2]] }, { headers: ['1', '2'], data: [[1, 2]], metadata: null }],
    ['dataframe', { col_count: 1, value: [1, 2] }, { headers: ['1'], data: [[1], [2]], metadata: null }],
    ['dataframe', { value: { headers: ['x'], data: [[1]] } }, { headers: ['x'], data: [[1]], metadata: null }],
    ['json', { value: { a: [1] } }, { a: [1] }],
    ['colorpicker', {}, '#000000'],
    ['state', { value: [] }, []],
  ])('of %s with %j', (kind, props, expected) => {
    expect(initialPayload(make(kind, props))).toEqual(expected);
  });
});

describe('a payload', () => {
  it.each<[ComponentKind, Record<string, Json>, unknown]>([
    ['textbox', { max_length: 2 }, '🙂🙂'],
    ['number', { minimum: 0 }, 0],
    ['number', {}, NaN],
    ['radio', { choices }, 2],
    ['dropdown', { choices, allow_custom_value: true }, 'other'],
    ['dropdown', { choices, multiselect: true, max_choices: 1 }, [2]],
    ['video', {}, { video: image, subtitles: null }],
    ['file', { file_count: 'multiple' }, []],
    ['colorpicker', {}, 'rgba(1, 2, 3, 0.5)'],
    ['datetime', {}, '2024-01-02 03:04:05'],
    ['label', {}, { label: 'cat', confidences: [{ label: 'cat', confidence: 1 }] }],
    ['label', {}, { label: 'cat', confidences: null }],
    ['highlightedtext', {}, [{ token: 'a', class_or_confidence: 0.5 }]],
    ['gallery', {}, [{ image, caption: null }]],
    ['annotatedimage', {}, { image, annotations: [] }],
    ['plot', {}, { type: 'matplotlib', plot: 'data:image/png;base64,' }],
  ])('of %s with %j may be %j, or null', (kind, props, payload) => {
    expect(payloadProblem(make(kind, props), payload)).toBeUndefined();
    expect(payloadProblem(make(kind, props), null)).toBeUndefined();
  });

  it.each<[ComponentKind, Record<string, Json>, unknown, string]>([
    ['textbox', {}, 5, 'The value must be a string, not 5.'],
    ['textbox', { max_length: 2 }, 'abc', 'The text is longer than 2 characters.'],
    ['number', {}, '5', 'The value must be a number, not "5".'],
    ['number', { minimum: 0 }, -1, 'The value -1 is less than the minimum 0.'],
    ['slider', { maximum: 10 }, 11, 'The value 11 is greater than the maximum 10.'],
    ['checkbox', {}, 'true', 'The value must be true or false, not "true".'],
    ['radio', { choices }, 'B', '"B" is not one of the choices "a", 2.'],
    ['checkboxgroup', { choices }, 'a', 'The value must be a list of choices, not "a".'],
    [
      'dropdown',
      { choices, multiselect: true, max_choices: 1 },
      ['a', 2],
      '2 values are chosen, but at most 1 may be.',
    ],
    ['image', {}, '/etc/passwd', 'The value must be a file, not "/etc/passwd".'],
    ['image', {}, { path: '/etc/passwd' }, 'The value must be a file, not an object.'],
    ['file', { file_count: 'multiple' }, image, 'The value must be a list of files, not an object.'],
    ['colorpicker', {}, 'red;background:url(x)', expect.stringContaining('a color')],
    ['datetime', {}, 'yesterday', expect.stringContaining('YYYY-MM-DD HH:MM:SS')],
    ['dataframe', {}, [[1]], expect.stringContaining('a table')],
    ['label', {}, { confidences: [{ label: 'x', confidence: 'high' }] }, expect.stringContaining('"confidences"')],
    ['gallery', {}, [{ caption: 'x' }], expect.stringContaining('a list of images')],
  ])('of %s with %j is not %j', (kind, props, payload, problem) => {
    expect(payloadProblem(make(kind, props), payload)).toEqual(problem);
  });
});
