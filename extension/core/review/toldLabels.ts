import type { LabelChange } from './engine/types';
import { isSameLabelling } from './ledger/labelCodec';
import type { ReviewState } from './reviewState';
import type { Labelling } from './types';

/** The labels that the model of a review knows, so that it is told of others only. */
export class ToldLabels {
  /** Of records whose labels are not those of the file. */
  private told = new Map<number, Labelling | null>();

  constructor(private readonly state: ReviewState) {}

  /** All that differ from the file, for a model that begins with that. */
  all(): LabelChange[] {
    const changes = this.state.labelChanges();
    this.told = new Map(changes.map(({ row, label }) => [row, label]));
    return changes;
  }

  /** What the model does not know of records. */
  changesOf(rows: readonly number[]): LabelChange[] {
    const changes = rows.flatMap((row) => {
      const label = this.state.labelOf(row);
      const before = this.told.has(row) ? (this.told.get(row) ?? null) : this.state.fileLabelOf(row);
      return isSameLabelling(label, before) ? [] : [{ row, label }];
    });
    for (const { row, label } of changes) this.told.set(row, label);
    return changes;
  }

  /** What it does not know of any record. */
  changes(): LabelChange[] {
    const decided = Array.from(this.state.decisions.owned, ([row]) => row);
    return this.changesOf([...new Set([...this.told.keys(), ...decided])]);
  }
}
