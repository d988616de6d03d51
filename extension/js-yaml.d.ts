/** What we use of js-yaml, which comes without types. */
declare module 'js-yaml' {
  export class YAMLException extends Error {}

  /** Reads every scalar as a text. */
  export const FAILSAFE_SCHEMA: unique symbol;

  export function load(text: string, options: { readonly schema: typeof FAILSAFE_SCHEMA }): unknown;
}
