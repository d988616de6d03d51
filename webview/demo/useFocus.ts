import { useEffect } from 'preact/hooks';
import type { PageState } from './state';

const focusable = 'input:not([type=hidden]), textarea, select, button, vscode-button, [tabindex="0"]';

/**
 * Moves the focus where the state wants it: to the element of that id, or to the first control inside. A run that ends
 * while the person works elsewhere in the window takes no focus from there.
 */
export function useFocus({ id, count }: PageState['focus']): void {
  useEffect(() => {
    if (!id || !document.hasFocus()) return;
    const target = document.getElementById(id);
    const control = target?.matches(focusable) ? target : target?.querySelector<HTMLElement>(focusable);
    control?.focus();
  }, [id, count]);
}
