const delimiters = [',', ';', '\t', '|'] as const;

/** The delimiter that the first line has most of outside quotes; a comma when it has none. */
export function guessDelimiter(text: string): string {
  const header = /^(?:[^"\r\n]|"(?:[^"]|"")*")*/.exec(text)?.[0].replace(/"(?:[^"]|"")*"/g, '') ?? '';
  const count = (delimiter: string): number => header.split(delimiter).length;
  return delimiters.reduce((best, delimiter) => (count(delimiter) > count(best) ? delimiter : best), ',');
}
