import type { Outcome } from './outcomes';
import type { RowSource, SourceRow } from './source';
import type { ApplyPlan } from './types';

export type Written = Pick<ApplyPlan, 'output' | 'notes' | 'patch'>;

/** Gathers what is to be written. */
export interface Target<Row extends SourceRow> {
  readonly source: RowSource<Row>;
  /** Rows come in ascending order. @throws ExpectedError when a label cannot be written */
  add(row: Row, outcome: Outcome): void;
  finish(): Promise<Written>;
}
