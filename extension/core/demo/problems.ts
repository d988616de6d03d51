import { type Node } from 'jsonc-parser';
import type { Problem } from './definition';

type Place = Pick<Node, 'offset' | 'length'>;

/** Collects what is wrong in a text, with places. */
export class Problems {
  private readonly found: Problem[] = [];
  private lineStarts: readonly number[] | undefined;

  constructor(private readonly text: string) {}

  error(place: Place, message: string): void {
    this.add(place, message, 'error');
  }

  warn(place: Place, message: string): void {
    this.add(place, message, 'warning');
  }

  get hasErrors(): boolean {
    return this.found.some(({ severity }) => severity === 'error');
  }

  /** All problems in reading order. */
  get list(): readonly Problem[] {
    return this.found.toSorted((a, b) => a.offset - b.offset);
  }

  private add({ offset, length }: Place, message: string, severity: Problem['severity']): void {
    this.lineStarts ??= lineStartsOf(this.text);
    const line = this.lineStarts.findLastIndex((start) => start <= offset);
    this.found.push({ message, severity, offset, length, line, column: offset - (this.lineStarts[line] ?? 0) });
  }
}

function lineStartsOf(text: string): number[] {
  return [0, ...Array.from(text.matchAll(/\r\n|\r|\n/g), (end) => end.index + end[0].length)];
}

/** ` Did you mean "slider"?`, or nothing when no known word is close. */
export function didYouMean(word: string, known: Iterable<string>): string {
  const lower = word.toLowerCase();
  let best: string | undefined;
  // Two letters swapped are two edits.
  let distance = Math.max(word.length > 3 ? 2 : 1, Math.floor(word.length / 3)) + 1;
  for (const candidate of known) {
    const found = editDistance(lower, candidate.toLowerCase());
    if (found < distance) [best, distance] = [candidate, found];
  }
  return best === undefined ? '' : ` Did you mean "${best}"?`;
}

/** Levenshtein's distance; words above 40 characters are never close. */
function editDistance(a: string, b: string): number {
  if (Math.max(a.length, b.length) > 40) return Infinity;
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      row.push(Math.min(replaced, (previous[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1));
    }
    previous = row;
  }
  return previous.at(-1) ?? 0;
}
