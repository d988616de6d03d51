import { useState } from 'preact/hooks';
import type { LogView } from '../../extension/protocol/log';
import { LinkButton } from '../ui/Button';
import { Checkbox } from '../ui/Checkbox';
import type { Wiring } from '../ui/control';
import { Disclosure } from '../ui/Disclosure';
import { Field } from '../ui/Field';
import { Select } from '../ui/Select';
import { TextField } from '../ui/TextField';
import type { Log } from './log';
import { emptyQuery, type PageState } from './state';
import { strings } from './strings';

interface ToolbarProps {
  readonly log: Log;
  readonly state: PageState;
  readonly view: LogView;
}

const wholeSample = -1;

/** What is shown of the log, and the way back to all of it. */
export function Toolbar({ log, state, view }: ToolbarProps) {
  const { query, matched } = state;
  const isView = query.search !== '' || query.filters.length > 0 || query.sort !== null;
  return (
    <>
      <div class="log-toolbar">
        <Filter log={log} state={state} view={view} />
        <span class="log-count">
          {strings.count(matched ?? view.total, view.total)}
          {isView && (
            <>
              {' · '}
              <LinkButton caption={strings.clearView} onClick={() => log.ask(emptyQuery)} />
            </>
          )}
        </span>
        <span class="log-era">{view.eraText}</span>
      </div>
      <Filters log={log} state={state} view={view} />
      <Disclosure title={strings.columns}>
        <div class="log-columns">
          <Shown id="tall" label={strings.tallRows} value={state.tall} onChange={(tall) => log.setTall(tall)} />
          {view.columns.map(({ index, name }) => (
            <Shown
              key={index}
              id={`column-${index}`}
              label={name}
              value={!state.hidden.includes(index)}
              onChange={(shown) => log.show(index, shown)}
            />
          ))}
        </div>
      </Disclosure>
    </>
  );
}

/** Rows are filtered while one types; a filter of one column can be added to others. */
function Filter({ log, state, view }: ToolbarProps) {
  const [column, setColumn] = useState(wholeSample);
  const { query } = state;
  const own = query.filters.find((filter) => filter.column === column);
  const text = column === wholeSample ? query.search : (own?.contains ?? '');
  const change = (contains: string): void => {
    if (column === wholeSample) {
      log.ask({ ...query, search: contains });
      return;
    }
    const others = query.filters.filter((filter) => filter.column !== column);
    log.ask({ ...query, filters: contains === '' ? others : [...others, { column, contains }] });
  };
  const choices = [
    [strings.allColumns, wholeSample] as const,
    ...view.columns.map(({ name, index }) => [name, index] as const),
  ];
  return (
    <>
      <Field id="filter-column" label={strings.filterColumn}>
        {(wiring) => (
          <Select {...wiring} choices={choices} value={column} onChange={(chosen) => setColumn(Number(chosen))} />
        )}
      </Field>
      <Field id="filter-text" label={strings.filterText}>
        {(wiring) => <TextField {...wiring} placeholder={strings.searchPlaceholder} value={text} onChange={change} />}
      </Field>
    </>
  );
}

/** Every filter that is on, each with the way to take it off. */
function Filters({ log, state: { query }, view }: ToolbarProps) {
  if (query.filters.length === 0) return null;
  const nameOf = (column: number): string => view.columns.find(({ index }) => index === column)?.name ?? '';
  return (
    <ul class="log-filters">
      {query.filters.map((filter) => (
        <li key={filter.column}>
          {strings.pinned(nameOf(filter.column), filter.contains)}{' '}
          <LinkButton
            caption={strings.unpin(nameOf(filter.column), filter.contains)}
            onClick={() => log.ask({ ...query, filters: query.filters.filter((other) => other !== filter) })}
          />
        </li>
      ))}
    </ul>
  );
}

interface ShownProps {
  readonly id: string;
  readonly label: string;
  readonly value: boolean;
  readonly onChange: (value: boolean) => void;
}

function Shown({ id, ...control }: ShownProps) {
  const wiring: Wiring = { id, labelId: `${id}-label`, describedBy: undefined, invalid: false, disabled: false };
  return <Checkbox {...wiring} {...control} />;
}
