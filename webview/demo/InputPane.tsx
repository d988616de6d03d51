import type { ComponentChildren } from 'preact';
import { useEffect, useMemo, useState } from 'preact/hooks';
import type { DemoView } from '../../extension/protocol/demo';
import { Button } from '../ui/Button';
import { Disclosure } from '../ui/Disclosure';
import { labelOf } from '../ui/labelOf';
import { inputId } from './ids';
import { Input } from './Inputs';
import { uploader } from './media/upload';
import type { PageState } from './state';
import { strings } from './strings';
import { useDemo } from './useDemo';
import { inputProblem, invalidInputs } from './validate';

interface InputPaneProps {
  readonly state: PageState;
  readonly view: DemoView;
}

/** The inputs, and what is done with them. */
export function InputPane({ state, view }: InputPaneProps) {
  const demo = useDemo();
  const mainInputs = view.inputs.length - view.additionalInputs;
  const shown = view.inputs.map((_, input) => input).filter((input) => isShown(view, input));
  const additional = shown.filter((input) => input >= mainInputs);
  const field = (input: number) => <InputAt key={`${state.fills} ${input}`} input={input} state={state} view={view} />;
  const onKeyDown = (event: KeyboardEvent): void => {
    const modified = event.shiftKey || event.ctrlKey || event.metaKey || event.altKey || event.isComposing;
    const inOneLine = event.target instanceof Element && event.target.matches('[data-one-line]');
    if (event.key !== 'Enter' || modified || !inOneLine || event.defaultPrevented) return;
    event.preventDefault();
    void demo.submit();
  };
  return (
    <section class="pane" aria-labelledby="inputs-heading" onKeyDown={onKeyDown}>
      <h2 id="inputs-heading">{strings.inputs}</h2>
      {shown.filter((input) => input < mainInputs).map(field)}
      {additional.length > 0 && (
        <AdditionalInputs invalid={invalidInputs(state).some((input) => input >= mainInputs)}>
          {additional.map(field)}
        </AdditionalInputs>
      )}
      <RunButtons state={state} view={view} />
    </section>
  );
}

/** Folded until asked for, or until one of them needs mending; never folded under the person's hands. */
function AdditionalInputs({ invalid, children }: { readonly invalid: boolean; readonly children: ComponentChildren }) {
  const [open, setOpen] = useState(invalid);
  useEffect(() => {
    if (invalid) setOpen(true);
  }, [invalid]);
  return (
    <Disclosure title={strings.additionalInputs} open={open} onToggle={setOpen}>
      {children}
    </Disclosure>
  );
}

function isShown({ inputs }: DemoView, input: number): boolean {
  return inputs[input]?.kind !== 'state' && inputs[input]?.visible !== false;
}

function InputAt({ input, state, view }: InputPaneProps & { readonly input: number }) {
  const demo = useDemo();
  const upload = useMemo(() => uploader(demo.host, input), [demo, input]);
  const component = view.inputs[input];
  if (!component) return null;
  return (
    <Input
      id={inputId(input)}
      component={component}
      label={labelOf(component, input)}
      value={state.values[input]}
      problem={inputProblem(state, input)}
      upload={upload}
      onChange={(value) => demo.type(input, value)}
      onProblem={(problem) => demo.store.dispatch({ type: 'drafted', input, problem })}
    />
  );
}

function RunButtons({ state, view }: InputPaneProps) {
  const demo = useDemo();
  const { run } = state;
  const running = run.phase === 'running';
  return (
    <div class="buttons">
      <Button
        primary
        caption={strings.submit}
        icon="play"
        disabled={view.blocked !== null || (running && !view.live)}
        onClick={() => void demo.submit()}
      />
      {running && (
        <Button caption={strings.stop} icon="debug-stop" disabled={run.stopping} onClick={() => demo.stop()} />
      )}
      <Button caption={strings.clear} onClick={() => void demo.clear()} />
      <span class="keys-hint">{isMac() ? strings.submitKeysMac : strings.submitKeys}</span>
    </div>
  );
}

function isMac(): boolean {
  return /mac/i.test(navigator.userAgent);
}
