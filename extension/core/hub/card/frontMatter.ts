import { ExpectedError } from '../../errors';

/** A README.md, taken apart; its pieces in this order are its text. */
export interface CardText {
  /** The line `---` that begins the front matter and whatever stands before; a byte order mark at most without one. */
  readonly opening: string;
  /** The YAML between the lines `---`: whole lines. */
  readonly yaml: string;
  /** The line `---` that ends the front matter; empty without one. */
  readonly closing: string;
  readonly body: string;
  readonly lineEnd: '\n' | '\r\n';
}

const openingLine = /^\uFEFF?(?:[ \t]*\r?\n)*---[ \t]*\r?\n/;
const closingLine = /^---[ \t]*(?:\r?\n|$)/m;

/** @throws ExpectedError when the front matter begins and never ends */
export function takeApart(readme: string): CardText {
  const lineEnd = /\r?\n/.exec(readme)?.[0] === '\r\n' ? '\r\n' : '\n';
  const opening = openingLine.exec(readme)?.[0];
  if (opening === undefined) {
    const mark = readme.startsWith('\uFEFF') ? '\uFEFF' : '';
    return { opening: mark, yaml: '', closing: '', body: readme.slice(mark.length), lineEnd };
  }
  const rest = readme.slice(opening.length);
  const end = closingLine.exec(rest);
  if (!end) {
    throw new ExpectedError(
      `The front matter of README.md begins on line ${firstLine(opening) - 1} and never ends.`,
      'Put a line of three dashes (---) below its last key.',
    );
  }
  const after = end.index + end[0].length;
  return { opening, yaml: rest.slice(0, end.index), closing: end[0], body: rest.slice(after), lineEnd };
}

export function putTogether({ opening, yaml, closing, body }: CardText): string {
  return opening + yaml + closing + body;
}

/** The number of the first line of YAML, from 1, in a README.md whose front matter begins like this. */
export function firstLine(opening: string): number {
  return opening.split('\n').length;
}

/**
 * Why readers of the Hub would not find the front matter, though it is there: they ask for `---` and nothing else on the
 * first line.
 */
export function hiddenBy(opening: string): string | undefined {
  if (opening.startsWith('\uFEFF')) return 'README.md begins with a byte order mark';
  if (/^\s/.test(opening)) return 'README.md has an empty line above its front matter';
  return /[ \t]\r?\n$/.test(opening) ? 'the first line of README.md has spaces after ---' : undefined;
}
