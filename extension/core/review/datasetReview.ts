import { basename } from 'node:path';
import { listed } from '../dataset/predProbs/orderClasses';
import { ExpectedError } from '../errors';
import type { Json } from '../json';
import type { Log } from '../log';
import { movedCandidates, rankedAt } from './candidateList';
import { CandidateOrder } from './candidateOrder';
import { CandidateStore } from './candidateStore';
import { DatasetFile } from './datasetFile';
import { DecisionWriter } from './decisionWriter';
import type { EngineProgress, FindSettings, Found, Reason, ReviewEngine, SimilarRecord } from './engine/types';
import { FileLabels } from './fileLabels';
import { isDecision } from './ledger/ledgerLines';
import { LiveModel } from './liveModel';
import { OwnLedger } from './ownLedger';
import { countPairs } from './pairs';
import type { PrecisionEstimate } from './precision';
import { rowsWithText, selectPositions, selectUnranked } from './queue';
import type {
  CandidateDetail,
  FindProgress,
  FoundSummary,
  PairCount,
  Review,
  ReviewChange,
  ReviewCounts,
  Standing,
} from './review';
import { ReviewState } from './reviewState';
import { ToldLabels } from './toldLabels';
import { Turns } from './turns';
import type { CandidateQuery, Candidates, CandidateStatus, Choice, DecisionKind, Labelling } from './types';

export { createEngine } from './engine/threadedEngine';

export interface DatasetReviewOptions {
  /** Absolute. */
  readonly dataset: string;
  readonly reviewer: string;
  readonly log: Log;
  readonly createEngine: () => ReviewEngine;
}

/**
 * Opens the review of a dataset as its files have it.
 *
 * @throws ExpectedError when the dataset or its ledgers cannot be read
 */
export async function openDatasetReview(options: DatasetReviewOptions): Promise<Review> {
  const review = new DatasetReview(options, await DatasetFile.open(options.dataset));
  await review.reload();
  return review;
}

/** Where the review of one dataset by one reviewer comes together. */
class DatasetReview implements Review {
  readonly dataset: string;
  readonly reviewer: string;
  finding: FindProgress | undefined;
  private readonly state: ReviewState;
  private readonly told: ToldLabels;
  private readonly ledger: OwnLedger;
  private readonly store: CandidateStore;
  private readonly model: LiveModel;
  private readonly listeners = new Set<(change: ReviewChange) => void>();
  private readonly turns = new Turns();
  private readonly decisions: DecisionWriter;
  private readonly order: CandidateOrder;
  /** Whether some of the candidates are no longer in the file. */
  private isIncomplete = false;

  constructor(
    private readonly options: DatasetReviewOptions,
    private file: DatasetFile,
  ) {
    this.dataset = options.dataset;
    this.reviewer = options.reviewer;
    this.state = new ReviewState(options.reviewer);
    this.told = new ToldLabels(this.state);
    this.ledger = new OwnLedger(options.dataset, options.reviewer, options.log);
    this.store = new CandidateStore(options.dataset, options.log);
    this.decisions = new DecisionWriter({
      ledger: this.ledger,
      state: this.state,
      turns: this.turns,
      records: (rows) => this.records(rows),
      columns: () => this.columns,
      onDecided: (rows) => this.decided(rows),
      readAgain: async () => {
        await this.readDecisions();
        this.allChanged();
      },
    });
    this.order = new CandidateOrder(this.state, this.decisions.deciding, () => this.reordered());
    this.model = new LiveModel({
      ...options,
      settings: () => this.repeatable,
      labels: () => this.told.all(),
      onReranked: (reranked) => this.order.rerank(reranked),
      onFailed: () => this.changed({ kind: 'progress' }),
    });
  }

  get found(): FoundSummary | undefined {
    return this.state.found;
  }

  get candidates(): Candidates {
    return this.state.candidates;
  }

  get columns(): readonly string[] {
    return this.file.table.columns;
  }

  get ledgerProblems(): Review['ledgerProblems'] {
    return this.ledger.problems;
  }

  get stale(): boolean {
    const { found, labels } = this.state;
    return (
      found !== undefined && (this.isIncomplete || (labels?.records ?? 0) > found.records || this.state.hasStale())
    );
  }

  get live(): boolean {
    const settings = this.found?.settings;
    return settings?.source.kind === 'built-in' && !settings.multiLabel;
  }

  get frozen(): boolean {
    return this.order.frozen;
  }

  set frozen(frozen: boolean) {
    this.order.frozen = frozen;
  }

  get held(): number | undefined {
    return this.order.held;
  }

  set held(row: number | undefined) {
    this.order.held = row;
  }

  get canUndo(): boolean {
    return this.state.decisions.nextUndo !== undefined;
  }

  get canRedo(): boolean {
    return this.state.decisions.nextRedo !== undefined;
  }

  get counts(): ReviewCounts {
    return this.state.counts;
  }

  subscribe(listener: (change: ReviewChange) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  async find(settings: FindSettings, progress: EngineProgress = {}): Promise<void> {
    if (this.finding) {
      throw new ExpectedError('Label errors are being looked for already.', 'Wait for it, or cancel it first.');
    }
    this.tellProgress({ what: 'Reading', done: 0 });
    try {
      if (!(await this.file.isCurrent())) await this.readAgain();
      const found = await this.model.find(settings, {
        ...progress,
        onProgress: (what, done) => {
          this.tellProgress({ what, done });
          progress.onProgress?.(what, done);
        },
      });
      progress.signal?.throwIfAborted();
      await this.turns.take(() => this.take(found));
    } finally {
      this.tellProgress(undefined);
    }
  }

  async select(query: CandidateQuery, signal?: AbortSignal): Promise<Uint32Array> {
    const { candidates } = this;
    const positions = selectPositions(candidates, query, (row) => this.statusOf(row));
    if (!query.text) return positions;
    const rowAt = (position: number): number => candidates.rows[position] ?? 0;
    const found = await this.rowsWith(query.text, positions.map(rowAt), signal);
    return positions.filter((position) => found.has(rowAt(position)));
  }

  async selectUnranked(query: CandidateQuery, signal?: AbortSignal): Promise<Uint32Array> {
    const rows = selectUnranked(query, (row) => this.detail(row));
    if (!query.text || rows.length === 0) return rows;
    const found = await this.rowsWith(query.text, rows, signal);
    return rows.filter((row) => found.has(row));
  }

  pairs(positions: Uint32Array): readonly PairCount[] {
    return countPairs(this.candidates, positions, (row) => this.statusOf(row));
  }

  detail(row: number): CandidateDetail | undefined {
    return this.state.detail(row);
  }

  statusOf(row: number): CandidateStatus {
    return this.state.statusOf(row);
  }

  records(rows: readonly number[]): Promise<readonly (readonly Json[])[]> {
    return this.file.records(rows);
  }

  decide(choices: readonly Choice[]): Promise<void> {
    return this.decisions.decide(choices);
  }

  note(row: number, text: string): Promise<void> {
    return this.decisions.note(row, text);
  }

  propose(row: number, decision: DecisionKind, label: Labelling | undefined, note: string): Promise<void> {
    return this.decisions.propose(row, decision, label, note);
  }

  undo(): Promise<readonly number[]> {
    return this.decisions.undo();
  }

  redo(): Promise<readonly number[]> {
    return this.decisions.redo();
  }

  async probabilities(row: number): Promise<readonly number[] | null> {
    return (await this.model.ready())?.probabilities(row) ?? null;
  }

  async reason(row: number): Promise<Reason | null> {
    const position = this.state.positionOf(row);
    if (position === undefined) return null;
    const { given, suggested } = rankedAt(this.candidates, position);
    return (await this.model.ready())?.reason(row, given, suggested) ?? null;
  }

  async similar(row: number, count: number): Promise<readonly SimilarRecord[]> {
    return (await this.model.ready())?.similar(row, count) ?? [];
  }

  estimate(): PrecisionEstimate {
    return this.state.estimate(this.store.since);
  }

  standings(): readonly Standing[] {
    return this.state.decisions.all.map((entry) => this.state.standing(entry));
  }

  async reload(): Promise<void> {
    const isOther = await this.readAgain();
    const { columns, path } = this.file.table;
    const label = this.found?.settings.label;
    if (!isOther || label === undefined || columns.includes(label)) return;
    throw new ExpectedError(
      `${basename(path)} has no column "${label}" any more, in which label errors were found.`,
      `Find label errors again and choose one of ${listed(columns)}, or bring the file back as it was.`,
    );
  }

  /** @returns whether the file is another one */
  private readAgain(): Promise<boolean> {
    return this.turns.take(async () => {
      const isOther = !(await this.file.isCurrent());
      if (!isOther && !(await this.ledger.isChanged()) && !(await this.store.isChanged())) return false;
      if (isOther) {
        this.file = await DatasetFile.open(this.dataset);
        this.model.forget();
      }
      await this.readAll(!isOther);
      if (isOther) this.changed({ kind: 'records' });
      this.allChanged();
      return isOther;
    });
  }

  async dispose(): Promise<void> {
    this.listeners.clear();
    await this.model.close();
    await this.turns.take(() => this.store.flush());
  }

  private rowsWith(text: string, rows: Uint32Array, signal?: AbortSignal): Promise<ReadonlySet<number>> {
    const column = this.found?.settings.text;
    const columns = column == null ? this.columns : [column];
    return rowsWithText(rows, text, { table: this.file.table, columns }, signal);
  }

  private decided(rows: readonly number[]): void {
    this.changed({ kind: 'decisions', rows });
    if (this.live) this.model.follow(this.told.changesOf(rows));
  }

  /** What a model may be started anew with unasked: code of the workspace is run when a person finds label errors only. */
  private get repeatable(): FindSettings | undefined {
    const settings = this.found?.settings;
    return settings?.source.kind === 'model' ? undefined : settings;
  }

  private reordered(): void {
    if (this.found)
      this.store.saveSoon({ ...this.found, candidates: this.candidates }, this.file, this.state.labelChanges());
    this.changed({ kind: 'candidates' });
  }

  private async take(found: Found): Promise<void> {
    const { candidates, ...summary } = found;
    this.state.found = summary;
    this.order.forget();
    this.isIncomplete = false;
    this.state.candidates = candidates;
    await this.readDecisions();
    // The search saw the labels of decisions, which are no longer those that anybody is to review.
    const open = new Set(this.state.labelChanges().map(({ row }) => row));
    const places = Array.from(candidates.rows, (row, at) => ({ at, row })).filter(({ row }) => !open.has(row));
    this.state.candidates = movedCandidates(candidates, places);
    this.allChanged();
    await this.store.save({ ...found, candidates: this.candidates }, this.file, this.state.labelChanges());
  }

  /** @param isKnown whether the candidates are those of the file as it is */
  private async readAll(isKnown: boolean): Promise<void> {
    const stored = await this.store.read(this.file, isKnown);
    if (stored) {
      const { candidates, ...summary } = stored.found;
      this.isIncomplete = stored.isIncomplete;
      this.state.found = summary;
      this.state.candidates = candidates;
    }
    await this.readDecisions();
  }

  /** Tells of decisions that others made, or that were found elsewhere. */
  private allChanged(): void {
    this.changed({ kind: 'candidates' });
    if (this.live && this.model.isStarted) this.model.follow(this.told.changes());
  }

  private async readDecisions(): Promise<void> {
    const entries = await this.ledger.read();
    const { table } = this.file;
    const column = this.found?.settings.label ?? entries.findLast(isDecision)?.column;
    const options = { ...this.found?.settings, classes: this.found?.classes };
    const isThere = column !== undefined && table.columns.includes(column);
    this.state.labels = isThere ? await FileLabels.read(table, column, options) : undefined;
    await this.state.decisions.load(entries, table, column);
  }

  private tellProgress(finding: FindProgress | undefined): void {
    this.finding = finding;
    this.changed({ kind: 'progress' });
  }

  private changed(change: ReviewChange): void {
    if (change.kind !== 'progress') this.state.changed();
    for (const listener of [...this.listeners]) listener(change);
  }
}
