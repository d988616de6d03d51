import type { Component, Dropdown, NumberComponent, Textbox } from '../../extension/core/demo/components';
import type { PageState } from './state';
import { strings } from './strings';

/** The rule that a payload breaks, or empty. */
export function problemOf(component: Component, value: unknown): string {
  const { kind } = component;
  if (kind === 'textbox' && typeof value === 'string') return textProblem(component, value);
  if (kind === 'number' && typeof value === 'number') return numberProblem(component, value);
  if (kind === 'slider' && typeof value === 'number') return rangeProblem(value, component.minimum, component.maximum);
  if (kind === 'dropdown' && Array.isArray(value)) return tooManyProblem(component, value.length);
  return '';
}

/** The rule that an input breaks, or empty: what is written in it, else its value. */
export function inputProblem(state: PageState, input: number): string {
  const component = state.view?.inputs[input];
  if (!component || component.visible === false) return '';
  return state.drafts[input] ?? problemOf(component, state.values[input]);
}

/** The inputs that keep the demo from running. */
export function invalidInputs(state: PageState): readonly number[] {
  return (state.view?.inputs ?? []).map((_, input) => input).filter((input) => inputProblem(state, input) !== '');
}

function textProblem({ max_length = Infinity, type }: Textbox, value: string): string {
  // In UTF-16 units, as a browser counts `maxlength`.
  if (value.length > max_length) return strings.tooLong(value.length, max_length);
  if (type === 'email' && value !== '' && !/^[^\s@]+@[^\s@]+$/.test(value)) return strings.notAnEmail;
  return '';
}

function numberProblem({ precision, minimum, maximum }: NumberComponent, value: number): string {
  if (precision === 0 && !Number.isInteger(value)) return strings.wholeNumber;
  return rangeProblem(value, minimum, maximum);
}

function rangeProblem(value: number, minimum = -Infinity, maximum = Infinity): string {
  if (value >= minimum && value <= maximum) return '';
  if (Number.isFinite(minimum) && Number.isFinite(maximum)) return strings.between(minimum, maximum);
  return value < minimum ? strings.atLeast(minimum) : strings.atMost(maximum);
}

function tooManyProblem({ max_choices = Infinity }: Dropdown, count: number): string {
  return count > max_choices ? strings.tooMany(max_choices) : '';
}
