import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';

export interface PopupProps {
  readonly label: string;
  /** Pixels from the left edge of the element it is placed in; where it is absent, the popup is at the right edge. */
  readonly left?: number | undefined;
  /** Pixels from the top of the element it is placed in. */
  readonly top: number;
  readonly onClose: () => void;
  readonly children: ComponentChildren;
}

const focusable = 'input, button, select, textarea';

/**
 * A few controls above the page. The first of them has the focus, which goes back to where it came from. Escape closes
 * it, and so does a press or a focus outside of its parent, which may also hold the button that opens it.
 */
export function Popup({ label, left, top, onClose, children }: PopupProps) {
  const popup = useRef<HTMLDivElement>(null);
  const close = useRef(onClose);
  close.current = onClose;
  useLayoutEffect(() => {
    const before = document.activeElement;
    const { current } = popup;
    const leave = ({ target }: Event): void => {
      if (target instanceof Node && !current?.parentElement?.contains(target)) close.current();
    };
    current?.querySelector<HTMLElement>(focusable)?.focus();
    document.addEventListener('pointerdown', leave);
    document.addEventListener('focusin', leave);
    return () => {
      document.removeEventListener('pointerdown', leave);
      document.removeEventListener('focusin', leave);
      const { activeElement } = document;
      const isLost = activeElement === document.body || current?.contains(activeElement);
      if (isLost && before instanceof HTMLElement) before.focus();
    };
  }, []);
  return (
    <div
      ref={popup}
      class="popup"
      role="dialog"
      aria-label={label}
      style={{ top: `${top}px`, ...(left === undefined ? { right: '0' } : { left: `${left}px` }) }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.isComposing) return;
        event.preventDefault();
        event.stopPropagation();
        onClose();
      }}
    >
      {children}
    </div>
  );
}
