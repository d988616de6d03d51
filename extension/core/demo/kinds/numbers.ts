import type { NumberComponent } from '../components';
import { boolean, number as numberSchema, shouldBe } from './common';
import type { SpecOf } from './kindSpec';

type Range = Pick<NumberComponent, 'minimum' | 'maximum'>;

function rangeProblem({ minimum, maximum }: Range, payload: unknown): string | undefined {
  if (typeof payload !== 'number') return shouldBe('a number', payload);
  if (minimum !== undefined && payload < minimum) return `The value ${payload} is less than the minimum ${minimum}.`;
  if (maximum !== undefined && payload > maximum) return `The value ${payload} is greater than the maximum ${maximum}.`;
  return undefined;
}

const smallest = { schema: numberSchema, description: 'The smallest value allowed.' };
const largest = { schema: numberSchema, description: 'The largest value allowed.' };

export const number: SpecOf<'number'> = {
  title: 'Number',
  description: 'A number. The function receives a float, or an integer when `precision` is 0.',
  place: 'both',
  props: {
    value: { schema: { type: ['number', 'null'] }, description: 'The number at first. Default: none.' },
    minimum: smallest,
    maximum: largest,
    step: { schema: numberSchema, default: 1, description: 'How much an arrow key adds.' },
    precision: {
      schema: { type: 'integer' },
      description: 'Decimal places to which the number is rounded; `0` makes integers.',
    },
  },
  initial: ({ value }) => value ?? null,
  problem: rangeProblem,
};

export const slider: SpecOf<'slider'> = {
  title: 'Slider',
  description: 'A number between `minimum` and `maximum`.',
  place: 'both',
  props: {
    value: { schema: numberSchema, description: 'The number at first. Default: `minimum`.' },
    minimum: { ...smallest, default: 0 },
    maximum: { ...largest, default: 100 },
    step: { schema: numberSchema, description: 'Distance of two stops. Default: a hundredth of the range, rounded.' },
  },
  initial: ({ value, minimum }) => value ?? minimum,
  problem: rangeProblem,
};

/** Gradio's default step: the power of ten about a hundredth of the range (`Slider.__init__`). */
export function sliderStep(minimum: number, maximum: number): number {
  return 10 ** Math.floor(Math.log10(maximum - minimum) - 2);
}

export const checkbox: SpecOf<'checkbox'> = {
  title: 'Checkbox',
  description: 'Yes or no. The function receives a boolean.',
  place: 'both',
  props: { value: { schema: boolean, default: false, description: 'Whether it is checked at first.' } },
  initial: ({ value }) => value ?? false,
  problem: (_, payload) => (typeof payload === 'boolean' ? undefined : shouldBe('true or false', payload)),
};
