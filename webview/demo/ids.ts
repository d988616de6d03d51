/** Ids of elements that get the focus from elsewhere. */
export const inputId = (input: number): string => `input-${input}`;
export const flagButtonId = (option: number): string => `flag-${option}`;
export const correctionId = (output: number): string => `correction-${output}`;
