import type { LogView } from '../../extension/protocol/log';
import { Button, LinkButton } from '../ui/Button';
import { FailureView } from '../ui/FailureView';
import { LiveRegion } from '../ui/LiveRegion';
import { Notice } from '../ui/Notice';
import { Splitter } from '../ui/Splitter';
import { useStore } from '../ui/store';
import { ColumnMenu } from './ColumnMenu';
import { FindBar } from './FindBar';
import { Grid } from './Grid';
import { pageAction } from './keys';
import type { Log } from './log';
import { SidePane } from './SidePane';
import { emptyQuery, type PageState } from './state';
import { strings } from './strings';
import { Toolbar } from './Toolbar';

/** Widths of the side pane in pixels. */
const narrowestSide = 240;
const widestSide = 800;

interface PartProps {
  readonly log: Log;
  readonly state: PageState;
}

interface LoadedProps extends PartProps {
  readonly view: LogView;
}

/** The whole page of a flag log. */
export function Page({ log }: { readonly log: Log }) {
  const state = useStore(log.store);
  return (
    <main class="log" onKeyDown={(event) => onKeyDown(event, log)}>
      {state.view ? <Loaded log={log} state={state} view={state.view} /> : <Loading log={log} state={state} />}
      <LiveRegion {...state.announcement} />
    </main>
  );
}

/** Keys that mean the same everywhere in the page. The ones that are not taken here go on to VS Code. */
function onKeyDown(event: KeyboardEvent, log: Log): void {
  const action = log.state.view && pageAction(event, isTextField(event.target));
  if (!action) return;
  event.preventDefault();
  event.stopPropagation();
  if (action === 'find') log.store.update({ finding: true });
  else log.changes[action]();
}

function isTextField(target: EventTarget | null): boolean {
  if (target instanceof HTMLInputElement) return target.type === 'text';
  return target instanceof HTMLTextAreaElement;
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
        <Button caption={strings.openAsText} onClick={() => log.act('openAsText')} />
      </div>
    </div>
  );
}

function Loaded({ log, state, view }: LoadedProps) {
  return (
    <>
      <header class="log-head">
        <h1 class="visually-hidden">{strings.samples(view.fileName)}</h1>
        <Notices log={log} state={state} view={view} />
        <Toolbar log={log} state={state} view={view} />
      </header>
      <div class="log-panes">
        <div class="log-grid">
          <Grid log={log} state={state} />
          <EmptyText log={log} state={state} view={view} />
          {state.finding && <FindBar log={log} state={state} />}
          {state.menu !== null && <ColumnMenu key={state.menu} log={log} state={state} column={state.menu} />}
        </div>
        {state.side && (
          <>
            <Splitter
              label={strings.resizeSide}
              width={state.sideWidth}
              min={narrowestSide}
              max={widestSide}
              onResize={(sideWidth) => log.store.update({ sideWidth })}
            />
            <SidePane log={log} state={state} view={view} />
          </>
        )}
      </div>
    </>
  );
}

function Notices({ log, state, view }: LoadedProps) {
  return (
    <>
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
          <LinkButton caption={strings.openAsText} onClick={() => log.act('openAsText')} />
        </Notice>
      )}
      {state.notice && (
        <FailureView failure={state.notice.failure}>
          <LinkButton caption={strings.tryAgain} onClick={() => retry(log)} />
          <LinkButton caption={strings.showLog} onClick={() => log.act('showLog')} />
          <LinkButton caption={strings.dismiss} onClick={() => log.store.update({ notice: null })} />
        </FailureView>
      )}
    </>
  );
}

function retry(log: Log): void {
  log.store.update({ notice: null });
  void log.load();
}

function EmptyText({ log, state, view }: LoadedProps) {
  if (state.matched !== 0) return null;
  if (view.total === 0) return <p class="log-empty">{strings.empty}</p>;
  return (
    <p class="log-empty">
      {strings.noMatch} <LinkButton caption={strings.showAll} onClick={() => void log.ask(emptyQuery)} />
    </p>
  );
}
