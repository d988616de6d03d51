import type { Json } from '../json';
import type { Component, ComponentKind } from './components';
import { baseProps } from './kinds/common';
import { checkboxgroup, dropdown, radio, toChoices } from './kinds/choices';
import { dataframe, highlightedtext, json, label, plot, state } from './kinds/data';
import type { KindSpec, PropSpec, SpecOf } from './kinds/kindSpec';
import { annotatedimage, audio, fileKind, gallery, image, video } from './kinds/media';
import { checkbox, number, slider, sliderStep } from './kinds/numbers';
import { code, colorpicker, datetime, html, markdown, textbox } from './kinds/text';

/** Every component kind, in the order in which people are offered them. */
export const kinds: { readonly [K in ComponentKind]: SpecOf<K> } = {
  textbox,
  number,
  slider,
  checkbox,
  checkboxgroup,
  radio,
  dropdown,
  image,
  audio,
  video,
  file: fileKind,
  dataframe,
  json,
  code,
  colorpicker,
  datetime,
  label,
  highlightedtext,
  markdown,
  html,
  gallery,
  plot,
  annotatedimage,
  state,
};

/** Other names that Gradio has for a kind with some props set (`gradio/templates.py`). */
export const aliases: Readonly<Record<string, { readonly kind: ComponentKind; readonly props: Record<string, Json> }>> =
  {
    text: { kind: 'textbox', props: {} },
    textarea: { kind: 'textbox', props: { lines: 7, max_lines: 20 } },
    password: { kind: 'textbox', props: { type: 'password' } },
    email: { kind: 'textbox', props: { type: 'email' } },
    files: { kind: 'file', props: { file_count: 'multiple' } },
    mic: { kind: 'audio', props: { sources: ['microphone'] } },
    microphone: { kind: 'audio', props: { sources: ['microphone'] } },
    webcam: { kind: 'image', props: { sources: ['webcam'] } },
    pil: { kind: 'image', props: { type: 'pil' } },
    playablevideo: { kind: 'video', props: {} },
    numpy: { kind: 'dataframe', props: { type: 'numpy' } },
    matrix: { kind: 'dataframe', props: { type: 'array' } },
    list: { kind: 'dataframe', props: { type: 'array', col_count: 1 } },
    highlight: { kind: 'highlightedtext', props: {} },
  };

/** The kind's entry in the table. */
export function kindSpec(kind: ComponentKind): KindSpec {
  return kinds[kind];
}

/** All props of a kind. */
export function propsOf(kind: ComponentKind): ReadonlyMap<string, PropSpec> {
  return new Map<string, PropSpec>([...Object.entries(baseProps), ...Object.entries(kindSpec(kind).props)]);
}

export function isComponentKind(name: string): name is ComponentKind {
  return Object.hasOwn(kinds, name);
}

/** Whether the `value` of a kind is a path. */
export function isMedia(kind: ComponentKind): boolean {
  return kind === 'image' || kind === 'audio' || kind === 'video' || kind === 'file';
}

/** The kind that a definition names, in any case, and the props that the name sets; undefined when there is none. */
export function findKind(
  name: string,
): { readonly kind: ComponentKind; readonly props: Record<string, Json> } | undefined {
  const lower = name.toLowerCase();
  if (isComponentKind(lower)) return { kind: lower, props: {} };
  return Object.hasOwn(aliases, lower) ? aliases[lower] : undefined;
}

/** A component of valid props, with defaults for those left out and every choice as a pair. */
export function createComponent(kind: ComponentKind, given: Readonly<Record<string, Json>>): Component {
  const props: Record<string, Json> = {};
  for (const [key, { default: byDefault }] of propsOf(kind)) {
    const value = given[key] ?? (key in given ? null : byDefault);
    if (value !== undefined) props[key] = value;
  }
  if (Array.isArray(props.choices)) props.choices = toChoices(props.choices);
  if (kind === 'slider') props.step ??= sliderStep(Number(props.minimum), Number(props.maximum));
  return { kind, ...props } as unknown as Component;
}

/** The payload that an input shows before anything is typed. */
export function initialPayload(component: Component): Json {
  return kindSpec(component.kind).initial(component);
}

/**
 * Why a payload that came from a page, a terminal or an example is not one of this component. Null, "nothing", is a
 * payload of every component.
 *
 * @returns a sentence, or undefined when it is one
 */
export function payloadProblem(component: Component, payload: unknown): string | undefined {
  return payload === null ? undefined : kindSpec(component.kind).problem(component, payload);
}
