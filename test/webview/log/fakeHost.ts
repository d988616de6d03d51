import { findCell, matchingRows } from '../../../extension/core/flagging/log/view';
import type { GridCell, GridColumn, LogHost, LogView, SampleView } from '../../../extension/protocol/log';
import type { Remote } from '../../../extension/protocol/rpc';

export const columns: readonly GridColumn[] = [
  { index: 0, name: 'caption', role: 'component', kind: 'text' },
  { index: 1, name: 'class', role: 'component', kind: 'label' },
  { index: 2, name: 'flag', role: 'flag', kind: 'text' },
  { index: 3, name: 'timestamp', role: 'timestamp', kind: 'text' },
];

/** Records of a log of the columns above. */
export function records(count: number): string[][] {
  return Array.from({ length: count }, (_, row) => [
    `text ${row}`,
    row % 2 === 0 ? 'cat' : 'dog',
    row % 3 === 0 ? 'wrong' : 'unsure',
    `2026-11-21 10:00:00.${String(row).padStart(6, '0')}`,
  ]);
}

type Answers = { [K in keyof LogHost]: (...args: Parameters<LogHost[K]>) => unknown };

/** A host with a log in memory, whose answers a test may set, and which keeps every call. */
export class FakeHost {
  readonly calls: (readonly [method: string, ...args: unknown[]])[] = [];
  readonly answers: Partial<Answers> = {};
  readonly notes = new Map<number, string>();
  readonly reviewed = new Set<number>();
  readonly remote: Remote<LogHost>;
  version = 1;
  more: Partial<LogView> = {};
  /** What each cell shows besides its text. */
  cellOf: (row: number, column: number) => Partial<GridCell> = () => ({});

  constructor(
    public table: string[][],
    /** Tells the page that the document changed. */
    private readonly changed: (version: number) => void,
  ) {
    const standard = this.standard();
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

  /** The document changed, whoever did it. */
  touch(): void {
    this.changed(++this.version);
  }

  private get log() {
    return { count: this.table.length, cells: (row: number): readonly string[] => this.table[row] ?? [] };
  }

  private standard(): Partial<Answers> {
    return {
      view: () => this.view(),
      rows: (query, from, count) => {
        const matched = matchingRows(this.log, query);
        const rows = matched.slice(from, from + count).map((row) => this.row(row));
        return { version: this.version, matched: matched.length, from, rows };
      },
      sample: (row) => this.sample(row),
      cell: (row, column) => this.table[row]?.[column] ?? '',
      find: (query, text, position, column, backwards) =>
        findCell(this.log, matchingRows(this.log, query), text, { position, column }, backwards),
      setCell: (row, column, text) => this.set(row, column, text),
      setOption: (rows, option) => {
        for (const row of rows) this.set(row, 2, option);
      },
      deleteRows: (rows) => {
        this.table = this.table.filter((_, row) => !rows.includes(row));
        this.touch();
        return true;
      },
      setNote: (row, note) => void this.notes.set(row, note),
      setReviewed: (rows) => {
        for (const row of rows) this.reviewed.add(row);
      },
    };
  }

  private set(row: number, column: number, text: string): void {
    this.table = this.table.with(row, (this.table[row] ?? []).with(column, text));
    this.touch();
  }

  private view(): LogView {
    const options = ['wrong', 'unsure', 'offensive'];
    const shown = { fileName: 'logs.csv', era: 'gradio-4', eraText: 'Gradio 4', columns, options } as const;
    const rest = { total: this.table.length, readOnly: null, problems: [], version: this.version };
    return { ...shown, ...rest, ...this.more };
  }

  private row(row: number) {
    const cells = (this.table[row] ?? []).map((text, column): GridCell => {
      const kind = this.view().columns[column]?.kind ?? 'text';
      return { text, clipped: false, kind, media: [], ...this.cellOf(row, column) };
    });
    const problem = cells.length === this.view().columns.length ? null : `This record has ${cells.length} cells.`;
    const marks = { note: this.notes.has(row), corrected: false, reviewed: this.reviewed.has(row) };
    return { row, cells, problem, ...marks };
  }

  private sample(row: number): SampleView {
    const [caption = '', label = '', option = null, timestamp = null] = this.table[row] ?? [];
    const value = { label, confidences: [{ label, confidence: 0.75 }] };
    return {
      row,
      version: this.version,
      inputs: [{ column: 0, name: 'caption', kind: 'text', value: caption, media: this.cellOf(row, 0).media ?? [] }],
      outputs: [{ column: 1, name: 'class', kind: 'label', value, media: [] }],
      demo: 'Captions',
      option,
      username: null,
      timestamp,
      note: this.notes.get(row) ?? '',
      corrected: {},
    };
  }
}
