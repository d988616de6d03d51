import { eachToken } from '../../labels/tokens';

/** A token of a text, and where it stands in it as it was written; UTF-16 units. */
export interface TokenPlace {
  readonly token: string;
  readonly start: number;
  readonly end: number;
}

/** The tokens that `eachToken` finds in a text, at their places in the original. */
export function tokenPlaces(text: string): TokenPlace[] {
  const places: TokenPlace[] = [];
  const origins = originsOf(text);
  eachToken(text, (lower, start, end) => {
    const token = lower.slice(start, end);
    if (!origins) places.push({ token, start, end });
    else places.push({ token, start: origins.starts[start] ?? 0, end: origins.ends[end - 1] ?? 0 });
  });
  return places;
}

interface Origins {
  /** Where the character begins that each unit of the text in lower case comes from. */
  readonly starts: readonly number[];
  /** Where it ends. */
  readonly ends: readonly number[];
}

/** Undefined where lower case has the same places: only few characters, such as `İ`, become longer, and none shorter. */
function originsOf(text: string): Origins | undefined {
  if (text.toLowerCase().length === text.length) return undefined;
  const [starts, ends]: [number[], number[]] = [[], []];
  let at = 0;
  for (const character of text) {
    const end = at + character.length;
    const { length } = character.toLowerCase();
    for (let unit = 0; unit < length; unit++) {
      starts.push(at);
      ends.push(end);
    }
    at = end;
  }
  return { starts, ends };
}
