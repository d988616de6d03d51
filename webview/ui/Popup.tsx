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
 * A few controls above the page. Its first control has the focus; Escape, a press elsewhere and a focus that goes elsewhere close it.
 * The focus then goes back to where it came from.
 */
export function Popup({ label, left, top, onClose, children }: PopupProps) {
  const popup = useRef<HTMLDivElement>(null);
  const close = useRef(onClose);
  close.current = onClose;
  useLayoutEffect(() => {
    const before = document.activeElement;
    const onPointerDown = ({ target }: PointerEvent): void => {
      if (target instanceof Node && !popup.current?.contains(target)) close.current();
    };
    popup.current?.querySelector<HTMLElement>(focusable)?.focus();
    document.addEventListener('pointerdown', onPointerDown);
    return () => {
      document.removeEventListener('pointerdown', onPointerDown);
      // The popup is still in the page, or its focus went with it.
      const { activeElement } = document;
      const isLost = activeElement === document.body || popup.current?.contains(activeElement);
      if (isLost && before instanceof HTMLElement) before.focus();
    };
  }, []);
  return (
    <div
      ref={popup}
      class="popup"
      role="dialog"
      aria-label={label}
      style={{ top: `${top}px`, ...(left === undefined ? { right: '4px' } : { left: `${left}px` }) }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.isComposing) return;
        event.preventDefault();
        event.stopPropagation();
        onClose();
      }}
      onFocusOut={({ relatedTarget }) => {
        if (relatedTarget instanceof Node && !popup.current?.contains(relatedTarget)) onClose();
      }}
    >
      {children}
    </div>
  );
}
