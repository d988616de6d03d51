import { useEffect, useMemo } from 'preact/hooks';
import type { DemoView } from '../../extension/protocol/demo';
import { Button } from '../ui/Button';
import { FailureView } from '../ui/FailureView';
import { LiveRegion } from '../ui/LiveRegion';
import { Markdown } from '../ui/outputs/Markdown';
import { useStore } from '../ui/store';
import type { Demo } from './demo';
import { ExamplesTable } from './ExamplesTable';
import { InputPane } from './InputPane';
import { isSubmitKey } from './keys';
import { Notices } from './Notices';
import { OutputPane } from './OutputPane';
import type { PageState } from './state';
import { strings } from './strings';
import { DemoContext, useDemo } from './useDemo';
import { useFocus } from './useFocus';

/** The whole page of a demo. */
export function Page({ demo }: { readonly demo: Demo }) {
  const state = useStore(demo.store);
  useSubmitKeys(demo);
  useFocus(state.focus);
  return (
    <DemoContext.Provider value={demo}>
      <main class="page">
        {state.view ? <Loaded state={state} view={state.view} /> : <Loading demo={demo} state={state} />}
        <LiveRegion {...state.announcement} />
      </main>
    </DemoContext.Provider>
  );
}

interface PartProps {
  readonly demo: Demo;
  readonly state: PageState;
}

function Loading({ demo, state }: PartProps) {
  if (!state.loadFailure) return <p role="status">{strings.loading}</p>;
  return (
    <>
      <h1>{strings.loadFailed}</h1>
      <FailureView failure={state.loadFailure} />
      <div class="buttons">
        <Button primary caption={strings.tryAgain} onClick={() => void demo.load()} />
      </div>
    </>
  );
}

function Loaded({ state, view }: Omit<PartProps, 'demo'> & { readonly view: DemoView }) {
  // These stay as they are while a person types.
  const { header, rest } = useMemo(() => ({ header: <Header view={view} />, rest: <Rest view={view} /> }), [view]);
  return (
    <>
      {header}
      <Notices state={state} view={view} />
      {view.inputs.length + view.outputs.length > 0 && (
        <div class="panes">
          <InputPane state={state} view={view} />
          <OutputPane state={state} view={view} />
        </div>
      )}
      {rest}
    </>
  );
}

function Header({ view }: { readonly view: DemoView }) {
  const openLink = useOpenLink();
  return (
    <header>
      <h1>{view.title}</h1>
      {view.description && <Markdown text={view.description} openLink={openLink} topHeading={2} />}
    </header>
  );
}

function Rest({ view }: { readonly view: DemoView }) {
  const openLink = useOpenLink();
  return (
    <>
      {view.examples.length > 0 && <ExamplesTable view={view} />}
      {view.article && (
        <footer class="article">
          <Markdown text={view.article} openLink={openLink} topHeading={2} />
        </footer>
      )}
    </>
  );
}

function useOpenLink(): (url: string) => void {
  const demo = useDemo();
  return (url) => demo.aside(demo.host.openLink(url));
}

/** Ctrl+Enter or Cmd+Enter submits from anywhere in the page, except where it completes a flag. */
function useSubmitKeys(demo: Demo): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (!isSubmitKey(event)) return;
      event.preventDefault();
      void demo.submit();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [demo]);
}
