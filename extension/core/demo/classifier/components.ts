import type { Component } from '../components';
import type { ClassifierReference, Demo } from '../definition';
import { inferDemo } from '../infer';
import { createComponent } from '../kinds';
import type { FunctionDescription } from '../runner';

/** What a demo of the built-in classifier shows unless its definition says otherwise: a text, and a label with confidences. */
export function classifierComponents({ text = 'text', label = 'label' }: Pick<ClassifierReference, 'text' | 'label'>): {
  readonly input: Component;
  readonly output: Component;
} {
  return {
    input: createComponent('textbox', { label: text, lines: 3 }),
    output: createComponent('label', { label }),
  };
}

/** A demo of a classifier that has no definition. */
export function classifierDemo(description: FunctionDescription, fn: ClassifierReference): Demo {
  const { input, output } = classifierComponents(fn);
  return { ...inferDemo(description, fn), inputs: [input], outputs: [output] };
}
