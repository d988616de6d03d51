import { printable } from './cli/printable';

/** Text between more backticks than it has in a row; nothing else ends a code span of one line. */
export function code(text: string): string {
  const line = printable(text.replaceAll(/\s+/g, ' '));
  if (line.trim() === '') return '_empty_';
  const longest = Math.max(0, ...Array.from(line.matchAll(/`+/g), ([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return /^`|`$|^ .* $/.test(line) ? `${fence} ${line} ${fence}` : `${fence}${line}${fence}`;
}

/** A pipe ends the cell of a table even in a code span. */
export function cell(text: string): string {
  return code(text).replaceAll('|', '\\|');
}
