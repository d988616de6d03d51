import { useMemo, useState } from 'preact/hooks';
import type { Component } from '../../extension/core/demo/components';
import type { DemoView } from '../../extension/protocol/demo';
import { LinkButton } from '../ui/Button';
import { ComboBox } from '../ui/ComboBox';
import { Disclosure } from '../ui/Disclosure';
import { Field } from '../ui/Field';
import { labelOf } from '../ui/labelOf';
import { TextField } from '../ui/TextField';
import { correctionId } from './ids';
import { Input, type InputProps } from './Inputs';
import { isSubmitKey } from './keys';
import { uploader } from './media/upload';
import { labelPayload, labelsIn, topLabel } from './payloads';
import { shownOutputs, type PageState } from './state';
import { strings } from './strings';
import { useDemo } from './useDemo';
import { problemOf } from './validate';

interface CorrectionsProps {
  readonly state: PageState;
  readonly view: DemoView;
}

/** A note, and what the outputs should have been; both go with the next flag. */
export function Corrections({ state, view }: CorrectionsProps) {
  const demo = useDemo();
  const [open, setOpen] = useState(false);
  const correctable = view.outputs.map((_, output) => output).filter((output) => canCorrect(view.outputs[output]));
  // A new run would drop what is typed here: it belongs to the sample that was run.
  const onKeyDown = (event: KeyboardEvent): void => {
    if (!isSubmitKey(event)) return;
    event.preventDefault();
    event.stopPropagation();
    void demo.flagging.flagByCommand(null);
  };
  return (
    <Disclosure title={strings.addNote} open={open} onToggle={setOpen}>
      {open && (
        <div class="corrections" onKeyDown={onKeyDown}>
          <Field id="flag-note" label={strings.note} info={strings.noteInfo}>
            {(wiring) => (
              <TextField
                {...wiring}
                value={state.note}
                onChange={(note) => demo.store.dispatch({ type: 'noted', note })}
              />
            )}
          </Field>
          {correctable.length > 0 && <p class="field-info">{strings.correctionInfo}</p>}
          {correctable.map((output) => (
            <Correction key={`${state.uncorrections} ${output}`} output={output} state={state} view={view} />
          ))}
        </div>
      )}
    </Disclosure>
  );
}

/** Outputs that a person can write down: those with an input of their own, and labels. */
function canCorrect(component: Component | undefined): boolean {
  if (!component || component.visible === false) return false;
  return !['state', 'plot', 'annotatedimage'].includes(component.kind);
}

function Correction({ output, state, view }: CorrectionsProps & { readonly output: number }) {
  const demo = useDemo();
  const upload = useMemo(() => uploader(demo.host, view.inputs.length + output), [demo, view, output]);
  const component = view.outputs[output];
  if (!component) return null;
  const corrected = Object.hasOwn(state.corrected, output);
  const draft = state.correctedDrafts[output];
  const value = corrected ? state.corrected[output] : shownOutputs(state)[output];
  const label = labelOf(component, view.inputs.length + output);
  const props: InputProps = {
    id: correctionId(output),
    component: { ...component, interactive: true, show_label: true },
    label,
    value,
    problem: draft ?? (corrected ? problemOf(component, value) : ''),
    upload,
    onChange: (changed) => demo.store.dispatch({ type: 'corrected', output, value: changed }),
    onProblem: (problem) => demo.store.dispatch({ type: 'correctionDrafted', output, problem }),
  };
  return (
    <div class="correction">
      {component.kind === 'label' ? (
        <LabelCorrection {...props} returned={shownOutputs(state)[output]} />
      ) : (
        <Input {...props} />
      )}
      {(corrected || draft) && (
        <p class="actions-line">
          {corrected && strings.corrected}
          <LinkButton
            caption={strings.resetCorrection(label)}
            onClick={() => demo.store.dispatch({ type: 'uncorrected', output })}
          />
        </p>
      )}
    </div>
  );
}

/** The right label, out of those that the model knows or another. */
function LabelCorrection({ returned, ...props }: InputProps & { readonly returned: unknown }) {
  const top = topLabel(props.value);
  return (
    <Field id={props.id} label={props.label} problem={props.problem}>
      {(wiring) => (
        <ComboBox
          {...wiring}
          label={props.label}
          choices={labelsIn(returned).map((name) => [name, name] as const)}
          multiple={false}
          allowCustom
          filterable
          value={top === null ? [] : [top]}
          onChange={([chosen]) =>
            props.onChange(
              chosen === undefined || chosen === topLabel(returned) ? returned : labelPayload(String(chosen)),
            )
          }
        />
      )}
    </Field>
  );
}
