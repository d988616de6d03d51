import { parseArgs, type ParseArgsConfig } from 'node:util';
import type { LogFormat } from '../demo/definition';
import { ExpectedError, messageOf } from '../errors';

/** Kinds of options, as `parseArgs` has them. */
export const text = { type: 'string' } as const;
export const texts = { type: 'string', multiple: true } as const;
export const flag = { type: 'boolean' } as const;

/**
 * Options and positionals of a command.
 *
 * @throws ExpectedError naming an option that it does not take
 */
export function parse<T extends NonNullable<ParseArgsConfig['options']>>(argv: readonly string[], options: T) {
  try {
    return parseArgs({ args: [...argv], options, allowPositionals: true });
  } catch (error) {
    // What Node.js adds in further sentences is for other programs.
    const [what = ''] = messageOf(error).split(/\.\s/);
    throw new ExpectedError(`${what}.`, 'See flag-review --help.');
  }
}

/** @throws ExpectedError naming what is known */
export function oneOf<T extends string>(value: string, known: readonly T[], option: string): T {
  const found = known.find((one) => one === value);
  if (found === undefined)
    throw new ExpectedError(`${option} ${value} is not known.`, `Use one of ${known.join(', ')}.`);
  return found;
}

/** Names with commas between them. */
export function namesOf(value: string | undefined): string[] | undefined {
  return value?.split(',').map((name) => name.trim());
}

/**
 * Names of classes.
 *
 * @throws ExpectedError when one is empty or comes twice
 */
export function classesOf(value: string | undefined): string[] | undefined {
  const names = namesOf(value);
  const wrong = names?.find((name, index) => name === '' || names.indexOf(name) < index);
  if (wrong === undefined) return names;
  const what = wrong === '' ? 'has an empty name' : `names ${wrong} twice`;
  throw new ExpectedError(`--classes ${what}.`, 'Name each class once, with commas between them.');
}

export function countOf(value: string, option: string): number {
  return numberOf(value, option, 'a whole number from 0 on', (n) => Number.isInteger(n) && n >= 0);
}

export function numberOf(value: string, option: string, what: string, isValid: (value: number) => boolean): number {
  const number = Number(value);
  if (value.trim() === '' || !isValid(number)) throw new ExpectedError(`${option} ${value} is not ${what}.`);
  return number;
}

const logFormats: readonly LogFormat[] = ['guide', 'gradio-4', 'gradio-6'];

export function logFormatOf(given: string | undefined): LogFormat | undefined {
  if (given === undefined) return undefined;
  const format = logFormats.find((known) => known === given);
  if (format === undefined)
    throw new ExpectedError(`"${given}" is not a log format.`, `Formats are ${logFormats.join(', ')}.`);
  return format;
}
