import type { ReplayView } from '../../extension/protocol/replay';
import { Button, LinkButton } from '../ui/Button';
import { FailureView } from '../ui/FailureView';
import { LiveRegion } from '../ui/LiveRegion';
import { Notice } from '../ui/Notice';
import { useStore } from '../ui/store';
import { Detail } from './Detail';
import { endText, type PageState, type Replay } from './replay';
import { SampleTable } from './SampleTable';
import { strings } from './strings';
import { VerdictFilter } from './VerdictFilter';

interface PartProps {
  readonly replay: Replay;
  readonly state: PageState;
}

interface LoadedProps extends PartProps {
  readonly view: ReplayView;
}

/** The whole page of a replay. */
export function Page({ replay }: { readonly replay: Replay }) {
  const state = useStore(replay.store);
  return (
    <main class="replay">
      {state.view ? (
        <Loaded replay={replay} state={state} view={state.view} />
      ) : (
        <Loading replay={replay} state={state} />
      )}
      <LiveRegion {...state.announcement} />
    </main>
  );
}

function Loading({ replay, state }: PartProps) {
  if (!state.loadFailure) return <p role="status">{strings.loading}</p>;
  return (
    <div class="replay-head">
      <h1>{strings.loadFailed}</h1>
      <FailureView failure={state.loadFailure} />
      <div class="buttons">
        <Button primary caption={strings.tryAgain} onClick={() => void replay.load()} />
      </div>
    </div>
  );
}

function Loaded({ replay, state, view }: LoadedProps) {
  const { notice } = state;
  return (
    <>
      <header class="replay-head">
        <h1>{strings.title(view.demo)}</h1>
        <p class="replay-log">{strings.of(view.log)}</p>
        <Progress view={view} />
        {view.failure && (
          <FailureView failure={view.failure}>
            <LinkButton caption={strings.showLog} onClick={() => replay.store.aside(replay.host.showLog())} />
          </FailureView>
        )}
        {view.stale && view.state !== 'running' && (
          <Notice severity="info">
            <p>{strings.stale}</p>
          </Notice>
        )}
        {notice && <FailureView failure={notice.failure} />}
        <Actions replay={replay} state={state} view={view} />
        <VerdictFilter view={view} verdict={state.verdict} onChange={(verdict) => replay.filter(verdict)} />
      </header>
      <div class="replay-panes">
        <Samples replay={replay} state={state} view={view} />
        <Detail replay={replay} view={view} detail={state.detail} />
      </div>
    </>
  );
}

function Progress({ view }: { readonly view: ReplayView }) {
  if (view.state !== 'running') return <p class="replay-state">{endText(view)}</p>;
  const { done, total, status } = view;
  if (total === 0) return <p class="replay-state">{status || strings.starting}</p>;
  return (
    <div class="replay-progress">
      <progress max={total} value={done} aria-label={strings.running} />
      <span class="replay-state">
        {strings.progress(done, total)}
        {done === 0 && status && ` · ${status}`}
      </span>
    </div>
  );
}

function Actions({ replay, state: { busy }, view }: LoadedProps) {
  const running = view.state === 'running';
  const fixed = view.flaggedFixed;
  return (
    <div class="buttons">
      {running ? (
        <Button
          caption={busy === 'cancel' ? strings.cancelling : strings.cancel}
          icon="debug-stop"
          disabled={busy === 'cancel'}
          onClick={() => replay.cancel()}
        />
      ) : (
        <Button primary caption={strings.runAgain} icon="play" onClick={() => replay.restart()} />
      )}
      <Button
        caption={fixed > 0 ? strings.unflagFixed(fixed) : strings.noneToUnflag}
        disabled={running || fixed === 0 || busy !== null}
        onClick={() => replay.unflagFixed()}
      />
      <Button
        caption={strings.saveRegression}
        disabled={running || view.done === 0 || busy !== null}
        onClick={() => replay.saveRegression()}
      />
    </div>
  );
}

function Samples({ replay, state, view }: LoadedProps) {
  const { rows, verdict, selected } = state;
  if (rows && rows.matched > 0) return <SampleTable replay={replay} rows={rows} selected={selected} />;
  return <p class="replay-empty">{rows ? emptyText(view, verdict) : strings.loading}</p>;
}

function emptyText(view: ReplayView, verdict: PageState['verdict']): string {
  if (view.state === 'finished' && view.total === 0) return strings.nothingToRun;
  if (verdict === null || view.done === 0) return strings.noneYet;
  return strings.noneSuch(strings.verdicts[verdict]);
}
