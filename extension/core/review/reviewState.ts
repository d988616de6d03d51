import { CandidatePositions, noCandidates, rankedAt, unranked } from './candidateList';
import { countDecisions, estimateOfReview } from './counts';
import type { LabelChange } from './engine/types';
import type { FileLabels } from './fileLabels';
import { isSameLabelling } from './ledger/labelCodec';
import type { PrecisionEstimate } from './precision';
import type { CandidateDetail, FoundSummary, ReviewCounts, Standing } from './review';
import { StandingDecisions } from './standingDecisions';
import type { Candidates, CandidateStatus, DecisionEntry, Labelling } from './types';

/** What is known of a review: candidates, decisions, and the labels of the file. Reads and writes nothing. */
export class ReviewState {
  found: FoundSummary | undefined;
  labels: FileLabels | undefined;
  readonly decisions: StandingDecisions;
  private ranked: Candidates = noCandidates;
  private positions = new CandidatePositions(noCandidates);
  private knownCounts: ReviewCounts | undefined;
  private knownEstimate: PrecisionEstimate | undefined;
  private knownStale: boolean | undefined;

  constructor(reviewer: string) {
    this.decisions = new StandingDecisions(reviewer);
  }

  get candidates(): Candidates {
    return this.ranked;
  }

  set candidates(candidates: Candidates) {
    this.ranked = candidates;
    this.positions = new CandidatePositions(candidates);
  }

  get counts(): ReviewCounts {
    this.knownCounts ??= countDecisions(this.ranked, this.positions, this.decisions, (row) => this.isOpen(row));
    return this.knownCounts;
  }

  /** @param since when the candidates were found, in milliseconds */
  estimate(since: number): PrecisionEstimate {
    this.knownEstimate ??= estimateOfReview(this.ranked, this.positions, this.decisions, since);
    return this.knownEstimate;
  }

  /** Figures are derived anew after a change. */
  changed(): void {
    this.knownCounts = undefined;
    this.knownEstimate = undefined;
    this.knownStale = undefined;
  }

  positionOf(row: number): number | undefined {
    return this.positions.of(row);
  }

  detail(row: number): CandidateDetail | undefined {
    const position = this.positionOf(row);
    const own = this.decisions.ownOf(row);
    if (position === undefined && !(row < (this.labels?.records ?? 0))) return undefined;
    const status = this.statusOf(row);
    const seen = {
      row,
      status,
      own: own ? this.standing(own) : null,
      others: this.decisions.othersOf(row).map((entry) => this.standing(entry)),
    };
    if (position === undefined) return { ...seen, ...unranked, given: this.fileLabelOf(row) ?? [], stale: false };
    return { ...seen, ...rankedAt(this.ranked, position), stale: this.isStale(position, row) };
  }

  statusOf(row: number): CandidateStatus {
    return this.decisions.ownOf(row)?.decision ?? 'pending';
  }

  /** The label of a record as the file has it; null for none. */
  fileLabelOf(row: number): Labelling | null {
    return this.labels?.of(row) ?? null;
  }

  standing(entry: DecisionEntry): Standing {
    const isChange = entry.decision === 'change' && entry.label !== undefined;
    return { entry, label: isChange ? (this.labels?.codec.names(entry.label) ?? null) : null };
  }

  /** Whether a candidate's label is neither what it was nor what the decision made it. */
  isStale(position: number, row: number): boolean {
    const now = this.fileLabelOf(row);
    if (isSameLabelling(now, rankedAt(this.ranked, position).given)) return false;
    const own = this.decisions.ownOf(row);
    return own?.decision !== 'change' || !isSameLabelling(now, this.standing(own).label);
  }

  /** Whether any candidate's label is. */
  hasStale(): boolean {
    this.knownStale ??= this.ranked.rows.some((row, position) => this.isStale(position, row));
    return this.knownStale;
  }

  /** Whether a decision is to change what the file does not show yet. */
  private isOpen(row: number): boolean {
    const label = this.labelOf(row);
    return label === null ? this.labels?.isDiscarded(row) !== true : !isSameLabelling(label, this.fileLabelOf(row));
  }

  /** The label of a record as the decisions have it; null when it is discarded. */
  labelOf(row: number): Labelling | null {
    const own = this.decisions.ownOf(row);
    if (own?.decision === 'discard') return null;
    return own?.decision === 'change' ? this.standing(own).label : this.fileLabelOf(row);
  }

  /** Labels of decisions that differ from those of the file. */
  labelChanges(): LabelChange[] {
    const changes = Array.from(this.decisions.owned, ([row]) => ({ row, label: this.labelOf(row) }));
    return changes.filter(({ row, label }) => !isSameLabelling(label, this.fileLabelOf(row)));
  }
}
