import type { ClassBalance } from './imbalance';

/** What is wrong with a dataset that needs no model to be seen. Rows count from 0. */
export interface DatasetIssues {
  readonly records: number;
  readonly emptyTexts: RowList;
  readonly shortTexts: RowList;
  readonly missingLabels: RowList;
  readonly exactDuplicates: GroupList;
  readonly nearDuplicates: GroupList;
  readonly classBalance: ClassBalance;
}

export interface RowList {
  readonly count: number;
  /** The first ones, ascending. */
  readonly rows: readonly number[];
}

export interface GroupList {
  /** How many groups there are. */
  readonly groups: number;
  /** How many rows are in one of them. */
  readonly rows: number;
  /** How many groups have records of different labels. */
  readonly conflicting: number;
  /** Those with different labels first, then by their first rows. */
  readonly listed: readonly DuplicateGroup[];
}

export interface DuplicateGroup extends RowList {
  /** The labels of the group's records, by code point; those of a record with several in one, parted by commas. */
  readonly labels: readonly string[];
}
