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
  readonly decisions: StandingDecisions;
  private ranked: Candidates = noCandidates;
  private positions = new CandidatePositions(noCandidates);
  private knownCounts: ReviewCounts | undefined;
  private knownEstimate: PrecisionEstimate | undefined;
  private fileLabels: FileLabels | undefined;
  /** Positions whose label in the file is not the one that was reviewed; undefined until somebody asks. */
  private differing: Uint32Array | undefined;

  constructor(reviewer: string) {
    this.decisions = new StandingDecisions(reviewer);
  }

  get candidates(): Candidates {
    return this.ranked;
  }

  set candidates(candidates: Candidates) {
    this.ranked = candidates;
    this.positions = new CandidatePositions(candidates);
    this.differing = undefined;
  }

  get labels(): FileLabels | undefined {
    return this.fileLabels;
  }

  set labels(labels: FileLabels | undefined) {
    this.fileLabels = labels;
    this.differing = undefined;
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
  }

  positionOf(row: number): number | undefined {
    return this.positions.of(row);
  }

  detail(row: number): CandidateDetail | undefined {
    const position = this.positionOf(row);
    const own = this.decisions.ownOf(row);
    if (position === undefined && !(row < (this.fileLabels?.records ?? 0))) return undefined;
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
    return this.fileLabels?.of(row) ?? null;
  }

  standing(entry: DecisionEntry): Standing {
    const isChange = entry.decision === 'change' && entry.label !== undefined;
    return { entry, label: isChange ? (this.fileLabels?.codec.names(entry.label) ?? null) : null };
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
    this.differing ??= this.differingPositions();
    return this.differing.some((position) => this.isStale(position, this.ranked.rows[position] ?? 0));
  }

  /** Pairs of labellings are compared once, as there are many more candidates than those. */
  private differingPositions(): Uint32Array {
    const { rows, given, labellings } = this.ranked;
    const known = new Map<Labelling | null, (boolean | undefined)[]>();
    return Uint32Array.from(rows.keys()).filter((position) => {
      const now = this.fileLabelOf(rows[position] ?? 0);
      const index = given[position] ?? 0;
      const compared = known.get(now) ?? [];
      known.set(now, compared);
      return !(compared[index] ??= isSameLabelling(now, labellings[index] ?? null));
    });
  }

  /** Whether a decision is to change what the file does not show yet. */
  private isOpen(row: number): boolean {
    const label = this.labelOf(row);
    return label === null ? this.fileLabels?.isDiscarded(row) !== true : !isSameLabelling(label, this.fileLabelOf(row));
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
