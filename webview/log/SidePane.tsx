import { useEffect, useState } from 'preact/hooks';
import type { LogView, SampleValue, SampleView } from '../../extension/protocol/log';
import { Button } from '../ui/Button';
import { Checkbox } from '../ui/Checkbox';
import { Field } from '../ui/Field';
import { Select } from '../ui/Select';
import { TextArea } from '../ui/TextArea';
import { JsonTree } from '../demo/outputs/JsonTree';
import type { Log } from './log';
import type { PageState } from './state';
import { strings } from './strings';
import { Value } from './Value';

interface SidePaneProps {
  readonly log: Log;
  readonly state: PageState;
  readonly view: LogView;
}

/** The selected sample as its demo would show it, with what can be done about it. */
export function SidePane({ log, state, view }: SidePaneProps) {
  const { sample } = state;
  return (
    <section class="side" aria-label={strings.details}>
      {sample ? (
        <Sample key={sample.row} log={log} state={state} view={view} sample={sample} />
      ) : (
        <p class="log-empty">{strings.noneSelected}</p>
      )}
    </section>
  );
}

function Sample({ log, state, view, sample }: SidePaneProps & { readonly sample: SampleView }) {
  const corrections = Object.entries(sample.corrected);
  const isKnown = sample.outputs.length > 0;
  return (
    <>
      <h2>{strings.sampleTitle(sample.row)}</h2>
      <p class="side-origin">
        {[sample.demo, sample.timestamp, sample.username && `${strings.username} ${sample.username}`]
          .filter(Boolean)
          .join(' · ')}
      </p>
      <Values log={log} title={isKnown ? strings.inputs : strings.values} values={sample.inputs} />
      {isKnown && <Values log={log} title={strings.outputs} values={sample.outputs} />}
      {corrections.length > 0 && (
        <>
          <h3>{strings.corrections}</h3>
          {corrections.map(([name, value]) => (
            <div class="side-value" key={name}>
              <span class="side-label">{name}</span>
              {typeof value === 'string' ? <p class="side-text">{value}</p> : <JsonTree value={value} label={name} />}
            </div>
          ))}
        </>
      )}
      <Decide log={log} state={state} view={view} sample={sample} />
      <Note log={log} sample={sample} />
      <Actions log={log} state={state} view={view} />
    </>
  );
}

interface ValuesProps {
  readonly log: Log;
  readonly title: string;
  readonly values: readonly SampleValue[];
}

function Values({ log, title, values }: ValuesProps) {
  return (
    <>
      <h3>{title}</h3>
      {values.map((value) => (
        <div class="side-value" key={value.column}>
          <span class="side-label">{value.name}</span>
          <Value value={value} open={(index) => log.openMedia(value.column, index)} />
        </div>
      ))}
    </>
  );
}

/** The option and the mark of a review. */
function Decide({ log, state, view, sample }: SidePaneProps & { readonly sample: SampleView }) {
  const hasOption = view.columns.some(({ role }) => role === 'flag');
  const options = [...new Set([...(sample.option === null ? [] : [sample.option]), ...view.options])];
  const reviewed = log.rowAt(state.at.position)?.reviewed ?? false;
  return (
    <>
      {hasOption && (
        <Field id="option" label={strings.option} disabled={view.readOnly !== null}>
          {(wiring) => (
            <Select
              {...wiring}
              choices={options.map((option) => [option === '' ? strings.noOption : option, option] as const)}
              value={sample.option}
              onChange={(option) => log.setOption(String(option ?? ''))}
            />
          )}
        </Field>
      )}
      <Field id="reviewed" label={strings.reviewed} labelled="inside">
        {(wiring) => (
          <Checkbox {...wiring} label={strings.reviewed} value={reviewed} onChange={(on) => log.setReviewed(on)} />
        )}
      </Field>
    </>
  );
}

function Note({ log, sample }: { readonly log: Log; readonly sample: SampleView }) {
  const [note, setNote] = useState(sample.note);
  useEffect(() => setNote(sample.note), [sample.note]);
  return (
    <>
      <Field id="note" label={strings.note}>
        {(wiring) => <TextArea {...wiring} lines={2} maxLines={8} value={note} onChange={setNote} />}
      </Field>
      <div class="buttons">
        <Button caption={strings.saveNote} disabled={note === sample.note} onClick={() => log.setNote(note)} />
      </div>
    </>
  );
}

function Actions({ log, state, view }: SidePaneProps) {
  const selected = Math.abs(state.at.position - state.anchor) + 1;
  return (
    <div class="buttons side-actions">
      <Button caption={strings.replay} onClick={() => log.act('replay')} />
      <Button caption={strings.promote} onClick={() => log.act('promote')} />
      <Button
        caption={strings.deleteRows(selected)}
        disabled={view.readOnly !== null}
        onClick={() => log.deleteSelected()}
      />
      <Button caption={strings.checkLog} onClick={() => log.act('checkLog')} />
      <Button caption={strings.openAsText} onClick={() => log.act('openAsText')} />
    </div>
  );
}
