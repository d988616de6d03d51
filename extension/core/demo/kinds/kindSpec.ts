import type { Json } from '../../json';
import type { Component, ComponentBase, ComponentKind, ComponentOf } from '../components';
import type { PropSchema } from '../propSchema';

/** One prop of a component. */
export interface PropSpec {
  readonly schema: PropSchema;
  /** Gradio's default (6.25), applied when the prop is left out; undefined where there is none. */
  readonly default?: Json;
  /** Markdown, shown on hover. */
  readonly description: string;
}

/** What there is to know of one component kind. */
export interface KindSpec<C extends Component = Component, P extends string = string> {
  /** The kind's name for people: "Checkbox group". */
  readonly title: string;
  /** Markdown, one sentence. */
  readonly description: string;
  readonly place: 'input' | 'output' | 'both';
  /** Props beyond those of every component, and those of every component that have another default here. */
  readonly props: Readonly<Record<P, PropSpec>> & Readonly<Partial<Record<keyof ComponentBase, PropSpec>>>;
  /** The payload that an input shows at first. Media of `value` are absolute paths and become FileData. */
  initial(component: C): Json;
  /** Why a payload other than null is not one of this component, or undefined. */
  problem(component: C, payload: unknown): string | undefined;
}

type PropName<K extends ComponentKind> = Exclude<Extract<keyof ComponentOf<K>, string>, 'kind' | keyof ComponentBase>;

/** The specification of a kind, with exactly the props that its component type has. */
export type SpecOf<K extends ComponentKind> = KindSpec<ComponentOf<K>, PropName<K>>;
