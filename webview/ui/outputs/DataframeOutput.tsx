import { useRef, useState } from 'preact/hooks';
import type { Dataframe, DataframeDatatype } from '../../../extension/core/demo/components';
import type { OutputContext } from './context';
import { CopyButton } from './CopyButton';
import { cellText, tableCsv, visibleRows } from './dataframe';
import { Html, Markdown } from './Markdown';
import type { DataframePayload } from './payload';
import { strings } from './strings';

/** Rows from which on the table draws only those in view, each of the same height. */
const windowedFrom = 200;
/** Pixels; the style sheet gives windowed rows the same. */
const rowHeight = 26;

interface DataframeProps {
  readonly table: DataframePayload;
  readonly component: Dataframe;
  readonly context: OutputContext;
}

/** A table to read: headers stay, numbers stand on the right, long tables draw only what is in view. */
export function DataframeOutput({ table, component, context }: DataframeProps) {
  const { headers, data } = table;
  const windowed = data.length >= windowedFrom;
  const scroller = useRef<HTMLDivElement>(null);
  const [top, setTop] = useState(0);
  const view = windowed
    ? visibleRows(top, scroller.current?.clientHeight ?? 400, rowHeight, data.length)
    : { start: 0, end: data.length };
  const columns = headers.length;
  return (
    <div class="output-text">
      <div
        class={windowed ? 'table-scroll windowed' : 'table-scroll'}
        ref={scroller}
        tabIndex={0}
        role="region"
        aria-label={component.label ?? strings.table(data.length, columns)}
        onScroll={windowed ? ({ currentTarget }) => setTop(currentTarget.scrollTop) : undefined}
      >
        <table
          class="output-table"
          aria-rowcount={data.length + 1}
          style={windowed ? { minWidth: `${columns * 9}em` } : undefined}
        >
          <thead>
            <tr aria-rowindex={1}>
              {headers.map((header, column) => (
                <th key={column} scope="col" class={alignment(component.datatype, column)} dir="auto">
                  {header}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            <Gap height={view.start * rowHeight} columns={columns} />
            {data.slice(view.start, view.end).map((cells, offset) => (
              <tr key={view.start + offset} aria-rowindex={view.start + offset + 2}>
                {cells.map((cell, column) => (
                  <Cell key={column} value={cell} datatype={datatypeOf(component.datatype, column)} context={context} />
                ))}
              </tr>
            ))}
            <Gap height={(data.length - view.end) * rowHeight} columns={columns} />
          </tbody>
        </table>
      </div>
      <div class="output-bar">
        <span class="output-note">{data.length === 0 ? strings.noRows : strings.size(data.length, columns)}</span>
        <CopyButton caption={strings.copyCsv} text={() => tableCsv(table)} />
      </div>
    </div>
  );
}

/** Stands for the rows that are not drawn. */
function Gap({ height, columns }: { readonly height: number; readonly columns: number }) {
  if (height === 0) return null;
  return (
    <tr aria-hidden="true" class="table-gap">
      <td colSpan={Math.max(1, columns)} style={{ height: `${height}px` }} />
    </tr>
  );
}

interface CellProps {
  readonly value: unknown;
  readonly datatype: DataframeDatatype;
  readonly context: OutputContext;
}

function Cell({ value, datatype, context: { openLink } }: CellProps) {
  const text = cellText(value);
  if (datatype === 'markdown' && typeof value === 'string')
    return (
      <td>
        <Markdown text={value} openLink={openLink} />
      </td>
    );
  if (datatype === 'html' && typeof value === 'string')
    return (
      <td>
        <Html text={value} openLink={openLink} />
      </td>
    );
  const number = datatype === 'number' || typeof value === 'number';
  return (
    <td
      class={number ? 'right' : undefined}
      dir={number ? undefined : 'auto'}
      title={text.length > 40 ? text : undefined}
    >
      {text}
    </td>
  );
}

function datatypeOf(datatype: Dataframe['datatype'], column: number): DataframeDatatype {
  return (typeof datatype === 'string' ? datatype : datatype?.[column]) ?? 'str';
}

function alignment(datatype: Dataframe['datatype'], column: number): string | undefined {
  return datatypeOf(datatype, column) === 'number' ? 'right' : undefined;
}
