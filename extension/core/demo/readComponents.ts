import { resolve } from 'node:path';
import type { Node } from 'jsonc-parser';
import type { Json } from '../json';
import type { Component, ComponentKind } from './components';
import {
  aliases,
  createComponent,
  findKind,
  initialPayload,
  isMedia,
  kinds,
  kindSpec,
  payloadProblem,
  propsOf,
} from './kinds';
import { didYouMean, type Problems } from './problems';
import { describeValue, misfit } from './propSchema';
import { checkNode, entriesOf, valueOf, type Entry } from './readNodes';

/** What reading needs to know of its surroundings. */
export interface ReadContext {
  readonly problems: Problems;
  readonly baseDir: string;
  readonly fileExists: (path: string) => boolean;
}

type Place = 'input' | 'output';
type Props = Record<string, Json>;

/** Reads `inputs`, `outputs` or `additional_inputs`: a list, a single component, or null for none. */
export function readComponents(node: Node, key: string, place: Place, context: ReadContext): readonly Component[] {
  if (node.type === 'null') return [];
  const items = node.type === 'array' ? (node.children ?? []) : [node];
  return items.flatMap((item) => {
    if (item.type === 'string') return readShorthand(item, place, context) ?? [];
    if (item.type === 'object') return readObject(item, place, context) ?? [];
    const message = `"${key}" holds ${describeValue(valueOf(item))}; a component is a name such as "number", or an object.`;
    context.problems.error(item, message);
    return [];
  });
}

function readShorthand(node: Node, place: Place, context: ReadContext): Component | undefined {
  const found = readKind(node, place, context.problems);
  if (!found) return undefined;
  return complete({ kind: found.kind, props: { ...found.props }, entries: new Map(), node, place }, context);
}

function readObject(node: Node, place: Place, context: ReadContext): Component | undefined {
  const { problems } = context;
  const entries = entriesOf(node, problems);
  // Gradio's prop `type` can stand beside `kind`; alone, `type` is the kind.
  const kindKey = entries.has('kind') ? 'kind' : 'type';
  const kindEntry = entries.get(kindKey);
  if (!kindEntry) {
    problems.error(node, 'The component has no "type", such as "textbox".');
    return undefined;
  }
  const found = readKind(kindEntry.value, place, problems);
  if (!found) return undefined;
  const given = new Map([...entries].filter(([key]) => key !== kindKey));
  const props = { ...found.props, ...readProps(found.kind, given, problems) };
  return complete({ kind: found.kind, props, entries: given, node, place }, context);
}

function readKind(node: Node, place: Place, problems: Problems): ReturnType<typeof findKind> {
  const name = valueOf(node);
  if (typeof name !== 'string') {
    problems.error(node, `The kind of a component is a name such as "textbox", not ${describeValue(name)}.`);
    return undefined;
  }
  const found = findKind(name);
  if (!found) {
    problems.error(node, unknownKind(name));
    return undefined;
  }
  const { place: allowed } = kindSpec(found.kind);
  if (allowed !== 'both' && allowed !== place) {
    problems.error(node, `"${found.kind}" is an ${allowed} component and cannot be an ${place}.`);
    return undefined;
  }
  return found;
}

function unknownKind(name: string): string {
  const names = Object.keys(kinds);
  const receivedAs = names.filter((kind) => {
    const { schema } = propsOf(kind as ComponentKind).get('type') ?? {};
    return schema?.enum?.includes(name) === true;
  });
  if (receivedAs.length > 0)
    return `"${name}" is not a component. To set what the function receives, name the component with "kind": {"kind": "${receivedAs[0] ?? ''}", "type": "${name}"}.`;
  const hint = didYouMean(name, [...names, ...Object.keys(aliases)]);
  return `Unknown component "${name}".${hint || ` Components are ${names.join(', ')}.`}`;
}

function readProps(kind: ComponentKind, entries: ReadonlyMap<string, Entry>, problems: Problems): Props {
  const specs = propsOf(kind);
  const props: Props = {};
  for (const { key, keyNode, value } of entries.values()) {
    const spec = specs.get(key);
    if (!spec) problems.warn(keyNode, `"${key}" is not a prop of "${kind}".${didYouMean(key, specs.keys())}`);
    // Gradio's None stands for "not given" where it is no value.
    else if (value.type === 'null' && misfit(null, spec.schema)) continue;
    else if (checkNode(value, spec.schema, key, problems)) props[key] = valueOf(value);
  }
  return props;
}

interface Draft {
  readonly kind: ComponentKind;
  readonly props: Props;
  readonly entries: ReadonlyMap<string, Entry>;
  readonly node: Node;
  readonly place: Place;
}

/** Applies defaults and checks what a schema cannot say. */
function complete(draft: Draft, context: ReadContext): Component {
  const { kind, props, entries, node, place } = draft;
  if (isMedia(kind)) resolveValue(draft, context);
  const component = createComponent(kind, props);
  checkRange(component, draft, context.problems);
  const isRefused = entries.has('choices') && !('choices' in props);
  if (place === 'input' && !isRefused) warnOfNoChoices(component, node, context.problems);
  const value = entries.get('value');
  const problem = value && payloadProblem(component, initialPayload(component));
  if (problem !== undefined) context.problems.error(value?.value ?? node, problem);
  return component;
}

/** Makes the paths of a media value absolute; a missing file is left out. */
function resolveValue({ props, entries, node }: Draft, { problems, baseDir, fileExists }: ReadContext): void {
  const { value } = props;
  const place = entries.get('value')?.value ?? node;
  const absolute = (path: string): string[] => {
    const file = resolve(baseDir, path);
    if (fileExists(file)) return [file];
    problems.warn(place, `The file ${path} does not exist.`);
    return [];
  };
  if (typeof value === 'string') props.value = absolute(value)[0] ?? null;
  else if (Array.isArray(value))
    props.value = value.flatMap((path) => (typeof path === 'string' ? absolute(path) : []));
}

function checkRange(component: Component, { entries, node }: Draft, problems: Problems): void {
  if (component.kind !== 'number' && component.kind !== 'slider') return;
  const { minimum, maximum } = component;
  if (minimum === undefined || maximum === undefined || minimum < maximum) return;
  const place = (entries.get('maximum') ?? entries.get('minimum'))?.value ?? node;
  problems.error(place, `The maximum ${maximum} must be greater than the minimum ${minimum}.`);
}

function warnOfNoChoices(component: Component, node: Node, problems: Problems): void {
  if (!('choices' in component) || component.choices.length > 0) return;
  if (component.kind === 'dropdown' && component.allow_custom_value === true) return;
  problems.warn(node, `"${component.kind}" has no "choices", so nothing can be chosen.`);
}
