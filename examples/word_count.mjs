const top = 8;

/** Counts words of any script, and the most frequent ones. */
export function wordCount(text, ignoreCase) {
  const words =
    (ignoreCase ? text.toLowerCase() : text).match(/[\p{L}\p{M}\p{N}]+(?:['’-][\p{L}\p{M}\p{N}]+)*/gu) ?? [];
  const counts = new Map();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  const frequent = [...counts].sort(([, a], [, b]) => b - a).slice(0, top);
  return [words.length, counts.size, Object.fromEntries(frequent)];
}
