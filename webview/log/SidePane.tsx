import type { LogView, SampleValue, SampleView } from '../../extension/protocol/log';
import { Button } from '../ui/Button';
import { Checkbox } from '../ui/Checkbox';
import { ComboBox } from '../ui/ComboBox';
import { Field } from '../ui/Field';
import { Icon } from '../ui/Icon';
import { TextArea } from '../ui/TextArea';
import type { Log } from './log';
import type { PageState } from './state';
import { strings } from './strings';
import { Typed, Value } from './Value';

interface SidePaneProps {
  readonly log: Log;
  readonly state: PageState;
  readonly view: LogView;
}

/** The selected sample as its demo would show it, with what can be done about it. */
export function SidePane({ log, state, view }: SidePaneProps) {
  const { sample } = state;
  return (
    <section class="side" aria-label={strings.details} style={{ '--side-width': `${state.sideWidth}px` }}>
      {sample ? (
        <Sample log={log} state={state} view={view} sample={sample} />
      ) : (
        <p class="log-empty">{strings.noneSelected}</p>
      )}
      <Actions log={log} state={state} view={view} />
    </section>
  );
}

interface SampleProps extends SidePaneProps {
  readonly sample: SampleView;
}

function Sample({ log, state, view, sample }: SampleProps) {
  const isKnown = sample.outputs.length > 0;
  const problem = log.rowAt(state.at.position)?.problem ?? null;
  const origin = [sample.demo, sample.timestamp, sample.username && strings.flaggedBy(sample.username)];
  return (
    <div class="side-sample" key={sample.row}>
      <h2>{strings.sampleTitle(sample.row)}</h2>
      <p class="side-origin" dir="auto">
        {origin.filter(Boolean).join(' · ')}
      </p>
      {problem !== null && (
        <p class="side-missing">
          <Icon name="warning" /> {problem}
        </p>
      )}
      <Decide log={log} state={state} view={view} sample={sample} />
      <Values log={log} row={sample.row} title={isKnown ? strings.inputs : strings.values} values={sample.inputs} />
      {isKnown && <Values log={log} row={sample.row} title={strings.outputs} values={sample.outputs} />}
      <Corrections corrected={sample.corrected} />
    </div>
  );
}

interface ValuesProps {
  readonly log: Log;
  readonly row: number;
  readonly title: string;
  readonly values: readonly SampleValue[];
}

/** Values that are drawn at most; the grid has them all. */
const mostValues = 100;

function Values({ log, row, title, values }: ValuesProps) {
  const more = values.length - mostValues;
  return (
    <section class="side-values">
      <h3>{title}</h3>
      {values.slice(0, mostValues).map((value) => (
        <div class="side-value" key={value.column} role="group" aria-label={value.name}>
          <span class="side-label" dir="auto">
            {value.name}
          </span>
          <Value
            value={value}
            open={(index) => log.openMedia(row, value.column, index)}
            openWhole={() => log.openCell(row, value.column)}
          />
        </div>
      ))}
      {more > 0 && <p class="side-empty">{strings.moreValues(more)}</p>}
    </section>
  );
}

function Corrections({ corrected }: Pick<SampleView, 'corrected'>) {
  const entries = Object.entries(corrected);
  if (entries.length === 0) return null;
  return (
    <section class="side-values">
      <h3>{strings.corrections}</h3>
      {entries.map(([name, value]) => (
        <div class="side-value" key={name} role="group" aria-label={strings.correctionOf(name)}>
          <span class="side-label" dir="auto">
            {name}
          </span>
          <Typed name={name} value={value} />
        </div>
      ))}
    </section>
  );
}

/** The option, the note and the mark of a review. */
function Decide({ log, state, view, sample }: SampleProps) {
  const hasOption = view.columns.some(({ role }) => role === 'flag');
  return (
    <div class="side-decide">
      {hasOption && (
        <Field id="option" label={strings.option} disabled={view.readOnly !== null}>
          {(wiring) => (
            <ComboBox
              {...wiring}
              label={strings.option}
              choices={state.options.map((option) => [option, option] as const)}
              multiple={false}
              allowCustom
              filterable
              value={sample.option ? [sample.option] : []}
              onChange={([option]) => log.changes.setOption(String(option ?? ''))}
            />
          )}
        </Field>
      )}
      {view.byParts === null && <Opinion log={log} state={state} sample={sample} />}
    </div>
  );
}

/** What is kept beside the log. */
function Opinion({ log, state, sample }: Omit<SampleProps, 'view'>) {
  const reviewed = log.rowAt(state.at.position)?.reviewed ?? false;
  const { noteDraft } = state;
  const note = noteDraft?.row === sample.row ? noteDraft.text : sample.note;
  return (
    <>
      <div onFocusOut={() => log.changes.commitNote()}>
        <Field id="note" label={strings.note} info={strings.noteInfo}>
          {(wiring) => (
            <TextArea
              {...wiring}
              lines={2}
              maxLines={8}
              value={note}
              onChange={(text) => log.changes.typeNote(sample, text)}
            />
          )}
        </Field>
      </div>
      <Checkbox
        id="reviewed"
        labelId="reviewed-label"
        describedBy={undefined}
        invalid={false}
        disabled={false}
        label={strings.reviewed}
        value={reviewed}
        onChange={(on) => log.changes.setReviewed(on)}
      />
    </>
  );
}

function Actions({ log, state, view }: SidePaneProps) {
  const { matched = 0, at, anchor } = state;
  const selected = matched === 0 || at.position < 0 ? 0 : Math.abs(at.position - anchor) + 1;
  const canAct = selected > 0 && view.byParts === null;
  return (
    <div class="side-actions">
      <Button primary caption={strings.replay(selected)} disabled={!canAct} onClick={() => log.act('replay')} />
      <Button caption={strings.promote} disabled={!canAct} onClick={() => log.act('promote')} />
      <Button
        caption={strings.deleteRows(selected)}
        disabled={!canAct || view.readOnly !== null}
        onClick={() => log.changes.deleteSelected()}
      />
      <Button caption={strings.checkLog} disabled={view.byParts !== null} onClick={() => log.act('checkLog')} />
      <Button caption={strings.openAsText} onClick={() => log.act('openAsText')} />
    </div>
  );
}
