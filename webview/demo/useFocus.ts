import { useEffect } from 'preact/hooks';
import type { PageState } from './state';

const focusable = 'input:not([type=hidden]), textarea, select, button, vscode-button, [tabindex="0"]';

/** Moves the focus where the state wants it: to the element of that id, or to the first control inside. */
export function useFocus({ id, count }: PageState['focus']): void {
  useEffect(() => {
    if (!id) return;
    const target = document.getElementById(id);
    const control = target?.matches(focusable) ? target : target?.querySelector<HTMLElement>(focusable);
    control?.focus();
  }, [id, count]);
}
