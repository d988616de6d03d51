import { useEffect, useState } from 'preact/hooks';
import type { LogView } from '../../extension/protocol/log';
import { FailureView } from '../demo/FailureView';
import { Button, LinkButton } from '../ui/Button';
import { LiveRegion } from '../ui/LiveRegion';
import { Notice } from '../ui/Notice';
import { FindBar } from './FindBar';
import { Grid } from './Grid';
import type { Log } from './log';
import { emptyQuery, type PageState } from './state';
import { SidePane } from './SidePane';
import { strings } from './strings';
import { Toolbar } from './Toolbar';

interface PartProps {
  readonly log: Log;
  readonly state: PageState;
}

/** The whole page of a flag log. */
export function Page({ log }: { readonly log: Log }) {
  const state = useLog(log);
  return (
    <main class="log">
      {state.view ? <Loaded log={log} state={state} view={state.view} /> : <Loading log={log} state={state} />}
      <LiveRegion {...state.announcement} />
    </main>
  );
}

function useLog(log: Log): PageState {
  const [state, setState] = useState(log.state);
  useEffect(() => {
    const follow = (): void => setState(log.state);
    follow();
    return log.subscribe(follow);
  }, [log]);
  return state;
}

function Loading({ log, state }: PartProps) {
  if (!state.loadFailure) return <p role="status">{strings.loading}</p>;
  return (
    <div class="log-head">
      <h1>{strings.loadFailed}</h1>
      <FailureView failure={state.loadFailure} />
      <div class="buttons">
        <Button primary caption={strings.tryAgain} onClick={() => void log.load()} />
        <Button caption={strings.showLog} onClick={() => log.act('showLog')} />
      </div>
    </div>
  );
}

function Loaded({ log, state, view }: PartProps & { readonly view: LogView }) {
  return (
    <>
      <header class="log-head">
        <h1 class="visually-hidden">{strings.samples(view.fileName)}</h1>
        {view.readOnly !== null && (
          <Notice severity="info">
            <p>{view.readOnly}</p>
          </Notice>
        )}
        {view.problems.length > 0 && (
          <Notice severity="warning">
            {view.problems.map((problem) => (
              <p key={problem}>{problem}</p>
            ))}
          </Notice>
        )}
        {state.notice && (
          <FailureView failure={state.notice}>
            <LinkButton caption={strings.tryAgain} onClick={() => retry(log)} />
            <LinkButton caption={strings.showLog} onClick={() => log.act('showLog')} />
          </FailureView>
        )}
        <Toolbar log={log} state={state} view={view} />
        {state.finding && <FindBar log={log} />}
      </header>
      <div class="log-panes">
        <div class="log-grid">
          <Grid log={log} state={state} />
          <EmptyText log={log} state={state} view={view} />
        </div>
        <SidePane log={log} state={state} view={view} />
      </div>
    </>
  );
}

function retry(log: Log): void {
  log.dismiss();
  void log.load();
}

function EmptyText({ log, state, view }: PartProps & { readonly view: LogView }) {
  if (state.matched !== 0) return null;
  if (view.total === 0) return <p class="log-empty">{strings.empty}</p>;
  return (
    <p class="log-empty">
      {strings.noMatch} <LinkButton caption={strings.clearView} onClick={() => log.ask(emptyQuery)} />
    </p>
  );
}
