import { useMemo } from 'preact/hooks';
import type { Component } from '../../extension/core/demo/components';
import type { ReplayDetail, ReplayView } from '../../extension/protocol/replay';
import { LinkButton } from '../ui/Button';
import { FailureView } from '../ui/FailureView';
import { Icon } from '../ui/Icon';
import { labelOf } from '../ui/labelOf';
import type { OutputContext } from '../ui/outputs/context';
import { OutputView } from '../ui/outputs/OutputView';
import type { Replay } from './replay';
import { strings } from './strings';
import { VerdictMark } from './VerdictFilter';

interface DetailProps {
  readonly replay: Replay;
  readonly view: ReplayView;
  readonly detail: ReplayDetail | null;
}

/** The chosen sample: its outputs side by side, and its inputs. */
export function Detail({ replay, view, detail }: DetailProps) {
  const context = useMemo<OutputContext>(
    () => ({
      openLink: (url) => replay.store.aside(replay.host.openLink(url)),
      saveFile: (path) => replay.store.aside(replay.host.saveFile(path)),
    }),
    [replay],
  );
  if (!detail) return <p class="replay-empty">{strings.choose}</p>;
  return (
    <section class="detail" aria-labelledby="detail-heading">
      <div class="detail-head">
        <h2 id="detail-heading">{strings.detail(detail.row + 1)}</h2>
        <VerdictMark verdict={detail.verdict} />
        {detail.option && <span dir="auto">“{detail.option}”</span>}
        <LinkButton caption={strings.openSample} onClick={() => replay.openSelected()} />
      </div>
      <p class="detail-explained">{strings.explained[detail.verdict]}</p>
      {detail.failure && <FailureView failure={detail.failure} />}
      <h3>{strings.outputs}</h3>
      {view.outputs.map((component, index) => (
        <Compared
          key={index}
          label={labelOf(component, view.inputs.length + index)}
          component={component}
          output={index}
          detail={detail}
          context={context}
        />
      ))}
      <h3>{strings.inputs}</h3>
      <div class="detail-values">
        {view.inputs.map((component, index) => (
          <Value
            key={index}
            label={labelOf(component, index)}
            component={component}
            value={detail.inputs[index]}
            context={context}
          />
        ))}
      </div>
    </section>
  );
}

interface ValueProps {
  readonly label: string;
  readonly component: Component;
  readonly value: unknown;
  readonly context: OutputContext;
}

function Value({ label, component, value, context }: ValueProps) {
  if (component.kind === 'state') return null;
  return (
    <div class="field output" role="group" aria-label={label}>
      <span class="field-label">{label}</span>
      <OutputView component={component} value={value} context={context} />
    </div>
  );
}

interface ComparedProps {
  readonly label: string;
  readonly component: Component;
  readonly output: number;
  readonly detail: ReplayDetail;
  readonly context: OutputContext;
}

/** One output: when flagged, now, and what was said to be right. */
function Compared({ label, component, output, detail, context }: ComparedProps) {
  if (component.kind === 'state') return null;
  const { logged, now, corrected, differs } = detail;
  const isDifferent = now !== null && (differs[output] ?? false);
  const isCorrected = Object.hasOwn(corrected, output);
  return (
    <div class={isDifferent ? 'compared differs' : 'compared'} role="group" aria-label={label}>
      <div class="compared-head">
        <span class="field-label">{label}</span>
        {now && (
          <span class="compared-mark">
            <Icon name={isDifferent ? 'diff' : 'check'} />
            {markText(isDifferent, isCorrected)}
          </span>
        )}
      </div>
      <div class="compared-values">
        <Value label={strings.logged} component={component} value={logged[output]} context={context} />
        {now ? (
          <Value label={strings.now} component={component} value={now[output]} context={context} />
        ) : (
          <div class="field output">
            <span class="field-label">{strings.now}</span>
            <p class="output-placeholder">{strings.noOutput}</p>
          </div>
        )}
        {isCorrected && (
          <Value label={strings.corrected} component={component} value={corrected[output]} context={context} />
        )}
      </div>
    </div>
  );
}

/** What the output now is compared with, and how that went. */
function markText(isDifferent: boolean, isCorrected: boolean): string {
  if (isCorrected) return isDifferent ? strings.notAsCorrected : strings.asCorrected;
  return isDifferent ? strings.notAsLogged : strings.asLogged;
}
