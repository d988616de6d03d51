import { Offsets } from './offsets';
import { firstStart, recordEnd, recordSpan, type Separators } from './recordSpans';
import type { RecordSpan, TextEdit } from './spans';

/**
 * Where each record of a text begins, found in one pass. After small edits only the records around them are read again:
 * once a record begins where one began before, everything behind it is as it was.
 */
export class TextIndex {
  private starts: Offsets;

  /** @param text a byte order mark at its beginning belongs to no record */
  constructor(
    private text: string,
    private readonly dialect: Separators,
  ) {
    this.starts = new Offsets(text.length / 32);
    let at = this.addFirst();
    while ((at = recordEnd(text, at, dialect)) < text.length) this.starts.push(at);
  }

  /** How many records there are. A line without text is one too. */
  get count(): number {
    return this.starts.length;
  }

  /** Where a record begins, in UTF-16 units. */
  start(record: number): number {
    return this.starts.at(record);
  }

  span(record: number): RecordSpan {
    return recordSpan(this.text, this.start(record), this.dialect);
  }

  /**
   * The record to which what is typed at an offset belongs: `count` behind the last line end, and 0 at a byte order mark.
   */
  recordAt(offset: number): number {
    const record = Math.max(0, this.starts.lastUpTo(offset));
    const isBehind = offset >= this.text.length && this.count > 0 && this.endsLine(record);
    return isBehind ? record + 1 : record;
  }

  /**
   * Follows edits of the text.
   *
   * @param text after all edits
   * @param edits of the text before, in order and without overlaps
   */
  update(text: string, edits: readonly TextEdit[]): void {
    const old = this.starts;
    this.text = text;
    this.starts = new Offsets(old.length + 64);
    let shift = 0;
    let known = 0;
    let next = 0;
    for (let edit = edits[next]; edit; edit = edits[next]) {
      // The record that ends where an edit begins is read again, too: the CR at its end may get an LF.
      const touched = old.lastUpTo(edit.start - 1);
      this.starts.append(old, known, touched + 1, shift);
      let at = touched < 0 ? this.addFirst() : old.at(touched) + shift;
      for (;;) {
        at = recordEnd(text, at, this.dialect);
        for (; edit && edit.start + shift + edit.text.length <= at; edit = edits[++next]) {
          shift += edit.text.length - (edit.end - edit.start);
        }
        if (at >= text.length) return;
        while (known < old.length && old.at(known) < at - shift) known++;
        const isUntouched = !edit || at < edit.start + shift;
        if (isUntouched && known < old.length && old.at(known) === at - shift) break;
        this.starts.push(at);
      }
    }
    this.starts.append(old, known, old.length, shift);
  }

  private endsLine(record: number): boolean {
    const { contentEnd, end } = this.span(record);
    return contentEnd < end;
  }

  /** Begins with the first record, if there is one. */
  private addFirst(): number {
    const start = firstStart(this.text);
    if (start < this.text.length) this.starts.push(start);
    return start;
  }
}
