type Keys = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'repeat'>;

const moving = new Set(['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'Home', 'End', 'PageUp', 'PageDown']);
const pressing = new Set(['Enter', ' ']);
const textual = 'textarea, select, [contenteditable], input:not([type=checkbox], [type=radio], [type=range])';

/**
 * Whether a key means something to the element that has the focus, and must not reach VS Code, where it would decide as
 * well. What VS Code's own keys are made of (Ctrl, Cmd, Alt, Escape, F1 to F12) goes on, but for undo in a text field.
 */
export function staysInPage({ key, ctrlKey, metaKey, altKey, repeat }: Keys, target: Element): boolean {
  const isText = target.matches(textual);
  if (ctrlKey || metaKey) return isText && !altKey && ['z', 'y'].includes(key.toLowerCase());
  if (altKey || key === 'Escape' || key === 'Tab' || /^F\d+$/.test(key)) return false;
  if (isText || target.closest('dialog')) return true;
  if (canScroll(key, target)) return true;
  // A key that is held down decides once.
  if (repeat && !moving.has(key)) return true;
  if (target.closest('[role=grid]') && (moving.has(key) || key === ' ')) return true;
  if (target.matches('[type=range], [tabindex="0"]') && moving.has(key)) return true;
  return target.matches('button, a, summary, input, vscode-button') && pressing.has(key);
}

/** Whether an arrow still moves a text that is longer than its pane, before it goes on to the next record. */
function canScroll(key: string, target: Element): boolean {
  const panes = [target.closest('.record, .review-side'), target.closest('.review-panes')];
  return panes.some((pane) => {
    if (!pane || pane.scrollHeight <= pane.clientHeight) return false;
    if (key === 'ArrowUp') return pane.scrollTop > 0;
    return key === 'ArrowDown' && pane.scrollTop + pane.clientHeight < pane.scrollHeight - 1;
  });
}
