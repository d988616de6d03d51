import { ExpectedError } from '../../core/errors';
import type { Reason } from '../../core/review/engine/types';
import type { Review, ReviewChange } from '../../core/review/review';
import {
  everything,
  type BulkPreview,
  type BulkTarget,
  type PageChoice,
  type ChosenRecords,
  type ReviewCharts,
  type ReviewFilter,
  type ReviewRecord,
  type ReviewRows,
  type ReviewSimilar,
  type ReviewView,
} from '../../protocol/review';
import { choicesFor, credible, pairsOf } from './choices';
import { RecordReader, type FindMedia } from './recordReader';
import { reviewCharts } from './reviewCharts';
import type { ReviewAnswers } from './reviewHandlers';
import { ReviewList } from './reviewList';
import type { PanelSettings, Place, ReviewMemory } from './reviewMemory';
import { mostPairs, reviewView } from './reviewView';
import { ShownRecords } from './shownRecords';

/** At most so often a page is told that something changed. Milliseconds. */
const pace = 100;
/** What one answer holds at most. */
const mostRows = 500;
const examplesOfPreview = 5;

/** What a controller needs of the window. */
export interface ReviewWindow {
  /** The dataset as a person reads it. */
  readonly name: string;
  readonly memory: ReviewMemory;
  readonly findMedia: FindMedia;
  readonly apply: () => Promise<void>;
  readonly openInFile: (row: number) => Promise<void>;
  readonly secondOpinion: (row: number) => Promise<void>;
  readonly showLog: () => void;
  readonly report: (error: unknown) => void;
}

/** What a page of one review asks, answered from the review that all views of the dataset share. */
export class ReviewController implements ReviewAnswers {
  /** Has the page ask again. */
  tell: (version: number) => void = () => undefined;
  private readonly list: ReviewList;
  private readonly reader: RecordReader;
  private readonly shown: ShownRecords;
  private readonly unsubscribe: () => void;
  private settings: PanelSettings;
  /** The record that was looked at last. */
  private current: number | null;
  /** Whether the records in the list may have other numbers by now. */
  private isOutdated = false;
  private canAskModel = false;
  private version = 0;
  private timer: NodeJS.Timeout | undefined;

  /** Goes on where this workspace stopped. */
  static async open(review: Review, window: ReviewWindow): Promise<ReviewController> {
    const place = window.memory.place;
    const controller = new ReviewController(review, window, place);
    await controller.list.load(place.filter);
    return controller;
  }

  private constructor(
    private readonly review: Review,
    private readonly window: ReviewWindow,
    place: Place,
  ) {
    this.list = new ReviewList(review);
    this.settings = window.memory.settings;
    this.current = place.row;
    review.frozen = this.settings.frozen;
    this.reader = new RecordReader(review, window.findMedia, (error) => {
      if (error === undefined) this.changed();
      else window.report(error);
    });
    this.shown = new ShownRecords(review, this.reader, () => this.settings.blind);
    this.unsubscribe = review.subscribe((change) => this.follow(change));
  }

  view(): ReviewView {
    const { review, list, settings, version } = this;
    return reviewView(review, {
      dataset: this.window.name,
      filter: list.filter,
      matched: list.length,
      position: this.position(),
      blind: settings.blind,
      stopAt: settings.stopAt,
      secondOpinion: this.canAskModel,
      version,
      restore: { dataset: review.dataset },
    });
  }

  async record(position: number, ahead: boolean): Promise<ReviewRecord | null> {
    const row = this.list.rowAt(position);
    if (row === undefined) return null;
    if (!ahead) {
      this.lookAt(row);
      this.list.lookedAt(position);
    }
    return this.shown.record(row, position);
  }

  recordOfRow(row: number): Promise<ReviewRecord | null> {
    this.lookAt(row);
    return this.shown.record(row, this.list.positionOf(row));
  }

  wholeText(row: number): Promise<string> {
    return this.reader.wholeText(row);
  }

  nextPending(position: number): number | null {
    return this.list.nextPending(position);
  }

  reason(row: number): Promise<Reason | null> {
    return this.shown.reason(row);
  }

  similar(row: number): Promise<readonly ReviewSimilar[]> {
    return this.shown.similar(row);
  }

  charts(): ReviewCharts {
    return reviewCharts(this.review);
  }

  async rows(from: number, count: number): Promise<ReviewRows> {
    const { version } = this;
    const rows = this.list.slice(from, Math.min(count, mostRows));
    const places = rows.map((row, index) => ({ row, position: from + index }));
    return { version, matched: this.list.length, from, rows: await this.shown.lines(places) };
  }

  async setFilter(filter: ReviewFilter): Promise<void> {
    await this.list.load(filter);
    this.remember();
    this.changed();
  }

  /**
   * Leaves some records in the list.
   *
   * @param blind hides what the model suggests and what others decided
   * @returns the record to begin with
   */
  async showOnly(only: ChosenRecords, blind: boolean): Promise<number | undefined> {
    if (blind) this.setBlind(true);
    await this.setFilter({ ...everything, only });
    return this.list.rowAt(this.list.nextPending(0) ?? 0) ?? only.rows[0];
  }

  async decide(row: number, choice: PageChoice, seconds: number): Promise<void> {
    const [chosen] = choicesFor(this.review, [row], choice, this.shown.hides);
    if (!chosen) {
      throw new ExpectedError('There is nothing to decide on this record: the dataset or the suggestion is gone.');
    }
    await this.review.decide([{ ...chosen, seconds: credible(seconds) }]);
  }

  async preview(target: BulkTarget, choice: PageChoice): Promise<BulkPreview> {
    const rows = this.choices(target, choice).map(({ row }) => row);
    const examples = rows.slice(0, examplesOfPreview).map((row) => ({ row, position: this.list.positionOf(row) }));
    return {
      count: rows.length,
      decided: rows.filter((row) => !this.shown.isOpen(row)).length,
      // The pairs would say what the model suggests.
      pairs: this.settings.blind ? [] : pairsOf(this.review, rows).slice(0, mostPairs),
      examples: await this.shown.lines(examples),
    };
  }

  async decideMany(target: BulkTarget, choice: PageChoice): Promise<number> {
    const choices = this.choices(target, choice);
    if (choices.length > 0) await this.review.decide(choices);
    return choices.length;
  }

  note(row: number, text: string): Promise<void> {
    return this.review.note(row, text);
  }

  async undo(): Promise<number | null> {
    const [row = null] = await this.review.undo();
    return row;
  }

  async redo(): Promise<number | null> {
    const [row = null] = await this.review.redo();
    return row;
  }

  setFrozen(frozen: boolean): void {
    this.review.frozen = frozen;
    this.change({ frozen });
  }

  setBlind(blind: boolean): void {
    this.change({ blind });
  }

  setStopAt(stopAt: number): void {
    this.change({ stopAt });
  }

  /** Whether a language model of the editor can be asked for a label. */
  setCanAskModel(can: boolean): void {
    if (can === this.canAskModel) return;
    this.canAskModel = can;
    this.changed();
  }

  apply(): Promise<void> {
    return this.window.apply();
  }

  openInFile(row: number): Promise<void> {
    return this.window.openInFile(row);
  }

  secondOpinion(row: number): Promise<void> {
    return this.window.secondOpinion(row);
  }

  showLog(): void {
    this.window.showLog();
  }

  /** Whether records name media files, which a page may load only from folders that it was given at first. */
  namesMedia(): Promise<boolean> {
    return this.reader.nameMedia(this.list.slice(0, examplesOfPreview));
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.unsubscribe();
    this.review.held = undefined;
    this.remember();
  }

  private choices(target: BulkTarget, choice: PageChoice) {
    const rows = 'all' in target ? this.list.all : [...new Set(target.rows)];
    return choicesFor(this.review, rows, choice, this.shown.hides);
  }

  private position(): number {
    const position = this.current === null ? -1 : this.list.positionOf(this.current);
    return position >= 0 ? position : (this.list.nextPending(0) ?? 0);
  }

  private lookAt(row: number): void {
    this.current = row;
    this.review.held = row;
  }

  private remember(): void {
    this.window.memory.keepPlace({ filter: this.list.filter, row: this.current });
  }

  private change(settings: Partial<PanelSettings>): void {
    this.settings = { ...this.settings, ...settings };
    this.window.memory.keepSettings(this.settings);
    this.changed();
  }

  private follow({ kind }: ReviewChange): void {
    if (kind === 'progress') return;
    this.changed();
    if (kind === 'decisions') return;
    this.reader.forget();
    if (kind === 'records') {
      this.isOutdated = true;
      this.current = null;
      this.review.held = undefined;
      return;
    }
    const { filter } = this.list;
    const isAnew = this.isOutdated || this.review.finding !== undefined;
    // Records that were chosen by their numbers are others by now.
    const left = this.isOutdated && filter.only ? { ...everything, sort: filter.sort } : filter;
    this.isOutdated = false;
    (isAnew ? this.list.load(left) : this.list.refresh())
      .then(() => this.changed())
      .catch((error: unknown) => this.window.report(error));
  }

  /** Has the page ask again, at a pace. */
  changed(): void {
    this.version++;
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      this.remember();
      this.tell(this.version);
    }, pace);
  }
}
