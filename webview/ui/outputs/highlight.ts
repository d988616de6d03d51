import type { HighlightedToken } from './payload';

/** Joins neighbours of one class, as Gradio's `combine_adjacent`. */
export function combineAdjacent(tokens: readonly HighlightedToken[]): readonly HighlightedToken[] {
  const combined: HighlightedToken[] = [];
  for (const token of tokens) {
    const last = combined.at(-1);
    if (last && last.class_or_confidence === token.class_or_confidence)
      combined[combined.length - 1] = { ...last, token: last.token + token.token };
    else combined.push(token);
  }
  return combined;
}

/** Whether the tokens carry scores rather than categories. */
export function hasScores(tokens: readonly HighlightedToken[]): boolean {
  const marks = tokens.map((token) => token.class_or_confidence).filter((mark) => mark !== null && mark !== undefined);
  return marks.length > 0 && marks.every((mark) => typeof mark === 'number');
}

/** The categories in the order of their first appearance. */
export function categoriesOf(tokens: readonly HighlightedToken[]): readonly string[] {
  const marks = tokens.map((token) => token.class_or_confidence);
  return [...new Set(marks.filter((mark) => mark !== null && mark !== undefined).map(String))];
}

const themeColours = ['blue', 'orange', 'green', 'purple', 'red', 'yellow'] as const;

/** The colour of a category: that of the definition, else the theme's next chart colour; high contrast lacks some. */
export function colourOf(
  category: string,
  categories: readonly string[],
  colourMap: Readonly<Record<string, string>> = {},
): string {
  const own = Object.hasOwn(colourMap, category) ? colourMap[category] : undefined;
  const index = Math.max(0, categories.indexOf(category)) % themeColours.length;
  return own ?? `var(--vscode-charts-${themeColours[index] ?? 'blue'}, currentColor)`;
}
