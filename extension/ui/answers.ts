/** What the handlers of a page share: checks of single arguments, and the shape of what answers. */

export const isString = (value: unknown): value is string => typeof value === 'string';
export const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0;

/** Whether the arguments are exactly these. */
export function accepts(...guards: readonly ((value: unknown) => boolean)[]): (args: readonly unknown[]) => boolean {
  return (args) => args.length === guards.length && guards.every((guard, index) => guard(args[index]));
}

/** A host's half of a protocol, where each call may also take its time. */
export type Answers<Host extends { readonly [K in keyof Host]: (...args: never[]) => unknown }> = {
  readonly [K in keyof Host]: (...args: Parameters<Host[K]>) => ReturnType<Host[K]> | Promise<ReturnType<Host[K]>>;
};
