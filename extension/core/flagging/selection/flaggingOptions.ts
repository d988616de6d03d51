const remembered = 20;

/** What a person may choose from: those used before, the latest first, then those of the setting. */
export function offeredOptions(configured: readonly string[], recent: readonly string[]): readonly string[] {
  return [...new Set([...recent, ...configured])];
}

/** The recently used options after one more use. */
export function rememberOption(recent: readonly string[], used: string): readonly string[] {
  return [used, ...recent.filter((option) => option !== used)].slice(0, remembered);
}
