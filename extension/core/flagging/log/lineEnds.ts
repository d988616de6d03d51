interface Line {
  readonly text: string;
  /** Empty for a last line without one. */
  readonly end: string;
}

/** Lines that are looked through for the place where two texts go on alike; beyond it some line ends are not kept. */
const mostLinesInserted = 1000;

/** Whether a text has line ends of several kinds. VS Code makes them one as it opens a file, and saves them as one. */
export function hasMixedLineEnds(text: string): boolean {
  const kinds = new Set<string>();
  for (const [end] of text.matchAll(/\r\n|\r|\n/g)) {
    kinds.add(end);
    if (kinds.size > 1) return true;
  }
  return false;
}

/**
 * Gives the lines of a saved text the line ends that they had before. A changed line keeps that of the line in its
 * place; a new one has what it was saved with.
 *
 * @returns a text that differs from `saved` in nothing but line ends
 */
export function restoreLineEnds(before: string, saved: string): string {
  const old = linesOf(before);
  const lines = linesOf(saved);
  const places = placesOf(old);
  const restored: string[] = [];
  for (let at = 0, was = 0; at < lines.length;) {
    const { inserted, removed } = nextMatch({ lines, old, places }, at, was);
    for (let done = 0; done < inserted + 1 && at + done < lines.length; done++) {
      const same = done === inserted ? old[was + removed] : done < removed ? old[was + done] : undefined;
      restored.push(lineWithEnd(lines[at + done], same));
    }
    at += inserted + 1;
    was += removed + 1;
  }
  const text = restored.join('');
  // A lone CR before an empty line would become one line end with the LF behind it.
  return unified(text) === unified(saved) ? text : saved;
}

function unified(text: string): string {
  return text.replace(/\r\n|\r/g, '\n');
}

function lineWithEnd(line: Line | undefined, old: Line | undefined): string {
  if (!line) return '';
  return line.text + (line.end && (old?.end || line.end));
}

function linesOf(text: string): Line[] {
  const lines: Line[] = [];
  let from = 0;
  for (const { 0: end, index } of text.matchAll(/\r\n|\r|\n/g)) {
    lines.push({ text: text.slice(from, index), end });
    from = index + end.length;
  }
  if (from < text.length) lines.push({ text: text.slice(from), end: '' });
  return lines;
}

function placesOf(lines: readonly Line[]): Map<string, number[]> {
  const places = new Map<string, number[]>();
  lines.forEach(({ text }, index) => {
    const known = places.get(text);
    if (known) known.push(index);
    else places.set(text, [index]);
  });
  return places;
}

interface Texts {
  readonly lines: readonly Line[];
  readonly old: readonly Line[];
  /** Where each text stands among the old lines, in order. */
  readonly places: ReadonlyMap<string, readonly number[]>;
}

/** How many lines were put in and taken out before the texts go on alike; the fewest. */
function nextMatch(texts: Texts, at: number, was: number): { inserted: number; removed: number } {
  const { lines, old } = texts;
  let best = { inserted: lines.length - at, removed: old.length - was };
  for (let inserted = 0; inserted < mostLinesInserted && at + inserted < lines.length; inserted++) {
    if (inserted >= best.inserted + best.removed) break;
    const place = nextPlace(texts, at + inserted, was);
    if (place === undefined) continue;
    const removed = place - was;
    if (inserted + removed < best.inserted + best.removed) best = { inserted, removed };
  }
  return best;
}

/** The first old line from `was` on that is this one, and whose next line is this one's next as well. */
function nextPlace({ lines, old, places }: Texts, at: number, was: number): number | undefined {
  const found = places.get(lines[at]?.text ?? '') ?? [];
  for (let index = firstFrom(found, was); index < found.length; index++) {
    const place = found[index];
    if (place !== undefined && lines[at + 1]?.text === old[place + 1]?.text) return place;
  }
  return undefined;
}

/** The index of the first of the ascending numbers that is at least so large. */
function firstFrom(numbers: readonly number[], least: number): number {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((numbers[middle] ?? least) < least) low = middle + 1;
    else high = middle;
  }
  return low;
}
