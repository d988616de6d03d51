import type { Choice } from './control';

/** A line of the list: a choice, or the typed text itself where that is allowed. */
export interface Option {
  readonly label: string;
  readonly value: string | number;
  readonly custom: boolean;
}

export interface OptionsQuery {
  readonly choices: readonly Choice[];
  /** What was typed; empty shows every choice. */
  readonly text: string;
  readonly allowCustom: boolean;
}

/** The choices that contain the text, those that begin with it first, then the text itself. */
export function matchingOptions({ choices, text, allowCustom }: OptionsQuery): readonly Option[] {
  const wanted = text.trim().toLocaleLowerCase();
  const found = choices
    .map(([label, value]) => ({ label, value, custom: false, place: label.toLocaleLowerCase().indexOf(wanted) }))
    .filter(({ place }) => place >= 0);
  const options = [...found.filter(({ place }) => place === 0), ...found.filter(({ place }) => place > 0)];
  const known = choices.some(([label]) => label.toLocaleLowerCase() === wanted);
  const own = text.trim();
  const custom = allowCustom && own !== '' && !known ? [{ label: own, value: own, custom: true }] : [];
  return [...options.map(({ label, value, custom }) => ({ label, value, custom })), ...custom];
}

/** The caption of a chosen value; one that is no choice stands for itself. */
export function labelOfValue(choices: readonly Choice[], value: string | number): string {
  return choices.find(([, choice]) => choice === value)?.[0] ?? String(value);
}
