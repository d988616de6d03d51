import type { ClassCount } from '../../core/dataset/imbalance';
import type { Review } from '../../core/review/review';
import type { Labelling } from '../../core/review/types';

/** Records that are shown of a group at first, and more at a time. */
export const pageSize = 200;

export interface DatasetNode {
  readonly kind: 'dataset';
  readonly review: Review;
}

/** Candidates that are given one label and suggested another. */
export interface PairNode {
  readonly kind: 'pair';
  readonly id: string;
  readonly parent: DatasetNode;
  readonly given: Labelling;
  readonly suggested: Labelling;
  /** Numbers of the records in the order in which they are shown. */
  rows: Uint32Array;
  /** How many of them are shown. */
  shown: number;
}

/** Records with a problem that needs no model to be seen. */
export interface IssueNode {
  readonly kind: 'issue';
  readonly id: string;
  readonly parent: DatasetNode;
  readonly issue: 'duplicates' | 'texts';
  rows: Uint32Array;
  /** What is wrong with each of them. */
  what: readonly string[];
  /** Of all such records; there may be more than are listed. */
  count: number;
  shown: number;
}

/** Records of each class. */
export interface BalanceNode {
  readonly kind: 'balance';
  readonly parent: DatasetNode;
}

export interface ClassNode {
  readonly kind: 'class';
  readonly parent: BalanceNode;
  readonly count: ClassCount;
}

export interface CandidateNode {
  readonly kind: 'candidate';
  readonly id: string;
  readonly parent: PairNode | IssueNode;
  /** Number of the record in the dataset, from 0. */
  readonly row: number;
  /** The beginning of its text in one line; empty when it could not be read. */
  readonly line: string;
  /** What is wrong with the record; empty for a candidate. */
  readonly what: string;
}

export interface MoreNode {
  readonly kind: 'more';
  readonly parent: PairNode | IssueNode;
  readonly left: number;
}

export type GroupNode = PairNode | IssueNode;
export type Node = DatasetNode | GroupNode | BalanceNode | ClassNode | CandidateNode | MoreNode;

export function reviewOf(node: Node): Review {
  switch (node.kind) {
    case 'dataset':
      return node.review;
    case 'pair':
    case 'issue':
    case 'balance':
      return node.parent.review;
    case 'class':
    case 'candidate':
    case 'more':
      return node.parent.parent.review;
  }
}
