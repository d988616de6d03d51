import { strings } from './strings';

/** Whether the page may ask for the clipboard's images; Ctrl+V works without. */
export function canReadClipboard(): boolean {
  // Absent outside secure contexts, though its type does not say so.
  const clipboard = navigator.clipboard as Partial<Clipboard> | undefined;
  return typeof clipboard?.read === 'function';
}

/** The first image of the clipboard; none when it holds something else. */
export async function clipboardImage(): Promise<File | null> {
  for (const item of await navigator.clipboard.read()) {
    const type = item.types.find((candidate) => candidate.startsWith('image/'));
    if (type) return new File([await item.getType(type)], `pasted.${type.slice(6).replace(/\+.*/, '')}`, { type });
  }
  return null;
}

/** Why the clipboard could not be read, and what to do. */
export function clipboardProblem(error: unknown): string {
  const reason = error instanceof Error && error.name !== 'NotAllowedError' ? ` (${error.message})` : '';
  return `${strings.pasteRefused}${reason}`;
}
