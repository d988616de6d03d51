import type { PushProgress } from './types';

/** Steps in which bytes are told: more of them nobody could see. */
const steps = 200;

/** Counts what a push has sent, and tells it. */
export class PushMeter {
  private sent = 0;
  /** Bytes of the commits that are made, whether they had to be sent or the Hub had them. */
  private settled: number;
  /** Those and the ones of the commit under way. */
  private due = 0;
  private told = -1;
  private phase: PushProgress['phase'] = 'creating';
  private commits: number;
  private ofCommits: number;

  /** @param made of a push that goes on */
  constructor(
    private readonly bytes: number,
    made: { readonly commits: number; readonly bytes: number },
    private readonly onProgress: (progress: PushProgress) => void,
  ) {
    this.commits = made.commits;
    this.ofCommits = made.commits;
    this.settled = made.bytes;
  }

  create(): void {
    this.tell('creating');
  }

  /** A commit is under way. @param left commits that are not made yet, with this one */
  begin(bytes: number, left: number): void {
    this.sent = this.settled;
    this.due = this.settled + bytes;
    this.ofCommits = this.commits + left;
    this.tell('uploading');
  }

  /** @param bytes negative where an attempt begins anew */
  add(bytes: number): void {
    this.sent += bytes;
    const phase = this.sent < this.due ? 'uploading' : 'committing';
    if (phase !== this.phase || this.step() !== this.told) this.tell(phase);
  }

  wait(message: string): void {
    this.tell('waiting', message);
  }

  /** The commit that was under way is made. */
  settle(): void {
    this.settled = this.due;
    this.sent = this.due;
    this.commits++;
    this.tell('committing');
  }

  private tell(phase: PushProgress['phase'], message?: string): void {
    const { bytes, commits, ofCommits } = this;
    this.phase = phase;
    this.told = this.step();
    this.onProgress({ phase, sent: this.counted(), bytes, commits, ofCommits, message });
  }

  /** Bodies of requests are longer than the files in them, and attempts that failed begin anew. */
  private counted(): number {
    return Math.min(Math.max(this.sent, this.settled), this.due, this.bytes);
  }

  private step(): number {
    return Math.floor((this.counted() * steps) / Math.max(this.bytes, 1));
  }
}
