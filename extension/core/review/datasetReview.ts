import { randomUUID } from 'node:crypto';
import { ExpectedError } from '../errors';
import type { Json } from '../json';
import type { Log } from '../log';
import { movedCandidates, rankedAt, reordered } from './candidateList';
import { CandidateStore } from './candidateStore';
import { DatasetFile } from './datasetFile';
import { draftsOf } from './drafts';
import type {
  EngineProgress,
  FindSettings,
  Found,
  Reason,
  Reranked,
  ReviewEngine,
  SimilarRecord,
} from './engine/types';
import { FileLabels } from './fileLabels';
import type { HistoryStep } from './ledger/decisionHistory';
import type { DecisionDraft } from './ledger/ledgerFile';
import { isDecision } from './ledger/ledgerLines';
import { LiveModel } from './liveModel';
import { OwnLedger } from './ownLedger';
import { countPairs } from './pairs';
import type { PrecisionEstimate } from './precision';
import { selectPositions, withText } from './queue';
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
  held: number | undefined;
  private readonly state: ReviewState;
  private readonly told: ToldLabels;
  private readonly ledger: OwnLedger;
  private readonly store: CandidateStore;
  private readonly model: LiveModel;
  private readonly listeners = new Set<(change: ReviewChange) => void>();
  private readonly turns = new Turns();
  private isFrozen = false;
  /** Records whose decisions are on their way to the disk: they stay, as those that were decided do. */
  private readonly deciding = new Set<number>();
  /** Whether some of the candidates are no longer in the file. */
  private isIncomplete = false;
  /** What came of the model while the order was frozen. */
  private unseen: Reranked | undefined;

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
    this.model = new LiveModel({
      ...options,
      settings: () => this.repeatable,
      labels: () => this.told.all(),
      onReranked: (reranked) => this.rerank(reranked),
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
    return this.isFrozen;
  }

  set frozen(frozen: boolean) {
    this.isFrozen = frozen;
    if (!frozen && this.unseen) this.rerank(this.unseen);
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
      if (!(await this.file.isCurrent())) await this.reload();
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
    const text = this.found?.settings.text;
    const columns = text == null ? this.columns : [text];
    return withText(candidates, positions, query.text, { table: this.file.table, columns }, signal);
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

  async decide(choices: readonly Choice[]): Promise<void> {
    const rows = choices.map(({ row }) => row);
    for (const row of rows) this.deciding.add(row);
    try {
      await this.turns.take(async () => {
        const batch = choices.length > 1 ? { batch: randomUUID() } : {};
        const drafts = await this.draftsOf(choices);
        await this.append(drafts.map((draft) => ({ ...draft, ...batch })));
      });
    } finally {
      for (const row of rows) this.deciding.delete(row);
    }
  }

  note(row: number, text: string): Promise<void> {
    return this.turns.take(async () => {
      const own = this.state.decisions.ownOf(row);
      const decision = own?.decision ?? 'skip';
      const label = own ? (this.state.standing(own).label ?? undefined) : undefined;
      await this.append(await this.draftsOf([{ row, decision, label, note: text }]));
    });
  }

  propose(row: number, decision: DecisionKind, label: Labelling | undefined, note: string): Promise<void> {
    return this.turns.take(async () => {
      const drafts = await this.draftsOf([{ row, decision, label, note }]);
      await this.append(drafts.map((draft) => ({ ...draft, source: 'model' })));
    });
  }

  undo(): Promise<readonly number[]> {
    return this.turns.take(() => this.step(this.state.decisions.nextUndo));
  }

  redo(): Promise<readonly number[]> {
    return this.turns.take(() => this.step(this.state.decisions.nextRedo));
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

  reload(): Promise<void> {
    return this.turns.take(async () => {
      const isOther = !(await this.file.isCurrent());
      if (!isOther && !(await this.ledger.isChanged()) && !(await this.store.isChanged())) return;
      if (isOther) {
        this.file = await DatasetFile.open(this.dataset);
        this.model.forget();
      }
      await this.readAll(!isOther);
      if (isOther) this.changed({ kind: 'records' });
      this.allChanged();
    });
  }

  async dispose(): Promise<void> {
    this.listeners.clear();
    await this.model.close();
    await this.turns.take(() => this.store.flush());
  }

  private async draftsOf(choices: readonly Choice[]): Promise<DecisionDraft[]> {
    const records = await this.records(choices.map(({ row }) => row));
    return draftsOf(this.state, choices, records, this.columns);
  }

  private async append(drafts: readonly DecisionDraft[]): Promise<void> {
    const entries = await this.ledger.append(drafts);
    this.state.decisions.add(entries.filter(isDecision));
    this.decided(drafts.map(({ row }) => row));
  }

  private async step(step: HistoryStep | undefined): Promise<readonly number[]> {
    if (!step) return [];
    const [entry] = await this.ledger.append([{ decision: 'undo', undoes: step.undoes }]);
    const rows = entry && this.state.decisions.step(entry, step);
    if (rows) {
      this.decided(rows);
      return rows;
    }
    await this.readDecisions();
    this.allChanged();
    return step.decisions.map(({ row }) => row);
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

  private rerank({ candidates, accuracy, healthScore, numLabelIssues }: Reranked): void {
    if (this.isFrozen) {
      this.unseen = { candidates, accuracy, healthScore, numLabelIssues };
      return;
    }
    this.unseen = undefined;
    if (!this.found) return;
    this.state.found = { ...this.found, accuracy, healthScore, numLabelIssues };
    const stays = (row: number): boolean =>
      row === this.held || this.deciding.has(row) || this.state.decisions.ownOf(row) !== undefined;
    this.state.candidates = reordered(this.candidates, candidates, stays);
    this.store.saveSoon({ ...this.found, candidates: this.candidates }, this.file, this.state.labelChanges());
    this.changed({ kind: 'candidates' });
  }

  private async take(found: Found): Promise<void> {
    const { candidates, ...summary } = found;
    this.state.found = summary;
    this.unseen = undefined;
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
    this.state.labels = column === undefined ? undefined : await FileLabels.read(table, column, options);
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
