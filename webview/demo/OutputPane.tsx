import { useMemo } from 'preact/hooks';
import type { Component } from '../../extension/core/demo/components';
import type { DemoView } from '../../extension/protocol/demo';
import { LinkButton } from '../ui/Button';
import { FailureView } from '../ui/FailureView';
import { labelOf } from '../ui/labelOf';
import type { OutputContext } from '../ui/outputs/context';
import { OutputView } from '../ui/outputs/OutputView';
import { FlagBar } from './FlagBar';
import { RunStatus } from './RunStatus';
import { shownOutputs, type PageState } from './state';
import { strings } from './strings';
import { useDemo } from './useDemo';

interface OutputPaneProps {
  readonly state: PageState;
  readonly view: DemoView;
}

/** The outputs of the last run, how it went, and the flagging of it. */
export function OutputPane({ state, view }: OutputPaneProps) {
  const demo = useDemo();
  const { run } = state;
  const context = useMemo<OutputContext>(
    () => ({
      openLink: (url) => demo.aside(demo.host.openLink(url)),
      saveFile: (path) => demo.aside(demo.host.saveFile(path)),
    }),
    [demo],
  );
  const outputs = shownOutputs(state);
  // Outputs may be large: typing in an input does not draw them again.
  const drawings = useMemo(
    () =>
      view.outputs.map((component, index) => (
        <Output
          key={index}
          index={index}
          component={component}
          label={labelOf(component, view.inputs.length + index)}
          value={outputs[index]}
          context={context}
        />
      )),
    [view, outputs, context],
  );
  return (
    <section class="pane" aria-labelledby="outputs-heading">
      <h2 id="outputs-heading">{strings.outputs}</h2>
      <RunStatus run={run} />
      {run.phase === 'ended' && run.result.failure && (
        <FailureView failure={run.result.failure}>
          <LinkButton caption={strings.showLog} onClick={() => demo.aside(demo.host.act('showLog'))} />
        </FailureView>
      )}
      <div class="outputs" aria-busy={run.phase === 'running'}>
        {drawings}
      </div>
      {view.flagging.mode !== 'never' && <FlagBar state={state} view={view} />}
    </section>
  );
}

interface OutputProps {
  readonly index: number;
  readonly component: Component;
  readonly label: string;
  readonly value: unknown;
  readonly context: OutputContext;
}

function Output({ index, component, label, value, context }: OutputProps) {
  if (component.kind === 'state' || component.visible === false) return null;
  const labelId = `output-${index}-label`;
  return (
    <div class="field output" role="group" aria-labelledby={labelId}>
      <h3 class={component.show_label === false ? 'visually-hidden' : 'field-label'} id={labelId}>
        {label}
      </h3>
      <OutputView component={component} value={value} context={context} />
    </div>
  );
}
