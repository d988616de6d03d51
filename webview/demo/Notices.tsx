import type { DemoView } from '../../extension/protocol/demo';
import { Button, LinkButton } from '../ui/Button';
import { FailureView } from '../ui/FailureView';
import { Notice } from '../ui/Notice';
import type { PageState } from './state';
import { strings } from './strings';
import { useDemo } from './useDemo';

interface NoticesProps {
  readonly state: PageState;
  readonly view: DemoView;
}

/** What a person has to know before using the demo. */
export function Notices({ state, view }: NoticesProps) {
  const demo = useDemo();
  const { notice } = state;
  return (
    <div class="notices">
      {view.blocked && (
        <Notice severity="warning">
          <p>{view.blocked.reason}</p>
          {view.blocked.action && (
            <Button primary caption={view.blocked.action} onClick={() => demo.aside(demo.host.act('unblock'))} />
          )}
        </Notice>
      )}
      {view.problems.length > 0 && <Problems view={view} />}
      {state.spool.count > 0 && <SpoolNotice state={state} />}
      {view.flagging.mode === 'auto' && <AutoNotice state={state} view={view} />}
      {notice && (
        <FailureView failure={notice}>
          <LinkButton
            caption={strings.dismiss}
            onClick={() => demo.store.dispatch({ type: 'notice', failure: null })}
          />
        </FailureView>
      )}
    </div>
  );
}

function Problems({ view }: { readonly view: DemoView }) {
  const demo = useDemo();
  const broken = view.problems.some(({ severity }) => severity === 'error');
  return (
    <Notice severity={broken ? 'error' : 'warning'}>
      <p class="failure-what">{strings.problems}</p>
      <ul class="problem-list">
        {view.problems.map(({ severity, line, message }, index) => (
          <li key={index}>
            <span class="visually-hidden">{severity === 'error' ? strings.error : strings.warning} </span>
            {strings.problem(line, message)}
          </li>
        ))}
      </ul>
      {view.blocked?.action !== strings.openDefinition && (
        <LinkButton caption={strings.openDefinition} onClick={() => demo.aside(demo.host.act('openDefinition'))} />
      )}
    </Notice>
  );
}

function SpoolNotice({ state }: { readonly state: PageState }) {
  const demo = useDemo();
  const { count, retrying, failure } = state.spool;
  return (
    <Notice severity="warning" alert>
      <p>{strings.spooled(count)}</p>
      {failure && <p>{[failure.what, failure.next].filter(Boolean).join(' ')}</p>}
      <p class="actions-line">
        <LinkButton
          caption={retrying ? strings.retrying : strings.retry}
          disabled={retrying}
          onClick={() => void demo.flagging.retrySpooled()}
        />
      </p>
    </Notice>
  );
}

function AutoNotice({ state, view }: NoticesProps) {
  const demo = useDemo();
  const { directory } = view.flagging;
  return (
    <Notice severity="info">
      <p id="auto-text">{state.autoOn ? strings.autoOn(directory) : strings.autoOff(directory)}</p>
      <label class="check">
        <input
          type="checkbox"
          role="switch"
          checked={state.autoOn}
          aria-describedby="auto-text"
          onChange={({ currentTarget }) => demo.setAuto(currentTarget.checked)}
        />
        <span>{strings.recordRuns}</span>
      </label>
    </Notice>
  );
}
