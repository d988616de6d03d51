import type { ComponentChildren } from 'preact';
import type { Failure } from '../../extension/protocol/envelope';
import { Disclosure } from './Disclosure';
import { Notice } from './Notice';
import { strings } from './strings';

interface FailureViewProps {
  readonly failure: Failure;
  readonly severity?: 'error' | 'warning';
  /** What can be done about it. */
  readonly children?: ComponentChildren;
}

/** What failed, why, what next, and the long text in a fold-out. */
export function FailureView({ failure, severity = 'error', children }: FailureViewProps) {
  const { what, next, details } = failure;
  return (
    <Notice severity={severity} alert>
      <p class="failure-what">{what}</p>
      {next && <p>{next}</p>}
      {details && (
        <Disclosure title={strings.details}>
          <pre class="failure-details" tabIndex={0}>
            {details}
          </pre>
        </Disclosure>
      )}
      {children && <p class="actions-line">{children}</p>}
    </Notice>
  );
}
