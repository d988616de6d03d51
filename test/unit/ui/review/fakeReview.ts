import type { ExpectedError } from '../../../../extension/core/errors';
import { selectUnranked } from '../../../../extension/core/review/queue';
import type { Reason } from '../../../../extension/core/review/engine/types';
import type {
  CandidateDetail,
  FindProgress,
  FoundSummary,
  Review,
  ReviewChange,
} from '../../../../extension/core/review/review';
import type {
  CandidateQuery,
  Candidates,
  CandidateStatus,
  Choice,
  Labelling,
} from '../../../../extension/core/review/types';
import { builtInSearch } from '../../../builtInSearch';

export interface FakeCandidate {
  readonly row: number;
  readonly text: string;
  /** Indices of classes. */
  readonly given: number;
  readonly suggested: number;
  readonly labelQuality: number;
}

const classes = ['ham', 'spam', 'scam'];

/** A review in memory, whose order is that in which the candidates are given. */
export class FakeReview implements Review {
  readonly dataset = '/data/mails.csv';
  readonly reviewer = 'ann';
  readonly columns = ['text', 'label', 'source'];
  readonly stale = false;
  readonly ledgerProblems: Review['ledgerProblems'] = [];
  readonly live = true;
  finding: FindProgress | undefined;
  frozen = false;
  held: number | undefined;
  found: FoundSummary | undefined;
  candidates: Candidates;
  readonly decided: (readonly Choice[])[] = [];
  readonly notes: [number, string][] = [];
  /** Set to let the ledger refuse. */
  failure: ExpectedError | undefined;
  /** What the next questions for probabilities wait for. */
  model: Promise<unknown> = Promise.resolve();
  private readonly undone: (readonly Choice[])[] = [];
  private readonly listeners = new Set<(change: ReviewChange) => void>();

  constructor(
    private readonly entries: readonly FakeCandidate[],
    readonly multiLabel = false,
  ) {
    this.candidates = candidatesOf(entries);
    this.found = foundIn(entries.length, multiLabel);
  }

  get counts() {
    const of = (status: CandidateStatus): number =>
      this.entries.filter(({ row }) => this.statusOf(row) === status).length;
    const [keep, change, ambiguous, discard, skip, pending] = [
      of('keep'),
      of('change'),
      of('ambiguous'),
      of('discard'),
      of('skip'),
      of('pending'),
    ];
    const candidates = this.entries.length;
    return { candidates, unapplied: change + discard, keep, change, ambiguous, discard, skip, pending };
  }

  get canUndo(): boolean {
    return this.decided.length > 0;
  }

  get canRedo(): boolean {
    return this.undone.length > 0;
  }

  /** Puts the candidates into another order, as a decision does. */
  reorder(entries: readonly FakeCandidate[]): void {
    this.candidates = candidatesOf(entries);
    this.tell({ kind: 'candidates' });
  }

  /** A search ended with other candidates. */
  findAnew(entries: readonly FakeCandidate[]): void {
    this.finding = { what: 'Reading', done: 0 };
    this.reorder(entries);
    this.finding = undefined;
  }

  tell(change: ReviewChange): void {
    for (const listener of this.listeners) listener(change);
  }

  get isHeard(): boolean {
    return this.listeners.size > 0;
  }

  subscribe(listener: (change: ReviewChange) => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  find(): Promise<void> {
    return Promise.resolve();
  }

  async select({ given, suggested, status, scores, text, sort, rows: only }: CandidateQuery): Promise<Uint32Array> {
    await Promise.resolve();
    const { rows, labelQuality } = this.candidates;
    const [low = 0, high = 1] = scores ?? [];
    const positions = [...rows.keys()].filter((position) => {
      const row = rows[position] ?? -1;
      const entry = this.entryOf(row);
      const quality = labelQuality[position] ?? 0;
      return (
        (only === undefined || only.has(row)) &&
        (given === undefined || classes[entry?.given ?? -1] === given) &&
        (suggested === undefined || classes[entry?.suggested ?? -1] === suggested) &&
        (status === undefined || this.statusOf(row) === status) &&
        (text === undefined || (entry?.text.includes(text) ?? false)) &&
        quality >= low &&
        quality <= high
      );
    });
    if (sort === 'row') positions.sort((a, b) => (rows[a] ?? 0) - (rows[b] ?? 0));
    return Uint32Array.from(positions);
  }

  selectUnranked(query: CandidateQuery): Promise<Uint32Array> {
    return Promise.resolve(selectUnranked(query, (row) => this.detail(row)));
  }

  pairs(positions: Uint32Array) {
    return [{ given: ['ham'], suggested: ['spam'], candidates: positions.length, pending: 0 }];
  }

  detail(row: number): CandidateDetail | undefined {
    const entry = this.entryOf(row);
    if (row > 999) return undefined;
    const rank = this.candidates.rows.indexOf(row);
    return {
      row,
      rank,
      given: [classes[entry?.given ?? 0] ?? ''],
      suggested: rank < 0 ? [] : [classes[entry?.suggested ?? 0] ?? ''],
      labelQuality: entry?.labelQuality ?? 0,
      normalizedMargin: 0.1,
      selfConfidence: 0.2,
      labelErrorCandidate: rank < 0 ? null : rank,
      status: this.statusOf(row),
      own: null,
      others: [],
      stale: false,
    };
  }

  statusOf(row: number): CandidateStatus {
    return this.decided.flat().findLast((choice) => choice.row === row)?.decision ?? 'pending';
  }

  records(rows: readonly number[]) {
    return Promise.resolve(rows.map((row) => [this.entryOf(row)?.text ?? '', 'ham', 'a'.repeat(5000)]));
  }

  async decide(choices: readonly Choice[]): Promise<void> {
    await Promise.resolve();
    if (this.failure) throw this.failure;
    this.decided.push(choices);
    this.undone.length = 0;
    this.tell({ kind: 'decisions', rows: choices.map(({ row }) => row) });
  }

  note(row: number, text: string): Promise<void> {
    this.notes.push([row, text]);
    return Promise.resolve();
  }

  propose(): Promise<void> {
    return Promise.resolve();
  }

  undo(): Promise<readonly number[]> {
    return Promise.resolve(move(this.decided, this.undone));
  }

  redo(): Promise<readonly number[]> {
    return Promise.resolve(move(this.undone, this.decided));
  }

  async probabilities(): Promise<readonly number[] | null> {
    await this.model;
    return [0.2, 0.7, 0.1];
  }

  reason(): Promise<Reason | null> {
    const tokens = [0, 30_000].map((start) => ({ start, end: start + 4, contribution: 1 }));
    return Promise.resolve({ logOdds: 2, prior: 0, tokens, words: [] });
  }

  similar(row: number) {
    return Promise.resolve([{ row: row + 1, similarity: 0.5, labels: ['spam'] }]);
  }

  estimate() {
    const curve = Array.from({ length: 5000 }, (_, rank) => ({ rank, precision: 0.5 }));
    return { decided: 0, errors: 0, ambiguous: 0, precision: null, remaining: null, secondsPerItem: null, curve };
  }

  standings() {
    return [];
  }

  reload(): Promise<void> {
    return Promise.resolve();
  }

  dispose(): Promise<void> {
    return Promise.resolve();
  }

  private entryOf(row: number): FakeCandidate | undefined {
    return this.entries.find((entry) => entry.row === row);
  }
}

function move(from: (readonly Choice[])[], to: (readonly Choice[])[]): readonly number[] {
  const step = from.pop();
  if (!step) return [];
  to.push(step);
  return step.map(({ row }) => row);
}

function candidatesOf(entries: readonly FakeCandidate[]): Candidates {
  return {
    rows: Uint32Array.from(entries, ({ row }) => row),
    given: Uint32Array.from(entries, ({ given }) => given),
    suggested: Uint32Array.from(entries, ({ suggested }) => suggested),
    labelQuality: Float64Array.from(entries, ({ labelQuality }) => labelQuality),
    normalizedMargin: new Float64Array(entries.length),
    selfConfidence: new Float64Array(entries.length),
    labelErrorCandidate: Int32Array.from(entries.keys()),
    labellings: classes.map((name): Labelling => [name]),
  };
}

function foundIn(records: number, multiLabel: boolean): FoundSummary {
  return {
    settings: builtInSearch('/data/mails.csv', { multiLabel }),
    records,
    labelled: records,
    classes,
    accuracy: 0.9,
    healthScore: 0.95,
    numLabelIssues: records,
    confidentJoint: null,
    thresholds: [],
    issues: null,
    warnings: [],
  };
}
