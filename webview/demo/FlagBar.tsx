import type { DemoView } from '../../extension/protocol/demo';
import { Button } from '../ui/Button';
import { Corrections } from './Corrections';
import { FlagRow } from './FlagRow';
import { flagButtonId } from './ids';
import { canFlag, flagOf, isEdited, isFlagged, type PageState } from './state';
import { strings } from './strings';
import { useDemo } from './useDemo';

interface FlagBarProps {
  readonly state: PageState;
  readonly view: DemoView;
}

/** The flagging options of the last run's sample, and what became of each flag. */
export function FlagBar({ state, view }: FlagBarProps) {
  const manual = view.flagging.mode === 'manual';
  const open = canFlag(state) && view.flagging.options.some(({ value }) => !isFlagged(flagOf(state, value)));
  return (
    <section class="flag-bar" aria-label={strings.flagging}>
      {manual && <FlagButtons state={state} view={view} />}
      <div role="status">
        {state.flags.length > 0 && (
          <ul class="flag-rows">
            {state.flags.map((flag) => (
              <FlagRow key={`${flag.runId} ${flag.option ?? ''}`} flag={flag} state={state} />
            ))}
          </ul>
        )}
      </div>
      {manual && open && <Corrections state={state} view={view} />}
    </section>
  );
}

function FlagButtons({ state, view }: FlagBarProps) {
  const demo = useDemo();
  const enabled = canFlag(state);
  return (
    <>
      <div class="buttons">
        {view.flagging.options.map(({ label, value }, index) => {
          const flag = flagOf(state, value);
          return (
            <Button
              key={index}
              id={flagButtonId(index)}
              caption={label}
              icon={flag?.phase === 'flagged' ? 'check' : undefined}
              disabled={!enabled || isFlagged(flag)}
              onClick={() => void demo.flagging.flag(value)}
            />
          );
        })}
      </div>
      <p class="field-info">{hint(state, view)}</p>
    </>
  );
}

function hint(state: PageState, view: DemoView): string {
  if (state.run.phase === 'none') return strings.runFirst;
  if (state.run.phase === 'running') return strings.flagWhenEnded;
  if (!canFlag(state)) return strings.notFlaggable;
  if (isEdited(state)) return strings.flagsSampleRun;
  return strings.flagHint(view.flagging.directory);
}
