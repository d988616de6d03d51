import { createElement, type RefObject } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { Icon, type IconName } from './Icon';

export interface ButtonProps {
  readonly caption: string;
  readonly onClick: () => void;
  readonly primary?: boolean;
  readonly disabled?: boolean;
  readonly icon?: IconName | undefined;
  readonly id?: string;
}

/** A button as VS Code draws it. */
export function Button({ caption, onClick, primary = false, disabled = false, icon, id }: ButtonProps) {
  const element = useRef<HTMLElement>(null);
  useKeptFocus(element, disabled);
  const attributes = {
    id,
    ref: element,
    appearance: primary ? 'primary' : 'secondary',
    disabled,
    onClick: (): void => {
      if (!disabled) onClick();
    },
  };
  return createElement('vscode-button', attributes, icon && <Icon name={icon} slot="start" />, caption);
}

/** A button that is disabled while it works loses the focus; it gets it back unless the person went elsewhere. */
function useKeptFocus(element: RefObject<HTMLElement | null>, disabled: boolean): void {
  const held = useRef(false);
  useLayoutEffect(() => {
    const { current } = element;
    if (disabled) {
      held.current = current !== null && current === document.activeElement;
    } else if (held.current) {
      held.current = false;
      // The toolkit enables its button in the next frame.
      requestAnimationFrame(() => {
        if (document.activeElement === document.body) current?.focus();
      });
    }
  }, [element, disabled]);
}

export interface LinkButtonProps {
  readonly caption: string;
  readonly onClick: () => void;
  readonly disabled?: boolean;
}

/** An action inside a sentence. */
export function LinkButton({ caption, onClick, disabled = false }: LinkButtonProps) {
  return (
    <button type="button" class="link-button" disabled={disabled} onClick={onClick}>
      {caption}
    </button>
  );
}

export interface IconButtonProps {
  readonly icon: IconName;
  /** Its name, also shown beside the pointer. */
  readonly label: string;
  readonly onClick: () => void;
  /** For a button that switches something on and off. */
  readonly pressed?: boolean | undefined;
  /** For a button that opens a popup. */
  readonly expanded?: boolean | undefined;
  readonly disabled?: boolean;
}

/** A button without words, as in VS Code's own toolbars. */
export function IconButton({ icon, label, onClick, pressed, expanded, disabled = false }: IconButtonProps) {
  return (
    <button
      type="button"
      class="icon-button"
      aria-label={label}
      title={label}
      aria-pressed={pressed}
      aria-expanded={expanded}
      disabled={disabled}
      onClick={onClick}
    >
      <Icon name={icon} />
    </button>
  );
}
