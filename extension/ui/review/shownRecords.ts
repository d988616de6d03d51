import type { Reason } from '../../core/review/engine/types';
import type { Review } from '../../core/review/review';
import type { ReviewRecord, ReviewRows, ReviewSimilar } from '../../protocol/review';
import { mostText, type RecordReader } from './recordReader';

/** What one answer holds at most. */
const mostWords = 40;
const similarRecords = 5;

/** What a page is told of records: in blind mode nothing of the model on those that are still to be decided. */
export class ShownRecords {
  constructor(
    private readonly review: Review,
    private readonly reader: RecordReader,
    private readonly isBlind: () => boolean,
  ) {}

  /** Whether a record's suggestion, reasons and decisions of others are kept from the page. */
  readonly hides = (row: number): boolean => this.isBlind() && this.isOpen(row);

  /** A skipped record is not decided. */
  isOpen(row: number): boolean {
    const status = this.review.statusOf(row);
    return status === 'pending' || status === 'skip';
  }

  record(row: number, position: number): Promise<ReviewRecord | null> {
    return this.reader.record(row, position, this.hides(row));
  }

  lines(places: readonly { readonly row: number; readonly position: number }[]): Promise<ReviewRows['rows']> {
    return this.reader.lines(places, this.hides);
  }

  async reason(row: number): Promise<Reason | null> {
    if (this.hides(row)) return null;
    const reason = await this.review.reason(row);
    return (
      reason && {
        ...reason,
        tokens: reason.tokens.filter(({ end }) => end <= mostText),
        words: reason.words.slice(0, mostWords),
      }
    );
  }

  async similar(row: number): Promise<readonly ReviewSimilar[]> {
    if (this.hides(row)) return [];
    const found = await this.review.similar(row, similarRecords);
    const texts = await this.reader.texts(found.map((similar) => similar.row));
    return found.map((similar, index) => ({
      ...similar,
      text: texts[index] ?? '',
      status: this.review.statusOf(similar.row),
    }));
  }
}
