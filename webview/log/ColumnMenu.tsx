import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { FilterField } from '../ui/FilterField';
import { Popup } from '../ui/Popup';
import { lowRow } from '../ui/windowed';
import type { Log } from './log';
import type { PageState } from './state';
import { strings } from './strings';

interface ColumnMenuProps {
  readonly log: Log;
  readonly state: PageState;
  /** The column's index. */
  readonly column: number;
}

/** As wide as the style sheet makes it. Pixels. */
const width = 232;

const directions = ['ascending', 'descending', 'none'] as const;

/** What can be done with a column: below its heading. */
export function ColumnMenu({ log, state, column: index }: ColumnMenuProps) {
  const place = useRef<HTMLDivElement>(null);
  const [left, setLeft] = useState(0);
  useLayoutEffect(() => {
    const around = place.current?.parentElement?.getBoundingClientRect();
    const heading = place.current?.parentElement?.querySelector(`[data-column="${index}"]`)?.getBoundingClientRect();
    if (around && heading) setLeft(Math.max(0, Math.min(heading.left - around.left, around.width - width - 4)));
  }, [index]);
  const column = log.allColumns().find((candidate) => candidate.index === index);
  if (!column) return null;
  const close = (): void => log.store.update({ menu: null });
  const { sort, filters } = state.query;
  const { byParts = null } = state.view ?? {};
  const sorted = sort?.column !== index ? 'none' : sort.descending ? 'descending' : 'ascending';
  const act = (action: () => void): void => {
    close();
    action();
  };
  return (
    <div ref={place}>
      <Popup label={strings.columnMenu(column.name)} left={left} top={lowRow} onClose={close}>
        <div class="column-menu">
          <FilterField
            label={strings.filterColumn(column.name)}
            value={filters.find((filter) => filter.column === index)?.contains ?? ''}
            onChange={(contains) => log.filter(index, contains)}
          />
          {byParts === null ? (
            directions.map((direction) => (
              <button
                key={direction}
                type="button"
                class="menu-item"
                aria-pressed={sorted === direction}
                onClick={() => act(() => log.sort(column, direction))}
              >
                {strings.sortItems[direction]}
              </button>
            ))
          ) : (
            <p class="field-info">{byParts}</p>
          )}
          <button type="button" class="menu-item" onClick={() => act(() => log.showColumn(index, false))}>
            {strings.hideColumn}
          </button>
        </div>
      </Popup>
    </div>
  );
}
