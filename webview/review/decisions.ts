import type { PageChoice, ReviewRecord } from '../../extension/protocol/review';
import { failureOf } from '../ui/rpcClient';
import { choiceOf, labelText, withDecision } from './labels';
import { leftOf, type Review } from './review';
import { strings } from './strings';

/** Milliseconds after which a decision that is not on disk yet is shown as being saved. */
const slowAfter = 400;

/** What a person decides on the record that is seen: one key decides, and goes on once that is on disk. */
export class Decisions {
  private unsaved = 0;
  /** All that is on its way to the disk. Never rejects. */
  private saved: Promise<unknown> = Promise.resolve();

  constructor(private readonly review: Review) {}

  /** Decides the record that is seen, if there is one, and goes on to the next once the disk has the decision. */
  decide(choice: PageChoice): void {
    const { walk } = this.review;
    const { seen, watch, passed } = walk;
    if (!seen) return;
    const { record } = seen;
    const seconds = watch.read();
    walk.cover();
    passed.add(record.row);
    this.saved = Promise.all([this.saved, this.save(record, choice, seconds)]);
  }

  /** The given label is right. */
  keep(): void {
    this.decide({ decision: 'keep', label: null });
  }

  /** Changes to what is suggested, or to the labels that are switched on. */
  accept(): void {
    const { store, walk } = this.review;
    const { seen } = walk;
    if (!seen) return;
    const { record, toggled } = seen;
    const isHidden = this.review.walk.isHidden(record);
    if (store.state.view?.multiLabel) this.decide(choiceOf(record, toggled));
    else if (record.suggested && !isHidden) this.decide(choiceOf(record, record.suggested));
    else store.announce(isHidden ? strings.suggestionHidden : strings.nothingSuggested);
  }

  /** Changes to a label, or switches it where a record may have several. */
  label(label: string): void {
    const { store, walk } = this.review;
    const { seen } = walk;
    if (!seen) return;
    if (!store.state.view?.multiLabel) {
      this.decide(choiceOf(seen.record, [label]));
      return;
    }
    const isOn = seen.toggled.includes(label);
    const toggled = seen.labels.filter((each) => (each === label ? !isOn : seen.toggled.includes(each)));
    this.review.walk.updateShown(seen.turn, { toggled });
  }

  /** Keeps what was written about a record; nothing is decided by it. */
  note(row: number, text: string): void {
    const { store, host } = this.review;
    const kept = host.note(row, text).then(() => store.announce(strings.noteKept));
    kept.catch((error: unknown) => store.fail(error, () => this.note(row, text)));
  }

  undo(): Promise<void> {
    return this.step(() => this.review.host.undo(), strings.undone, strings.nothingToUndo);
  }

  redo(): Promise<void> {
    return this.step(() => this.review.host.redo(), strings.redone, strings.nothingToRedo);
  }

  /** Takes a step through what was decided, and shows the record that it was about. */
  private async step(take: () => Promise<number | null>, said: (row: number) => string, none: string): Promise<void> {
    const { store, walk, bulk } = this.review;
    // The next key is meant for the record that comes back.
    const release = walk.hold();
    try {
      await this.saved;
      const row = await take();
      store.announce(row === null ? none : said(row));
      if (row === null) {
        release();
        return;
      }
      walk.passed.delete(row);
      await this.review.loadView();
      if (store.state.isBulk) bulk.renew();
      else await this.review.walk.open(row, []);
    } catch (error) {
      release();
      store.fail(error, () => void this.step(take, said, none));
    }
  }

  /** A decision that does not reach the disk brings its record back. */
  private async save(record: ReviewRecord, choice: PageChoice, seconds: number): Promise<void> {
    const { store, host, walk } = this.review;
    const { row } = record;
    const slow = setTimeout(() => store.update({ saving: true }), slowAfter);
    this.unsaved++;
    try {
      await host.decide(row, choice, seconds);
      this.follow(record, choice);
    } catch (error) {
      walk.passed.delete(row);
      const failure = failureOf(error);
      const notice = { ...failure, what: strings.notDecided(row, failure.what) };
      await walk.open(row, []);
      store.update({ notice: { failure: notice, retry: () => this.again(row, choice) } });
      await this.review.loadView().catch((again: unknown) => store.fail(again));
    } finally {
      clearTimeout(slow);
      if (--this.unsaved === 0) store.update({ saving: false });
    }
  }

  /** Counts what is on disk, and leaves the record unless the person has left it. */
  private follow(record: ReviewRecord, choice: PageChoice): void {
    const { store, walk } = this.review;
    const { view, shown } = store.state;
    if (view) store.update({ view: withDecision(view, record.status, choice.decision) });
    this.announce(record, choice);
    // From now on the host knows; what was skipped is still pending there.
    if (choice.decision !== 'skip') walk.passed.delete(record.row);
    if (shown?.record.row === record.row) void walk.advance();
  }

  /** Decides a record once more when it is the one that is seen; else shows it first. */
  private again(row: number, choice: PageChoice): void {
    if (this.review.walk.seen?.record.row === row) this.decide(choice);
    else void this.review.walk.open(row, []);
  }

  private announce({ given }: ReviewRecord, { decision, label }: PageChoice): void {
    const { store, state } = this.review;
    const all = state.view?.counts.candidates ?? 0;
    const done = strings.done[decision](labelText(decision === 'change' ? (label ?? []) : given));
    store.announce(`${done} ${strings.progressSaid(all - leftOf(state), all)}`);
  }
}
