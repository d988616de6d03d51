import type { ComponentChildren } from 'preact';
import { Icon } from './Icon';

export interface NoticeProps {
  readonly severity: 'info' | 'warning' | 'error';
  /** True where it appears after something the person did. */
  readonly alert?: boolean;
  readonly children: ComponentChildren;
}

/** A message in the page that stays until its cause is gone. */
export function Notice({ severity, alert = false, children }: NoticeProps) {
  return (
    <div class={`notice ${severity}`} {...(alert ? { role: 'alert' } : {})}>
      <Icon name={severity} />
      <div class="notice-body">{children}</div>
    </div>
  );
}
