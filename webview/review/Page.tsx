import { useEffect, useState } from 'preact/hooks';
import type { ReviewView } from '../../extension/protocol/review';
import { Button, LinkButton } from '../ui/Button';
import { FailureView } from '../ui/FailureView';
import { LiveRegion } from '../ui/LiveRegion';
import { Notice } from '../ui/Notice';
import { formatPercent } from '../ui/outputs/number';
import { useStore } from '../ui/store';
import { ActionBar } from './ActionBar';
import { BulkPreviewDialog } from './BulkPreview';
import { BulkTable } from './BulkTable';
import { ChooseLabel } from './ChooseLabel';
import { End } from './End';
import { FilterBar } from './FilterBar';
import { Head } from './Head';
import { Help } from './Help';
import { staysInPage } from './keys';
import { RecordView, type RecordProps } from './RecordView';
import type { Review } from './review';
import { Side } from './Side';
import type { PageState } from './state';
import { strings } from './strings';

interface PartProps {
  readonly review: Review;
  readonly state: PageState;
}

interface LoadedProps extends PartProps {
  readonly view: ReviewView;
}

/** The whole page of a review. */
export function Page({ review }: { readonly review: Review }) {
  const state = useStore(review.store);
  useKeys(review);
  usePresence(review);
  return (
    <main class="review">
      {state.view ? (
        <Loaded review={review} state={state} view={state.view} />
      ) : (
        <Loading review={review} state={state} />
      )}
      <LiveRegion {...state.announcement} />
    </main>
  );
}

/** VS Code listens at the window for the keys that decide: those that mean something in the page end before. */
function useKeys(review: Review): void {
  useEffect(() => {
    const hold = (event: KeyboardEvent): void => {
      const { target } = event;
      if (!(target instanceof Element)) return;
      if (staysInPage(event, target)) event.stopPropagation();
      if (event.key === 'Escape' && !event.defaultPrevented && !target.closest('dialog')) void review.walk.back();
    };
    document.addEventListener('keydown', hold);
    return () => document.removeEventListener('keydown', hold);
  }, [review]);
}

/** Tells the stopwatch whether somebody is there. */
function usePresence({ walk: { watch } }: Review): void {
  useEffect(() => {
    const live = (): void => watch.signOfLife();
    const turn = (): void => (document.hidden ? watch.pause() : watch.resume());
    const signs = ['keydown', 'pointermove', 'pointerdown', 'wheel'] as const;
    for (const sign of signs) document.addEventListener(sign, live, { passive: true });
    document.addEventListener('visibilitychange', turn);
    return () => {
      for (const sign of signs) document.removeEventListener(sign, live);
      document.removeEventListener('visibilitychange', turn);
    };
  }, [watch]);
}

function Loading({ review, state }: PartProps) {
  if (!state.loadFailure)
    return (
      <p class="review-empty" role="status">
        {strings.loading}
      </p>
    );
  return (
    <div class="review-failed">
      <h1>{strings.loadFailed}</h1>
      <FailureView failure={state.loadFailure} />
      <div class="buttons">
        <Button primary caption={strings.tryAgain} onClick={() => void review.load()} />
        <Button caption={strings.showLog} onClick={() => review.store.aside(review.host.showLog())} />
      </div>
    </div>
  );
}

function Loaded({ review, state, view }: LoadedProps) {
  return (
    <>
      <header class="review-head">
        <Head review={review} state={state} view={view} />
        {view.counts.candidates > 0 && <FilterBar review={review} view={view} filtering={state.filtering} />}
        <Notices review={review} state={state} view={view} />
      </header>
      <Body review={review} state={state} view={view} />
      {view.matched > 0 && <ActionBar review={review} state={state} view={view} />}
      {state.dialog === 'help' && <Help onClose={() => review.store.update({ dialog: null })} />}
      {state.dialog === 'labels' && <ChooseLabel review={review} view={view} />}
      {state.bulk.pending && <BulkPreviewDialog review={review} pending={state.bulk.pending} />}
    </>
  );
}

function Notices({ review, state, view }: LoadedProps) {
  const { store, host } = review;
  const { notice } = state;
  const retry = notice?.retry;
  return (
    <>
      {notice && (
        <FailureView failure={notice.failure}>
          {retry && (
            <LinkButton
              caption={strings.tryAgain}
              onClick={() => {
                store.update({ notice: null });
                retry();
              }}
            />
          )}
          <LinkButton caption={strings.showLog} onClick={() => store.aside(host.showLog())} />
          <LinkButton caption={strings.dismiss} onClick={() => store.update({ notice: null })} />
        </FailureView>
      )}
      {view.stale && (
        <Notice severity="info">
          <p>{strings.stale}</p>
        </Notice>
      )}
    </>
  );
}

function Body({ review, state, view }: LoadedProps) {
  const { shown, ended, isBulk } = state;
  if (view.counts.candidates === 0)
    return (
      <div class="review-empty">
        <h2>{strings.empty}</h2>
        <p>{strings.emptyNext(formatPercent(view.accuracy), formatPercent(view.healthScore))}</p>
      </div>
    );
  if (view.matched === 0)
    return (
      <div class="review-empty">
        <h2>{strings.noMatch}</h2>
        <Button primary caption={strings.clearFilter} onClick={() => void review.clearFilter()} />
      </div>
    );
  if (isBulk) return <BulkTable review={review} state={state} view={view} />;
  if (ended) return <End review={review} view={view} />;
  if (!shown)
    return (
      <p class="review-empty" role="status">
        {strings.loading}
      </p>
    );
  return <Panes review={review} state={state} view={view} shown={shown} />;
}

/** The style sheet has the same. */
const narrowPage = '(max-width: 860px)';

function Panes(props: Omit<RecordProps, 'narrow'>) {
  const narrow = useMedia(narrowPage);
  return (
    <div class="review-panes">
      <RecordView {...props} narrow={narrow} />
      <Side {...props} narrow={narrow} />
    </div>
  );
}

/** Whether a media query holds. */
function useMedia(query: string): boolean {
  const [list] = useState(() => window.matchMedia(query));
  const [holds, setHolds] = useState(list.matches);
  useEffect(() => {
    const follow = (): void => setHolds(list.matches);
    list.addEventListener('change', follow);
    return () => list.removeEventListener('change', follow);
  }, [list]);
  return holds;
}
