import { textOf } from '../../core/dataset/readRecords';
import { clip } from '../../core/flagging/log/gridRows';
import { oneLine } from '../../core/flagging/log/sampleLine';
import type { Json } from '../../core/json';
import type { CandidateDetail, Review, Standing } from '../../core/review/review';
import type { ReviewRecord, ReviewRow, ShownDecision } from '../../protocol/review';

/** UTF-16 units of a text that a page gets unasked, and those that it gets when it asks for all. */
export const mostText = 20_000;
const mostWholeText = 1_000_000;
const mostLine = 300;
/** UTF-16 units of the value of another column, and how many columns are shown. */
const mostValue = 2_000;
const mostColumns = 200;
/** So long a record waits for its probabilities, which take longer while a model is started anew. Milliseconds. */
const patience = 100;
/** Paths of this length at most are looked up. */
const longestPath = 1_000;
const mediaName = /\.(?:png|jpe?g|gif|webp|bmp|svg|avif|wav|mp3|flac|ogg|oga|opus|m4a|aac)$/i;

export type Media = ReviewRecord['media'];

/** Looks a media file up. @returns null for one that may not be shown, or is none */
export type FindMedia = (path: string) => Promise<Media>;

/** Reads records for a page, never more of them than it can draw at once. */
export class RecordReader {
  private readonly probabilities = new Map<number, readonly number[] | null>();

  /** @param onLate probabilities came after their record was answered without them */
  constructor(
    private readonly review: Review,
    private readonly findMedia: FindMedia,
    private readonly onLate: (error?: unknown) => void,
  ) {}

  /** Labels changed, and with them what the model says. */
  forget(): void {
    this.probabilities.clear();
  }

  /**
   * @param position in the filtered list, -1 when it is not in it
   * @param hidden leaves out what the model suggests, and what others decided
   * @returns null for a record that the dataset has not
   */
  async record(row: number, position: number, hidden: boolean): Promise<ReviewRecord | null> {
    const detail = this.review.detail(row);
    if (!detail) return null;
    const [cells = []] = await this.review.records([row]);
    const { label, text: textColumn } = this.columns;
    const text = this.textOf(cells);
    const shown = clip(text, mostText);
    const isCandidate = detail.rank >= 0;
    const score = (value: number): number | null => (isCandidate && !hidden ? value : null);
    return {
      position,
      row,
      text: shown,
      clipped: text.length - shown.length,
      media: await this.mediaOf(cells),
      columns: this.review.columns
        .map((name, index) => ({ name, value: clippedValue(cells[index] ?? null) }))
        .filter(({ name }) => name !== label && name !== textColumn)
        .slice(0, mostColumns),
      given: detail.given,
      suggested: suggestedIn(detail, hidden),
      probabilities: hidden ? null : await this.probabilitiesOf(row),
      labelQuality: isCandidate ? detail.labelQuality : null,
      normalizedMargin: score(detail.normalizedMargin),
      selfConfidence: score(detail.selfConfidence),
      rank: isCandidate ? detail.rank : null,
      labelErrorCandidate: detail.labelErrorCandidate,
      status: detail.status,
      own: detail.own && shownDecision(detail.own),
      others: hidden ? [] : detail.others.map(shownDecision),
      stale: detail.stale,
    };
  }

  /** Lines of the bulk table. @param rows with their positions in the filtered list */
  async lines(
    rows: readonly { readonly row: number; readonly position: number }[],
    hides: (row: number) => boolean,
  ): Promise<readonly ReviewRow[]> {
    const texts = await this.texts(rows.map(({ row }) => row));
    return rows.flatMap(({ row, position }, index) => {
      const detail = this.review.detail(row);
      if (!detail) return [];
      const { given, labelErrorCandidate, status } = detail;
      const labelQuality = detail.rank < 0 ? null : detail.labelQuality;
      const suggested = suggestedIn(detail, hides(row));
      const label = detail.own?.label ?? null;
      return [
        { position, row, text: texts[index] ?? '', given, suggested, labelQuality, labelErrorCandidate, status, label },
      ];
    });
  }

  /** One readable line of each record. */
  async texts(rows: readonly number[]): Promise<readonly string[]> {
    const records = await this.review.records(rows);
    return records.map((cells) => clip(oneLine(clip(this.textOf(cells), 4 * mostLine)), mostLine));
  }

  async wholeText(row: number): Promise<string> {
    const [cells = []] = await this.review.records([row]);
    return clip(this.textOf(cells), mostWholeText);
  }

  /** Whether any of these records names a media file. */
  async nameMedia(rows: readonly number[]): Promise<boolean> {
    const records = await this.review.records(rows);
    return records.some((cells) => this.pathsIn(cells).length > 0);
  }

  private get columns(): { readonly text: string | null; readonly label: string } {
    return this.review.found?.settings ?? { text: null, label: '' };
  }

  private textOf(cells: readonly Json[]): string {
    const { text } = this.columns;
    return text === null ? '' : textOf(cells[this.review.columns.indexOf(text)] ?? null);
  }

  /** A media file is what the text column names, or any other where there is none. */
  private pathsIn(cells: readonly Json[]): string[] {
    const { text, label } = this.columns;
    const named = cells.filter((_, index) => {
      const column = this.review.columns[index];
      return text === null ? column !== label : column === text;
    });
    return named.filter((cell) => typeof cell === 'string').filter((cell) => isMediaPath(cell));
  }

  private async mediaOf(cells: readonly Json[]): Promise<Media> {
    for (const path of this.pathsIn(cells)) {
      const media = await this.findMedia(path);
      if (media) return media;
    }
    return null;
  }

  /** Null while they are not there yet: the page asks again once they are. */
  private async probabilitiesOf(row: number): Promise<readonly number[] | null> {
    const known = this.probabilities.get(row);
    if (known !== undefined) return known;
    const wait = { isOver: false };
    const asked = this.review.probabilities(row).then(
      (found) => {
        this.probabilities.set(row, found);
        if (wait.isOver) this.onLate();
        return found;
      },
      (error: unknown) => {
        // The record is worth more than its probabilities; they are asked for again once labels changed.
        this.probabilities.set(row, null);
        this.onLate(error);
        return null;
      },
    );
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<null>((resolve) => {
      timer = setTimeout(() => resolve(null), patience);
    });
    const found = await Promise.race([asked, late]);
    clearTimeout(timer);
    wait.isOver = !this.probabilities.has(row);
    return found;
  }
}

function isMediaPath(cell: string): boolean {
  return cell.length <= longestPath && !cell.includes('\n') && mediaName.test(cell);
}

function suggestedIn({ rank, suggested }: CandidateDetail, hidden: boolean): CandidateDetail['suggested'] | null {
  return hidden || rank < 0 ? null : suggested;
}

function shownDecision({ entry, label }: Standing): ShownDecision {
  const { reviewer, decision, note = '', time, source } = entry;
  return { reviewer, decision, label, note: clip(note, mostText), time, proposed: source === 'model' };
}

function clippedValue(value: Json): Json {
  const text = textOf(value);
  return text.length <= mostValue ? value : `${clip(text, mostValue)}…`;
}
