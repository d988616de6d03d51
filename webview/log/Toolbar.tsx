import { useState } from 'preact/hooks';
import type { LogView } from '../../extension/protocol/log';
import { IconButton, LinkButton } from '../ui/Button';
import { Checkbox } from '../ui/Checkbox';
import type { Wiring } from '../ui/control';
import { FilterField } from '../ui/FilterField';
import { Icon } from '../ui/Icon';
import { Popup } from '../ui/Popup';
import type { Log } from './log';
import { emptyQuery, isWhole, type PageState } from './state';
import { strings } from './strings';

interface ToolbarProps {
  readonly log: Log;
  readonly state: PageState;
  readonly view: LogView;
}

/** What is shown of the log, and the way back to all of it. */
export function Toolbar({ log, state, view }: ToolbarProps) {
  const { query } = state;
  return (
    <>
      <div class="log-toolbar">
        <FilterField
          label={strings.search}
          value={query.search}
          onChange={(search) => void log.ask({ ...query, search })}
        />
        <Count log={log} state={state} view={view} />
        <span class="log-era">{view.eraText}</span>
        <Checkbox
          {...wiring('tall-rows')}
          label={strings.tallRows}
          value={state.tall}
          onChange={(tall) => log.store.update({ tall, shown: state.shown + 1 })}
        />
        <Columns log={log} state={state} view={view} />
        <IconButton
          icon="search"
          label={strings.openFind}
          pressed={state.finding}
          onClick={() => log.store.update({ finding: !state.finding })}
        />
        <IconButton
          icon="layout-sidebar-right"
          label={strings.showSide}
          pressed={state.side}
          onClick={() => log.store.update({ side: !state.side })}
        />
      </div>
      <Filters log={log} state={state} />
    </>
  );
}

/** How many samples are shown, or how far the search for them is. */
function Count({ log, state: { matched, progress, query }, view: { total } }: ToolbarProps) {
  const isSearching = progress !== null;
  const text = isSearching ? strings.searching(progress) : strings.count(matched ?? total, total);
  return (
    <span class="log-count">
      {text}
      {(isSearching || !isWhole(query)) && ' · '}
      {isSearching && <LinkButton caption={strings.stopSearch} onClick={() => log.stop()} />}
      {!isSearching && !isWhole(query) && (
        <LinkButton caption={strings.clear} onClick={() => void log.ask(emptyQuery)} />
      )}
    </span>
  );
}

/** Every filter that is on, each with the way to take it off. */
function Filters({ log, state: { query } }: Omit<ToolbarProps, 'view'>) {
  if (query.filters.length === 0) return null;
  const columns = log.allColumns();
  return (
    <ul class="log-filters" aria-label={strings.filters}>
      {query.filters.map(({ column, contains }) => {
        const name = columns[column]?.name ?? String(column + 1);
        return (
          <li key={column} class="token">
            <span dir="auto">{strings.filterOf(name, contains)}</span>
            <button type="button" aria-label={strings.removeFilter(name)} onClick={() => log.filter(column, '')}>
              <Icon name="close" />
            </button>
          </li>
        );
      })}
    </ul>
  );
}

/** Columns of the list at a time; typing brings the others. */
const listedColumns = 100;

/** Which columns are shown. */
function Columns({ log, state }: ToolbarProps) {
  const [open, setOpen] = useState(false);
  const [text, setText] = useState('');
  const hidden = new Set(state.hidden);
  const wanted = text.trim().toLocaleLowerCase();
  const found = open ? log.allColumns().filter(({ name }) => name.toLocaleLowerCase().includes(wanted)) : [];
  const more = found.length - listedColumns;
  return (
    <div class="log-columns">
      <button
        type="button"
        class="small-button"
        aria-haspopup="dialog"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        {strings.columns(hidden.size)} <Icon name="chevron-down" />
      </button>
      {open && (
        <Popup label={strings.shownColumns} top={30} onClose={() => setOpen(false)}>
          <div class="columns-list">
            <input
              class="text-input"
              type="text"
              dir="auto"
              autocomplete="off"
              spellcheck={false}
              aria-label={strings.columnSearch}
              placeholder={strings.columnSearch}
              value={text}
              onInput={({ currentTarget }) => setText(currentTarget.value)}
            />
            {found.slice(0, listedColumns).map(({ index, name }) => (
              <Checkbox
                key={index}
                {...wiring(`column-${index}`)}
                label={name || strings.unnamed(index + 1)}
                value={!hidden.has(index)}
                onChange={(shown) => log.showColumn(index, shown)}
              />
            ))}
            {more > 0 && <p class="field-info">{strings.moreColumns(more)}</p>}
            {hidden.size > 0 && (
              <LinkButton caption={strings.showAllColumns} onClick={() => log.store.update({ hidden: [] })} />
            )}
          </div>
        </Popup>
      )}
    </div>
  );
}

function wiring(id: string): Wiring {
  return { id, labelId: `${id}-label`, describedBy: undefined, invalid: false, disabled: false };
}
