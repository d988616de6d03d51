import { gridCellOf, type LogHost, type SampleView } from '../../extension/protocol/log';
import type { Remote } from '../../extension/protocol/rpc';
import type { Log } from './log';
import type { Draft, NoteDraft, PageState } from './state';
import type { Store } from './store';
import { strings } from './strings';

/** A text field takes seconds for a text that is longer. UTF-16 units. */
const longestEdited = 200_000;

/** What a person can change in a log. Changes are sent one after the other. */
export class Changes {
  private pending: Promise<void> = Promise.resolve();
  /** The note that is on its way. */
  private sentNote: NoteDraft | null = null;

  constructor(
    private readonly host: Remote<LogHost>,
    private readonly store: Store,
    private readonly log: Pick<Log, 'rowAt' | 'columns' | 'selectedRows' | 'settled' | 'version' | 'load'>,
  ) {}

  private get state(): PageState {
    return this.store.state;
  }

  /** Begins to edit the cell at the place; the whole text is asked for first. */
  async edit(): Promise<void> {
    const { readOnly = null } = this.state.view ?? {};
    if (readOnly !== null) {
      this.store.announce(readOnly);
      return;
    }
    try {
      await this.pending;
      await this.log.settled();
      const { version } = this.log;
      const { row, cells } = this.log.rowAt(this.state.at.position) ?? {};
      const column = this.log.columns()[this.state.at.column]?.index;
      if (row === undefined || column === undefined) return;
      const { length } = gridCellOf(cells?.[column] ?? '');
      if (length > longestEdited) {
        const failure = { what: strings.tooLongToEdit(length), next: strings.editAsText, details: '' };
        this.store.update({ notice: { failure, retry: null } });
        return;
      }
      const text = await this.host.cell(row, column);
      this.store.update({ draft: { row, column, text, before: text, version } });
    } catch (error) {
      this.store.fail(error);
    }
  }

  type(text: string): void {
    const { draft } = this.state;
    if (draft) this.store.update({ draft: { ...draft, text } });
  }

  /** Drops what was typed. */
  cancel(): void {
    this.store.update({ draft: null });
  }

  /** Writes what was typed. When that fails it is still there. */
  commit(): void {
    const { draft } = this.state;
    if (!draft) return;
    this.store.update({ draft: null });
    const text = withLineEndsOf(draft.before, draft.text);
    if (text === draft.before) return;
    this.queue(async () => {
      try {
        await this.host.setCell(draft.row, draft.column, text, draft.version);
      } catch (error) {
        this.store.update({ draft: this.state.draft ?? draft });
        throw error;
      }
      this.store.announce(strings.changed);
    });
  }

  /** Where the cell is as it was, what is typed belongs to the newest version. */
  async followDraft(): Promise<void> {
    const { draft } = this.state;
    if (!draft || draft.version === this.log.version) return;
    const { version } = this.log;
    const text = await this.host.cell(draft.row, draft.column);
    const { draft: now } = this.state;
    if (now && isSameCell(now, draft) && text === draft.before) this.store.update({ draft: { ...now, version } });
  }

  setOption(option: string): void {
    this.queue(async () => {
      const rows = await this.log.selectedRows();
      await this.host.setOption(rows, option, this.log.version);
      this.store.announce(strings.optionSet(rows.length, option));
    });
  }

  deleteSelected(): void {
    const { matched = 0, view } = this.state;
    if (matched === 0 || view?.readOnly !== null) return;
    this.commitNote();
    this.queue(async () => {
      const rows = await this.log.selectedRows();
      const done = await this.host.deleteRows(rows, this.log.version);
      if (done) this.store.announce(strings.deleted(rows.length));
    });
  }

  setReviewed(reviewed: boolean): void {
    this.queue(async () => {
      const rows = await this.log.selectedRows();
      await this.host.setReviewed(rows, reviewed, this.log.version);
      this.store.announce(reviewed ? strings.markedReviewed(rows.length) : strings.markedUnreviewed(rows.length));
      await this.log.load();
    });
  }

  /** What was begun for a sample stays that sample's, also when another one has its number meanwhile. */
  typeNote({ row, timestamp, version }: SampleView, text: string): void {
    const { noteDraft } = this.state;
    const begun = noteDraft?.row === row ? noteDraft : { row, timestamp, version };
    this.store.update({ noteDraft: { ...begun, text } });
  }

  /** The same sample in a newer version of the log: its time tells. */
  followNote({ row, timestamp, version }: SampleView): void {
    const { noteDraft } = this.state;
    if (noteDraft?.row !== row || timestamp === null || noteDraft.timestamp !== timestamp) return;
    if (noteDraft.version !== version && noteDraft !== this.sentNote)
      this.store.update({ noteDraft: { ...noteDraft, version } });
  }

  /** Writes the note that was typed; an empty one takes the note away. */
  commitNote(): void {
    const { noteDraft, sample } = this.state;
    if (!noteDraft || noteDraft === this.sentNote) return;
    if (sample?.row === noteDraft.row && sample.note === noteDraft.text) {
      this.store.update({ noteDraft: null });
      return;
    }
    this.sentNote = noteDraft;
    this.queue(async () => {
      await this.host.setNote(noteDraft.row, noteDraft.text, noteDraft.version).finally(() => (this.sentNote = null));
      await this.log.load();
      if (this.state.noteDraft === noteDraft) this.store.update({ noteDraft: null });
      this.store.announce(strings.noteSaved);
    });
  }

  undo(): void {
    this.queue(() => this.host.undo());
  }

  redo(): void {
    this.queue(() => this.host.redo());
  }

  save(): void {
    this.commit();
    this.commitNote();
    this.queue(() => this.host.save());
  }

  private queue(work: () => Promise<void>): void {
    this.pending = this.pending.then(work).catch((error: unknown) => this.store.fail(error));
  }
}

function isSameCell(one: Draft, other: Draft): boolean {
  return one.row === other.row && one.column === other.column;
}

/** A text field knows only `\n`; a cell whose lines all end otherwise keeps its line ends. */
function withLineEndsOf(before: string, text: string): string {
  const ends = new Set(before.match(/\r\n|\n|\r/g));
  const [end] = ends;
  if (ends.size !== 1 || end === undefined || text === before) return text;
  return text.replace(/\r\n|\n|\r/g, end);
}
