import { dirname } from 'node:path';
import type { Json } from '../json';
import type { Component, ComponentKind } from './components';
import type { ClassifierReference, CodeReference, Demo } from './definition';
import { createComponent, initialPayload, isMedia, payloadProblem } from './kinds';
import { withLabels } from './labels';
import { loneFlagButton } from './readFlagging';
import type { FunctionDescription, ParameterDescription, TypeDescription } from './runner';

type Props = Readonly<Record<string, Json>>;
type Choosable = Extract<TypeDescription, { type: 'literal' | 'enum' }>;

/** Radio buttons stay readable up to this many choices. */
const fewChoices = 4;
/** Characters of a default from which a textbox has several lines. */
const lineLength = 60;

/** A demo of a function that has no definition: components from its annotations, values from its defaults. */
export function inferDemo(description: FunctionDescription, fn: CodeReference | ClassifierReference): Demo {
  const { name, doc, parameters, returns } = description;
  const names = parameters.map((parameter) => parameter.name);
  return {
    source: fn.file,
    baseDir: dirname(fn.file),
    title: titleOf(name),
    description: firstParagraph(doc),
    article: '',
    fn,
    ...withLabels(parameters.map(inputOf), outputsOf(returns, name), names, 'guide'),
    additionalInputs: 0,
    examples: [],
    live: false,
    flaggingMode: 'manual',
    flaggingOptions: loneFlagButton,
    flaggingDir: 'flagged',
    flaggingCallback: 'CSVLogger',
    logFormat: 'guide',
  };
}

/** `word_count` → `Word count`. */
function titleOf(name: string): string {
  const words = name.replaceAll('_', ' ').trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function firstParagraph(doc: string): string {
  const [paragraph = ''] = doc.trim().split(/\r?\n[ \t]*\r?\n/);
  return paragraph.replace(/\s+/g, ' ').trim();
}

function inputOf({ name, type, default: byDefault }: ParameterDescription): Component {
  const [kind, props] = inputKind(type, name, byDefault);
  const bare = createComponent(kind, props);
  if (byDefault === undefined || byDefault === null || isMedia(kind)) return bare;
  const withValue = createComponent(kind, { ...props, value: byDefault as Json });
  return payloadProblem(withValue, initialPayload(withValue)) === undefined ? withValue : bare;
}

function inputKind(type: TypeDescription, name: string, byDefault: unknown): [ComponentKind, Props] {
  switch (type.type) {
    case 'str':
      return textbox(byDefault);
    case 'int':
      return ['number', { precision: 0 }];
    case 'float':
      return ['number', {}];
    case 'bool':
      return ['checkbox', {}];
    case 'literal':
    case 'enum':
      return oneOf(choicesOf(type));
    case 'list_of':
      return listOf(type.item, name, byDefault);
    case 'path':
      return fileOf(name);
    case 'pil':
      return ['image', { type: 'pil' }];
    case 'numpy':
      return ['image', { type: 'numpy' }];
    case 'dataframe':
      return ['dataframe', {}];
    case 'optional':
      return inputKind(type.item, name, byDefault);
    case 'dict':
    case 'list':
    case 'tuple':
    case 'confidences':
      return ['json', {}];
    case 'none':
    case 'unknown':
      return kindOfDefault(byDefault);
  }
}

/** Gradio has no component for a parameter without a type: the default tells, else text is what people type most. */
function kindOfDefault(byDefault: unknown): [ComponentKind, Props] {
  if (typeof byDefault === 'boolean') return ['checkbox', {}];
  if (typeof byDefault === 'number') return ['number', {}];
  if (typeof byDefault === 'object' && byDefault !== null) return ['json', {}];
  return textbox(byDefault);
}

function textbox(byDefault: unknown): [ComponentKind, Props] {
  if (typeof byDefault !== 'string') return ['textbox', {}];
  const lines = byDefault.split('\n').reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / lineLength)), 0);
  return ['textbox', lines > 1 ? { lines: Math.min(lines, 10) } : {}];
}

function oneOf(choices: readonly Json[]): [ComponentKind, Props] {
  return choices.length <= fewChoices ? ['radio', { choices }] : ['dropdown', { choices, value: null }];
}

function choicesOf(type: Choosable): readonly Json[] {
  return type.type === 'literal' ? type.values : type.members;
}

function listOf(item: TypeDescription, name: string, byDefault: unknown): [ComponentKind, Props] {
  if (item.type === 'literal' || item.type === 'enum') return ['checkboxgroup', { choices: choicesOf(item) }];
  if (item.type === 'pil' || item.type === 'numpy') return ['gallery', { type: item.type }];
  if (item.type === 'path') return fileOf(name)[0] === 'image' ? ['gallery', {}] : ['file', { file_count: 'multiple' }];
  if (item.type !== 'str') return ['json', {}];
  const choices = Array.isArray(byDefault) ? byDefault.filter((value) => typeof value === 'string') : [];
  return ['dropdown', { choices, multiselect: true, allow_custom_value: true }];
}

/** A path says nothing of what is in the file; names often do. */
function fileOf(name: string): [ComponentKind, Props] {
  const words = name.toLowerCase();
  if (/image|img|photo|picture|thumbnail/.test(words)) return ['image', { type: 'filepath' }];
  if (/audio|sound|speech|voice|song|music/.test(words)) return ['audio', { type: 'filepath' }];
  if (/video|movie|clip/.test(words)) return ['video', {}];
  return ['file', {}];
}

function outputsOf(returns: TypeDescription, name: string): readonly Component[] {
  if (returns.type === 'none') return [];
  if (returns.type === 'tuple') return returns.items.flatMap((item) => outputsOf(item, name));
  if (returns.type === 'optional') return outputsOf(returns.item, name);
  return [createComponent(...outputKind(returns, name))];
}

function outputKind(type: TypeDescription, name: string): [ComponentKind, Props] {
  if (type.type === 'confidences') return ['label', {}];
  if (type.type === 'list_of') return ['pil', 'numpy'].includes(type.item.type) ? ['gallery', {}] : ['json', {}];
  // A choice is plain text or a number once it is made.
  if (type.type === 'literal')
    return type.values.every((value) => typeof value === 'number') ? ['number', {}] : ['textbox', {}];
  return type.type === 'enum' ? ['textbox', {}] : inputKind(type, name, undefined);
}
