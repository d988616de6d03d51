import { reordered } from './candidateList';
import type { Reranked } from './engine/types';
import type { ReviewState } from './reviewState';

/** Follows the model with the order of what is left to decide, and moves no record that a reviewer is at. */
export class CandidateOrder {
  /** The record that is looked at. */
  held: number | undefined;
  private isFrozen = false;
  /** What came of the model while the order was frozen. */
  private unseen: Reranked | undefined;

  /**
   * @param deciding records whose decisions are on their way to the disk: they stay, as those that were decided do
   * @param onReordered called after the candidates of the state changed their order
   */
  constructor(
    private readonly state: ReviewState,
    private readonly deciding: ReadonlySet<number>,
    private readonly onReordered: () => void,
  ) {}

  get frozen(): boolean {
    return this.isFrozen;
  }

  set frozen(frozen: boolean) {
    this.isFrozen = frozen;
    if (!frozen && this.unseen) this.rerank(this.unseen);
  }

  /** Other candidates were found: what came of the model is about those before. */
  forget(): void {
    this.unseen = undefined;
  }

  rerank({ candidates, accuracy, healthScore, numLabelIssues }: Reranked): void {
    const { state } = this;
    if (this.isFrozen) {
      this.unseen = { candidates, accuracy, healthScore, numLabelIssues };
      return;
    }
    this.unseen = undefined;
    if (!state.found) return;
    state.found = { ...state.found, accuracy, healthScore, numLabelIssues };
    const stays = (row: number): boolean =>
      row === this.held || this.deciding.has(row) || state.decisions.ownOf(row) !== undefined;
    state.candidates = reordered(state.candidates, candidates, stays);
    this.onReordered();
  }
}
