import { ExpectedError } from '../../errors';

/** What stands between these lines of a card is written anew by each push; all around them is not ours. */
const begin = '<!-- flag-review:begin -->';
const end = '<!-- flag-review:end -->';

/**
 * The body of a card with our block in it: in place of the one it has, else at its end.
 *
 * @throws ExpectedError when the block begins and never ends
 */
export function withBlock(body: string, content: string, lineEnd: string): string {
  const block = [begin, '', content.trim(), '', end].join('\n').replaceAll('\n', lineEnd);
  const from = markerAt(body, begin);
  if (from === undefined) return `${body}${gapAfter(body, lineEnd)}${block}${lineEnd}`;
  const to = markerAt(body.slice(from), end);
  if (to === undefined) {
    throw new ExpectedError(
      `README.md has a line ${begin} and none below it that ends the block.`,
      `Add the line ${end} where it ends, or remove the first one.`,
    );
  }
  return body.slice(0, from) + block + body.slice(from + to + end.length);
}

/** Where the first line begins that is this marker and nothing else. */
function markerAt(text: string, marker: string): number | undefined {
  const found = new RegExp(`^${marker}(?=[ \\t]*\\r?$)`, 'm').exec(text);
  return found?.index;
}

/** One empty line between the text of others and our block. */
function gapAfter(body: string, lineEnd: string): string {
  if (body === '') return '';
  return body.endsWith('\n') ? lineEnd : lineEnd + lineEnd;
}
