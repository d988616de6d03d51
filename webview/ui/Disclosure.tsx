import type { ComponentChildren } from 'preact';

export interface DisclosureProps {
  readonly title: string;
  readonly open?: boolean;
  readonly onToggle?: (open: boolean) => void;
  readonly children: ComponentChildren;
}

/** A part that can be folded away. */
export function Disclosure({ title, open = false, onToggle, children }: DisclosureProps) {
  return (
    <details class="disclosure" open={open} onToggle={({ currentTarget }) => onToggle?.(currentTarget.open)}>
      <summary>{title}</summary>
      <div class="disclosure-body">{children}</div>
    </details>
  );
}
