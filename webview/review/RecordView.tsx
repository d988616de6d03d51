import { useEffect, useRef } from 'preact/hooks';
import type { ReviewRecord, ReviewView } from '../../extension/protocol/review';
import { IconButton, LinkButton } from '../ui/Button';
import { Disclosure } from '../ui/Disclosure';
import { Icon } from '../ui/Icon';
import { Notice } from '../ui/Notice';
import { LabelBars } from './LabelBars';
import { isSameLabelling, labelText } from './labels';
import { NoteField } from './NoteField';
import { Opinions } from './Opinions';
import { RecordContent } from './RecordContent';
import { ReasonView } from './ReasonView';
import type { Review } from './review';
import { Similar } from './Similar';
import type { PageState, Shown } from './state';
import { StatusMark } from './StatusMark';
import { strings } from './strings';

export interface RecordProps {
  readonly review: Review;
  readonly state: PageState;
  readonly view: ReviewView;
  readonly shown: Shown;
  /** Whether record and side are below each other. */
  readonly narrow: boolean;
}

/** One record, large: where it stands, its labels, what it holds, and why it is here. */
export function RecordView({ review, state, view, shown, narrow }: RecordProps) {
  const element = useRef<HTMLElement>(null);
  const { record, turn } = shown;
  useEffect(() => {
    // Effects run once the browser has painted: from now on the record can be decided.
    review.walk.paint(turn);
    if (element.current) element.current.scrollTop = 0;
    const isLost = document.activeElement === document.body && document.hasFocus();
    if (isLost) element.current?.focus({ preventScroll: true });
  }, [review, turn]);
  return (
    <article class="record" ref={element} tabIndex={-1} aria-labelledby="record-heading">
      <RecordHead review={review} state={state} view={view} shown={shown} />
      <GivenAndSuggested record={record} hidden={review.walk.isHidden(record)} />
      {record.stale && (
        <Notice severity="warning">
          <p>{strings.staleRecord}</p>
        </Notice>
      )}
      <RecordContent review={review} shown={shown} />
      {narrow && <LabelBars review={review} view={view} shown={shown} />}
      <NoteField key={record.row} review={review} record={record} writing={state.noting === record.row} />
      <Opinions record={record} />
      <ReasonView shown={shown} />
      <Similar review={review} shown={shown} />
      <Columns record={record} />
    </article>
  );
}

function RecordHead({ review, state, view, shown: { record } }: Omit<RecordProps, 'narrow'>) {
  const back = state.trail.at(-1);
  const place = record.position >= 0 ? strings.position(record.position, view.matched) : strings.elsewhere;
  return (
    <div class="record-head">
      {back !== undefined && (
        <button type="button" class="small-button" onClick={() => void review.walk.back()}>
          <Icon name="arrow-left" /> {strings.backTo(back)}
        </button>
      )}
      <h2 id="record-heading">{strings.record(record.row)}</h2>
      <span class="record-place">{place}</span>
      <StatusMark status={record.status} />
      <span class="record-tools">
        {view.secondOpinion && (
          <LinkButton
            caption={strings.secondOpinion}
            onClick={() => review.store.aside(review.host.secondOpinion(record.row))}
          />
        )}
        <IconButton
          icon="go-to-file"
          label={strings.openInFile}
          onClick={() => review.store.aside(review.host.openInFile(record.row))}
        />
      </span>
    </div>
  );
}

interface GivenProps {
  readonly record: ReviewRecord;
  readonly hidden: boolean;
}

function GivenAndSuggested({ record: { given, suggested, own }, hidden }: GivenProps) {
  const isChanged = own?.label !== undefined && own.label !== null && !isSameLabelling(own.label, suggested ?? []);
  return (
    <dl class="labels-side">
      <div class="label-tile">
        <dt>{strings.given}</dt>
        <dd dir="auto">{labelText(given)}</dd>
      </div>
      <div class={hidden || !suggested ? 'label-tile muted' : 'label-tile suggested'}>
        <dt>{strings.suggested}</dt>
        <dd dir="auto">{hidden ? strings.hidden : suggested ? labelText(suggested) : strings.noSuggestion}</dd>
      </div>
      {isChanged && (
        <div class="label-tile">
          <dt>{strings.changedTo}</dt>
          <dd dir="auto">{labelText(own.label)}</dd>
        </div>
      )}
    </dl>
  );
}

/** The other columns, folded. */
function Columns({ record: { columns } }: { readonly record: ReviewRecord }) {
  if (columns.length === 0) return null;
  return (
    <Disclosure title={strings.otherColumns(columns.length)}>
      <dl class="columns">
        {columns.map(({ name, value }) => (
          <div key={name}>
            <dt dir="auto">{name}</dt>
            <dd dir="auto">{valueText(value)}</dd>
          </div>
        ))}
      </dl>
    </Disclosure>
  );
}

function valueText(value: ReviewRecord['columns'][number]['value']): string {
  if (typeof value === 'string') return value;
  return value === null ? strings.noValue : JSON.stringify(value);
}
