import type { Choice, Dropdown } from '../components';
import { describeValue, type PropSchema } from '../propSchema';
import { boolean, listOf, oneOf, positiveInteger, shouldBe } from './common';
import type { PropSpec, SpecOf } from './kindSpec';

const scalar: PropSchema = { type: ['string', 'number'] };
const pair: PropSchema = { type: 'array', items: [{ type: 'string' }, scalar], minItems: 2, maxItems: 2 };

const choices: PropSpec = {
  schema: listOf({ anyOf: [scalar, pair] }),
  default: [],
  description: 'What can be chosen: values, or pairs `["caption", value]`.',
};

const chosenAs: PropSpec = {
  schema: oneOf('value', 'index'),
  default: 'value',
  description: 'Whether the function receives the chosen value or its position.',
};

/** Choices as a definition gives them, each as a pair. */
export function toChoices(given: readonly unknown[]): Choice[] {
  return given.map((choice) =>
    Array.isArray(choice) ? [String(choice[0]), toScalar(choice[1])] : [String(choice), toScalar(choice)],
  );
}

function toScalar(value: unknown): string | number {
  return typeof value === 'number' ? value : String(value);
}

function isScalar(value: unknown): value is string | number {
  return typeof value === 'string' || typeof value === 'number';
}

/** Outputs may declare no choices; then every value is one. */
function choiceProblem(choices: readonly Choice[], value: unknown): string | undefined {
  if (!isScalar(value)) return shouldBe('a string or a number', value);
  if (choices.length === 0 || choices.some(([, known]) => known === value)) return undefined;
  return `${describeValue(value)} is not one of the choices ${excerpt(choices.map(([, known]) => JSON.stringify(known)))}.`;
}

function manyProblem(values: unknown, problem: (value: unknown) => string | undefined): string | undefined {
  if (!Array.isArray(values)) return shouldBe('a list of choices', values);
  return values.map(problem).find((found) => found !== undefined);
}

function excerpt(words: readonly string[]): string {
  return words.length > 12 ? `${words.slice(0, 12).join(', ')}, …` : words.join(', ');
}

export const checkboxgroup: SpecOf<'checkboxgroup'> = {
  title: 'Checkbox group',
  description: 'Any number of choices. The function receives a list.',
  place: 'both',
  props: {
    choices,
    value: { schema: listOf(scalar), description: 'The values checked at first.' },
    type: chosenAs,
  },
  initial: ({ value }) => value ?? [],
  problem: (component, payload) => manyProblem(payload, (value) => choiceProblem(component.choices, value)),
};

export const radio: SpecOf<'radio'> = {
  title: 'Radio',
  description: 'One of a few choices, all shown.',
  place: 'both',
  props: {
    choices,
    value: { schema: { type: ['string', 'number', 'null'] }, description: 'The value chosen at first. Default: none.' },
    type: chosenAs,
  },
  initial: ({ value }) => value ?? null,
  problem: (component, payload) => choiceProblem(component.choices, payload),
};

function dropdownProblem(component: Dropdown, payload: unknown): string | undefined {
  const { choices: known, allow_custom_value, max_choices, multiselect } = component;
  const problem = (value: unknown) => choiceProblem(allow_custom_value === true ? [] : known, value);
  if (multiselect !== true) return problem(payload);
  if (Array.isArray(payload) && max_choices !== undefined && payload.length > max_choices)
    return `${payload.length} values are chosen, but at most ${max_choices} may be.`;
  return manyProblem(payload, problem);
}

export const dropdown: SpecOf<'dropdown'> = {
  title: 'Dropdown',
  description: 'One of many choices in a list, or several with `multiselect`.',
  place: 'both',
  props: {
    choices,
    value: {
      schema: { anyOf: [{ type: ['string', 'number', 'null'] }, listOf(scalar)] },
      description: 'The value chosen at first; a list with `multiselect`. Default: the first choice.',
    },
    multiselect: { schema: boolean, default: false, description: 'Whether several values can be chosen.' },
    max_choices: { schema: positiveInteger, description: 'With `multiselect`: how many at most.' },
    filterable: { schema: boolean, default: true, description: 'Whether typing narrows the list.' },
    allow_custom_value: {
      schema: boolean,
      default: false,
      description: 'Whether a value may be typed that is no choice.',
    },
    type: chosenAs,
  },
  // Gradio 5 and later choose the first value unless told `null` (`DefaultValue` in gradio/components/dropdown.py).
  initial: ({ value, multiselect, choices: known }) => {
    if (multiselect === true) return value === undefined || value === null ? [] : [value].flat();
    return value === undefined ? (known[0]?.[1] ?? null) : value;
  },
  problem: dropdownProblem,
};
