import { definitionKeys, isDefinitionKey, keySpec, type DefinitionKey } from './definitionKeys';
import { datasetSaver } from '../hub/saver/types';
import type { ComponentKind } from './components';
import { saverKeys } from './flaggingCallback';
import { classifierPrefix } from './functionReference';
import { aliases, kinds, kindSpec, propsOf } from './kinds';
import type { PropSpec } from './kinds/kindSpec';

type Schema = Record<string, unknown>;
type Place = 'input' | 'output';

const allKinds = Object.keys(kinds) as ComponentKind[];

/**
 * The JSON schema (draft-07, with the editor's extensions) of `*.demo.json`, made of the tables that the parser uses.
 * `schemas/demo.schema.json` is its text; a test keeps it so.
 */
export function demoSchema(): Schema {
  const special: Partial<Record<DefinitionKey, Schema>> = {
    fn: {
      type: 'string',
      minLength: 1,
      defaultSnippets: [
        { label: 'Python function', body: '${1:model.py}:${2:predict}' },
        { label: 'JavaScript export', body: '${1:model.mjs}:${2:predict}' },
        { label: 'classifier of a dataset', body: `${classifierPrefix}\${1:dataset.csv}` },
      ],
    },
    inputs: { ...components('input'), default: ['textbox'] },
    outputs: { ...components('output'), default: ['textbox'] },
    additional_inputs: components('input'),
    flagging_options: {
      anyOf: [
        list({ type: 'string', minLength: 1 }),
        list(pairOf({ type: 'string', minLength: 1 }, { type: 'string' })),
      ],
      defaultSnippets: [{ label: 'reasons', body: ['${1:correct}', '${2:wrong}'] }],
    },
    flagging_callback: { anyOf: [{ type: 'string', minLength: 1 }, saverSchema()] },
    examples: { type: 'array', defaultSnippets: [{ label: 'rows', body: [['${1}']] }] },
  };
  const keys = Object.keys(definitionKeys).filter(isDefinitionKey);
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Demo definition of Flag & Review',
    type: 'object',
    required: keys.filter((key) => keySpec(key).required === true),
    if: { required: ['fn'], properties: { fn: { type: 'string', pattern: `^${classifierPrefix}` } } },
    else: { required: keys.filter((key) => keySpec(key).required === 'unless-classifier') },
    additionalProperties: false,
    defaultSnippets: newDemoSnippets,
    properties: {
      $schema: { type: 'string' },
      ...Object.fromEntries(keys.map((key) => [key, keySchema(keySpec(key), special[key])])),
    },
    definitions: {
      input: component('input'),
      output: component('output'),
      inputName: kindName(kindsAt('input')),
      outputName: kindName(kindsAt('output')),
      ...Object.fromEntries(allKinds.map((kind) => [kind, { if: isKind(kind), then: propsSchema(kind) }])),
    },
  };
}

function keySchema({ schema, default: byDefault, description }: PropSpec, special: Schema = schema as Schema): Schema {
  return {
    markdownDescription: description,
    ...(byDefault === undefined ? {} : { default: byDefault }),
    ...special,
  };
}

const components = (place: Place): Schema => ({
  anyOf: [list({ $ref: `#/definitions/${place}` }), { $ref: `#/definitions/${place}` }, { type: 'null' }],
});

function saverSchema(): Schema {
  return {
    type: 'object',
    required: ['name', 'dataset_name'],
    additionalProperties: false,
    properties: Object.fromEntries(Object.entries(saverKeys).map(([key, spec]) => [key, keySchema(spec)])),
    defaultSnippets: [{ label: datasetSaver, body: { name: datasetSaver, dataset_name: '${1:user/flags}' } }],
  };
}

function kindsAt(place: Place): readonly ComponentKind[] {
  return allKinds.filter((kind) => [place, 'both'].includes(kindSpec(kind).place));
}

function component(place: Place): Schema {
  return {
    anyOf: [{ $ref: `#/definitions/${place}Name` }, componentObject(kindsAt(place), place)],
    defaultSnippets: [{ label: 'component with a label', body: { type: '${1:textbox}', label: '${2}' } }],
  };
}

/** Names are completed and described in lower case; any case is accepted. */
function kindName(named: readonly ComponentKind[]): Schema {
  const others = Object.entries(aliases).filter(([, { kind }]) => named.includes(kind));
  return {
    anyOf: [
      {
        type: 'string',
        enum: [...named, ...others.map(([alias]) => alias)],
        markdownEnumDescriptions: [
          ...named.map((kind) => kindSpec(kind).description),
          ...others.map(([, { kind, props }]) => `\`${kind}\` ${describeProps(props)}`.trim()),
        ],
      },
      { type: 'string', pattern: anyCase([...named, ...others.map(([alias]) => alias)]) },
    ],
  };
}

function describeProps(props: Schema): string {
  const texts = Object.entries(props).map(([key, value]) => `\`${key}\` ${JSON.stringify(value)}`);
  return texts.length === 0 ? '' : `with ${texts.join(', ')}`;
}

/** The names of a kind as one pattern without regard to case, which JSON Schema cannot say otherwise. */
function anyCase(names: readonly string[]): string {
  const letters = names.map((name) => name.replace(/[a-z]/g, (letter) => `[${letter}${letter.toUpperCase()}]`));
  return `^(${letters.join('|')})$`;
}

function componentObject(named: readonly ComponentKind[], place: Place): Schema {
  const name = { $ref: `#/definitions/${place}Name` };
  return {
    type: 'object',
    anyOf: [{ required: ['type'] }, { required: ['kind'] }],
    properties: {
      type: { markdownDescription: typeDescription },
      kind: { allOf: [name], markdownDescription: 'The component. Beside it, `type` is what the function receives.' },
    },
    allOf: [
      { if: { not: { required: ['kind'] } }, then: { properties: { type: name } } },
      ...named.map((kind) => ({ $ref: `#/definitions/${kind}` })),
    ],
  };
}

const typeDescription = 'The component. With `kind` beside it: what the function receives.';

function isKind(kind: ComponentKind): Schema {
  const names = Object.keys(aliases).filter((alias) => aliases[alias]?.kind === kind);
  const named = { type: 'string', pattern: anyCase([kind, ...names]) };
  return {
    anyOf: [
      { required: ['kind'], properties: { kind: named } },
      { required: ['type'], not: { required: ['kind'] }, properties: { type: named } },
    ],
  };
}

/** Where `type` is both the kind and a prop, only `kind` beside it tells which. */
function propsSchema(kind: ComponentKind): Schema {
  const props = propsOf(kind);
  const type = props.get('type');
  return {
    additionalProperties: false,
    properties: {
      kind: true,
      ...Object.fromEntries([...props].filter(([key]) => key !== 'type').map(([key, spec]) => [key, keySchema(spec)])),
      type: type ? { markdownDescription: type.description } : { markdownDescription: typeDescription },
    },
    ...(type ? { if: { required: ['kind'] }, then: { properties: { type: keySchema(type) } } } : {}),
  };
}

function list(items: Schema): Schema {
  return { type: 'array', items };
}

function pairOf(first: Schema, second: Schema): Schema {
  return { type: 'array', items: [first, second], minItems: 2, maxItems: 2 };
}

const newDemoSnippets = [
  {
    label: 'Demo of a Python function',
    description: 'A demo with one input, one output and two flagging options',
    body: {
      title: '${1:My demo}',
      fn: '${2:model.py}:${3:predict}',
      inputs: ['${4:textbox}'],
      outputs: ['${5:label}'],
      flagging_options: ['correct', 'wrong'],
    },
  },
  {
    label: 'Demo of a JavaScript function',
    description: 'A demo of an exported function',
    body: {
      title: '${1:My demo}',
      fn: '${2:model.mjs}:${3:predict}',
      inputs: ['${4:textbox}'],
      outputs: ['${5:textbox}'],
    },
  },
  {
    label: 'Demo of the built-in classifier',
    description: 'A text classifier that learns from a dataset',
    body: {
      title: '${1:My demo}',
      fn: 'classifier:${2:dataset.csv}',
      flagging_options: ['correct', 'wrong'],
    },
  },
];
