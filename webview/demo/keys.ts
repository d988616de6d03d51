/** Ctrl+Enter, or Cmd+Enter: completes the form around it. */
export function isSubmitKey({ key, ctrlKey, metaKey, shiftKey, altKey }: KeyboardEvent): boolean {
  return key === 'Enter' && (ctrlKey || metaKey) && !shiftKey && !altKey;
}
