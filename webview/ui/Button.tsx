import { createElement } from 'preact';
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
  const attributes = {
    id,
    appearance: primary ? 'primary' : 'secondary',
    disabled,
    onClick: (): void => {
      if (!disabled) onClick();
    },
  };
  return createElement('vscode-button', attributes, icon && <Icon name={icon} slot="start" />, caption);
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
