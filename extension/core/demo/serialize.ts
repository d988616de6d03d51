import { relative, sep } from 'node:path';
import { isRecord, type Json } from '../json';
import type { Component } from './components';
import type { Demo, FlaggingOption } from './definition';
import { mapFiles, type FileData } from './fileData';
import { serializeSaver } from './flaggingCallback';
import { formatFunctionReference } from './functionReference';
import { isMedia, propsOf } from './kinds';
import { sliderStep } from './kinds/numbers';
import { withLabels } from './labels';

type Entries = Record<string, Json>;

/**
 * A demo as the text of a `*.demo.json`, without what is default. Parsed again beside the same files, it gives an equal
 * demo.
 *
 * @param folder where the definition will be, for relative paths
 */
export function serializeDemo(demo: Demo, folder: string = demo.baseDir): string {
  const path = (file: string): string => relativePath(folder, file);
  const main = demo.inputs.slice(0, demo.inputs.length - demo.additionalInputs);
  const additional = demo.inputs.slice(main.length);
  const defaultDir = demo.logFormat === 'gradio-6' ? '.gradio/flagged' : 'flagged';
  const keys: Record<string, Json | undefined> = {
    title: demo.title,
    description: demo.description || undefined,
    article: demo.article || undefined,
    fn: formatFunctionReference(demo.fn, path),
    inputs: main.map((component) => serializeComponent(component, path)),
    outputs: withoutDefaultLabels(demo).map((component) => serializeComponent(component, path)),
    additional_inputs:
      additional.length > 0 ? additional.map((component) => serializeComponent(component, path)) : undefined,
    examples: demo.examples.length > 0 ? serializeExamples(demo, path) : undefined,
    live: demo.live || undefined,
    allow_flagging: demo.flaggingMode === 'manual' ? undefined : demo.flaggingMode,
    flagging_options: serializeOptions(demo.flaggingOptions),
    flagging_dir: demo.flaggingDir === defaultDir ? undefined : demo.flaggingDir,
    flagging_callback: serializeCallback(demo),
    log_format: demo.logFormat === 'guide' ? undefined : demo.logFormat,
  };
  const given = Object.entries(keys).filter((entry): entry is [string, Json] => entry[1] !== undefined);
  return `${pretty(Object.fromEntries(given))}\n`;
}

function relativePath(folder: string, file: string): string {
  return relative(folder, file).split(sep).join('/');
}

function withoutDefaultLabels({ inputs, outputs, logFormat }: Demo): readonly Component[] {
  const bare = outputs.map((output) => withoutLabel(output));
  const labelled = withLabels(inputs, bare, [], logFormat).outputs;
  return outputs.map((output, index) => (output.label === labelled[index]?.label ? (bare[index] ?? output) : output));
}

function withoutLabel(component: Component): Component {
  const bare = { ...component };
  Reflect.deleteProperty(bare, 'label');
  return bare;
}

function serializeComponent(component: Component, path: (file: string) => string): Json {
  const specs = propsOf(component.kind);
  const props: Entries = {};
  for (const [key, value] of Object.entries(component) as [string, Json][]) {
    if (key !== 'kind' && !sameJson(value, specs.get(key)?.default))
      props[key] = serializeProp(component, key, value, path);
  }
  if (component.kind === 'slider' && component.step === sliderStep(component.minimum, component.maximum))
    delete props.step;
  if (Object.keys(props).length === 0) return component.kind;
  return 'type' in props ? { kind: component.kind, ...props } : { type: component.kind, ...props };
}

function serializeProp({ kind }: Component, key: string, value: Json, path: (file: string) => string): Json {
  if (key === 'choices' && Array.isArray(value)) return (value as [string, string | number][]).map(shortChoice);
  const isPath = key === 'value' && isMedia(kind);
  if (!isPath) return value;
  if (Array.isArray(value)) return value.map((file) => path(String(file)));
  return typeof value === 'string' ? path(value) : value;
}

function shortChoice([label, value]: [string, string | number]): Json {
  return label === String(value) ? value : [label, value];
}

function serializeExamples({ examples, inputs }: Demo, path: (file: string) => string): Json {
  const toPath = ({ path: file }: FileData): string => path(file);
  const rows = examples.map((row) =>
    row.filter((_, index) => inputs[index]?.kind !== 'state').map((payload) => mapFiles(payload, toPath) as Json),
  );
  const isSingle = inputs.filter(({ kind }) => kind !== 'state').length === 1;
  const canBeFlat = isSingle && rows.every((row) => row.length === 1 && !Array.isArray(row[0]));
  return canBeFlat ? rows.map((row) => row[0] ?? null) : rows;
}

function serializeCallback({ flaggingCallback }: Demo): Json | undefined {
  if (typeof flaggingCallback !== 'string') return serializeSaver(flaggingCallback);
  return flaggingCallback === 'CSVLogger' ? undefined : flaggingCallback;
}

/** Undefined for the lone button, strings where every caption is *Flag as …*, else pairs. */
function serializeOptions(options: readonly FlaggingOption[]): Json | undefined {
  if (options.length === 1 && options[0]?.value === null) return undefined;
  const isPlain = options.every(({ label, value }) => value !== '' && label === `Flag as ${value ?? ''}`);
  return options.map(({ label, value }) => (isPlain ? value : [label, value]));
}

function sameJson(a: Json, b: Json | undefined): boolean {
  return b !== undefined && JSON.stringify(a) === JSON.stringify(b);
}

const width = 110;

/** JSON whose lists and objects stay on one line where they fit. */
function pretty(value: Json, indent = '', isRoot = true): string {
  const line = oneLine(value);
  if (!isRoot && indent.length + line.length <= width) return line;
  const inner = `${indent}  `;
  if (Array.isArray(value)) {
    return `[\n${value.map((item) => inner + pretty(item as Json, inner, false)).join(',\n')}\n${indent}]`;
  }
  if (!isRecord(value)) return line;
  const entries = Object.entries(value as Record<string, Json>);
  const lines = entries.map(([key, item]) => `${inner}${JSON.stringify(key)}: ${pretty(item, inner, false)}`);
  return `{\n${lines.join(',\n')}\n${indent}}`;
}

function oneLine(value: Json): string {
  if (Array.isArray(value)) return `[${value.map((item) => oneLine(item as Json)).join(', ')}]`;
  if (!isRecord(value)) return JSON.stringify(value);
  const entries = Object.entries(value as Record<string, Json>);
  return `{ ${entries.map(([key, item]) => `${JSON.stringify(key)}: ${oneLine(item)}`).join(', ')} }`;
}
