import type { ReviewRow, ReviewView } from '../../extension/protocol/review';
import { LinkButton } from '../ui/Button';
import { Icon } from '../ui/Icon';
import { movedInList } from '../ui/windowed';
import { TableRow, WindowedTable } from '../ui/WindowedTable';
import type { Bulk } from './bulk';
import { Figures } from './Figures';
import { labelText } from './labels';
import type { Review } from './review';
import { scoreText } from './shares';
import type { PageState } from './state';
import { StatusMark } from './StatusMark';
import { strings } from './strings';

interface BulkTableProps {
  readonly review: Review;
  readonly state: PageState;
  readonly view: ReviewView;
}

/** The candidates as a table, to decide many at once. */
export function BulkTable({ review, state, view }: BulkTableProps) {
  return (
    <div class={state.figures ? 'review-panes' : 'review-panes single'}>
      <div class="bulk">
        <h2 class="visually-hidden">{strings.tableLabel}</h2>
        <SelectionBar bulk={review.bulk} matched={view.matched} />
        <Table bulk={review.bulk} state={state} />
      </div>
      {state.figures && (
        <aside class="review-side">
          <Figures review={review} view={view} charts={state.charts} record={null} />
        </aside>
      )}
    </div>
  );
}

function SelectionBar({ bulk, matched }: { readonly bulk: Bulk; readonly matched: number }) {
  const { count, isAll } = bulk;
  const text = count === 0 ? strings.noneSelected : isAll ? strings.allSelected(count) : strings.selected(count);
  return (
    <p class="selection-bar">
      <span role="status">{text}</span>
      {!isAll && <LinkButton caption={strings.selectAll(matched)} onClick={() => bulk.selectAll()} />}
      {count > 0 && <LinkButton caption={strings.clearSelection} onClick={() => bulk.clearSelection()} />}
      <LinkButton caption={strings.showRecord} onClick={() => void bulk.openAt()} />
    </p>
  );
}

function Table({ bulk, state }: { readonly bulk: Bulk; readonly state: PageState }) {
  const { rows, at } = state.bulk;
  return (
    <WindowedTable
      class="bulk-table"
      label={strings.tableLabel}
      help={strings.tableHelp}
      multiple
      focused
      columns={[<span class="visually-hidden">{strings.selectedColumn}</span>, ...strings.columns]}
      rows={rows}
      at={at}
      look={(first, count) => bulk.look(first, count)}
      onKeyDown={(event, page) => onKeyDown(event, bulk, at, page)}
      row={(position, top) => <Row key={position} bulk={bulk} position={position} top={top} at={at} />}
    />
  );
}

function onKeyDown(event: KeyboardEvent, bulk: Bulk, at: number, page: number): void {
  const control = event.ctrlKey || event.metaKey;
  if (event.altKey) return;
  if (control && event.key.toLowerCase() === 'a') bulk.selectAll();
  else if (event.key === ' ') bulk.toggle(at);
  else if (event.key === 'Escape' && bulk.count > 0) bulk.clearSelection();
  else {
    const wanted = control ? undefined : movedInList(event.key, at, bulk.matched, page);
    if (wanted === undefined) return;
    bulk.goTo(wanted, event.shiftKey);
  }
  event.preventDefault();
  event.stopPropagation();
}

interface RowProps {
  readonly bulk: Bulk;
  readonly position: number;
  /** Pixels. */
  readonly top: number;
  /** The position that has the focus. */
  readonly at: number;
}

function Row({ bulk, position, top, at }: RowProps) {
  const row = bulk.rowAt(position);
  const isSelected = bulk.isSelected(row);
  return (
    <TableRow
      position={position}
      top={top}
      current={position === at}
      selected={isSelected}
      onClick={(event) => {
        if (event.shiftKey) bulk.goTo(position, true);
        else if (event.ctrlKey || event.metaKey) bulk.toggle(position);
        else bulk.select(position);
      }}
      onOpen={() => void bulk.openAt()}
    >
      <span role="gridcell">{isSelected && <Icon name="check" />}</span>
      <span role="gridcell" class="bulk-number">
        {strings.number(position + 1)}
      </span>
      {row ? <Cells row={row} /> : <span role="gridcell" />}
    </TableRow>
  );
}

function Cells({ row }: { readonly row: ReviewRow }) {
  return (
    <>
      <span role="gridcell" class="bulk-number">
        {strings.number(row.row)}
      </span>
      <span role="gridcell" dir="auto" title={row.text}>
        {row.text}
      </span>
      <span role="gridcell" dir="auto">
        {labelText(row.given)}
      </span>
      <span role="gridcell" dir="auto">
        {suggestedText(row)}
      </span>
      <span role="gridcell" class="bulk-number">
        {scoreText(row.labelQuality)}
      </span>
      <span role="gridcell">
        <StatusMark status={row.status} />
        {row.label && <span dir="auto"> {labelText(row.label)}</span>}
      </span>
    </>
  );
}

/** A record that is no candidate has no suggestion that could be hidden. */
function suggestedText({ suggested, labelQuality }: ReviewRow): string {
  if (suggested) return labelText(suggested);
  return labelQuality === null ? strings.none : strings.hiddenCell;
}
