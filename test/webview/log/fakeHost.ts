import type {
  GridCell,
  GridColumn,
  GridRow,
  LogHost,
  LogQuery,
  LogView,
  RowsReply,
  SampleView,
} from '../../../extension/protocol/log';
import { RemoteError, type Remote } from '../../../extension/protocol/rpc';

export const columns: readonly GridColumn[] = [
  { index: 0, name: 'num1', role: 'component', kind: 'number' },
  { index: 1, name: 'operation', role: 'component', kind: 'text' },
  { index: 2, name: 'flag', role: 'flag', kind: 'text' },
];

export const records: readonly (readonly string[])[] = [
  ['5', 'add', 'wrong sign'],
  ['30', 'subtract', ''],
  ['7', 'divide', 'other'],
  ['12', 'add', 'other'],
];

export const cell = (text: string, more: Partial<GridCell> = {}): GridCell => ({
  text,
  length: text.length,
  kind: 'text',
  media: [],
  ...more,
});

export function failure(what: string, next = ''): RemoteError {
  return new RemoteError({ what, next, details: '' });
}

type Answers = { [K in keyof LogHost]: (...args: Parameters<LogHost[K]>) => unknown };

/** A host with a log in memory, whose answers a test may set, and which keeps every call. */
export class FakeHost {
  readonly calls: (readonly [method: string, ...args: unknown[]])[] = [];
  readonly answers: Partial<Answers> = {};
  readonly remote: Remote<LogHost>;
  view: LogView = {
    fileName: 'logs.csv',
    era: 'E',
    eraText: 'Gradio 4.22–4.44',
    columns,
    total: records.length,
    readOnly: null,
    byParts: null,
    problems: [],
    version: 1,
    restore: 'file:///logs.csv',
  };
  record: (row: number) => readonly string[] = (row) => records[row] ?? [];
  /** What a row has besides its texts. */
  more: (row: number) => Partial<GridRow> = () => ({});
  note = '';

  constructor() {
    const standard: Partial<Answers> = {
      view: () => this.view,
      rows: (query, from, count) => this.rows(query, from, count),
      sample: (row) => this.sample(row),
      cell: (row, column) => this.record(row)[column] ?? '',
      options: () => ['wrong sign', 'other'],
      deleteRows: () => true,
      find: () => null,
    };
    this.remote = new Proxy({} as Remote<LogHost>, {
      get:
        (_, method: keyof LogHost) =>
        async (...args: never[]): Promise<unknown> => {
          this.calls.push([method, ...args]);
          const answer = (this.answers[method] ?? standard[method]) as ((...args: never[]) => unknown) | undefined;
          return await answer?.(...args);
        },
    });
  }

  /** The arguments of every call of a method. */
  callsOf(method: keyof LogHost): readonly (readonly unknown[])[] {
    return this.calls.filter(([called]) => called === method).map(([, ...args]) => args);
  }

  private rows(query: LogQuery, from: number, count: number): RowsReply {
    const matching = this.matching(query);
    const length = matching?.length ?? this.view.total;
    const size = Math.max(0, Math.min(count, length - from));
    const rows = Array.from({ length: size }, (_, index) => this.row(matching?.[from + index] ?? from + index));
    return { version: this.view.version, matched: length, from, rows };
  }

  /** Rows that a query leaves, in its order; undefined for all in the order of the file. */
  private matching({ search, filters, sort }: LogQuery): readonly number[] | undefined {
    if (search === '' && filters.length === 0 && !sort) return undefined;
    const found = Array.from({ length: this.view.total }, (_, row) => row).filter(
      (row) =>
        this.record(row).some((text) => text.includes(search)) &&
        filters.every(({ column, contains }) => this.record(row)[column]?.includes(contains)),
    );
    if (!sort) return found;
    const sign = sort.descending ? -1 : 1;
    return found.sort((one, other) => sign * (this.number(one, sort.column) - this.number(other, sort.column)));
  }

  private number(row: number, column: number): number {
    return Number(this.record(row)[column]);
  }

  private row(row: number): GridRow {
    return {
      row,
      cells: this.record(row).map((text) => cell(text)),
      problem: null,
      note: false,
      corrected: false,
      reviewed: false,
      ...this.more(row),
    };
  }

  private sample(row: number): SampleView {
    return {
      row,
      version: this.view.version,
      inputs: [{ column: 0, name: 'num1', kind: 'number', value: 5, clippedFrom: null, media: [] }],
      outputs: [],
      demo: '',
      option: null,
      username: null,
      timestamp: null,
      note: this.note,
      corrected: {},
    };
  }
}
