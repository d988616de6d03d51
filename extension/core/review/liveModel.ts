import { messageOf } from '../errors';
import type { Log } from '../log';
import type { EngineProgress, FindSettings, Found, LabelChange, Reranked, ReviewEngine } from './engine/types';

export interface LiveModelOptions {
  readonly createEngine: () => ReviewEngine;
  readonly log: Log;
  /** What was looked for last; a model that has to be started looks for the same. */
  readonly settings: () => FindSettings | undefined;
  /** Labels that differ from those of the file now. */
  readonly labels: () => readonly LabelChange[];
  /** Called with what follows of all changes so far. */
  readonly onReranked: (reranked: Reranked) => void;
  /** Called when the model cannot follow; decisions are made all the same. */
  readonly onFailed: (error: unknown) => void;
}

/**
 * The engine of one review: starts when it is needed first, and follows decisions one batch after the other. What comes in
 * while a batch is on its way makes up the next one.
 */
export class LiveModel {
  private engine: ReviewEngine | undefined;
  /** Settles when the engine knows a model; undefined before anyone needs it, and when that failed. */
  private started: Promise<unknown> | undefined;
  private readonly waiting = new Map<number, LabelChange>();
  private following: Promise<void> | undefined;
  private closed = false;

  constructor(private readonly options: LiveModelOptions) {}

  get isStarted(): boolean {
    return this.started !== undefined;
  }

  /** The file is another one: who needs the model next starts it anew. */
  forget(): void {
    this.started = undefined;
  }

  /** Looks for label errors; a model that was there before stays when that fails. */
  async find(settings: FindSettings, progress?: EngineProgress): Promise<Found> {
    this.engine ??= this.options.createEngine();
    const finding = this.engine.find(settings, this.options.labels(), progress);
    this.start(finding);
    return finding;
  }

  /** Follows changes of labels in the background. */
  follow(changes: readonly LabelChange[]): void {
    for (const change of changes) this.waiting.set(change.row, change);
    if (this.closed || this.waiting.size === 0) return;
    this.following ??= this.followAll().finally(() => {
      this.following = undefined;
    });
  }

  /** The engine once it knows a model; undefined when nothing was looked for yet. */
  async ready(): Promise<ReviewEngine | undefined> {
    const settings = this.options.settings();
    if (this.closed || (!settings && !this.started)) return undefined;
    if (settings && !this.started) {
      this.options.log.info(`Starting the model of ${settings.dataset}.`);
      this.engine ??= this.options.createEngine();
      this.start(this.engine.find(settings, this.options.labels()).then(this.options.onReranked));
    }
    await this.started;
    return this.engine;
  }

  /** Settles when everything so far was followed. */
  async settled(): Promise<void> {
    await this.following;
  }

  async close(): Promise<void> {
    this.closed = true;
    await this.engine?.close();
    await this.following;
  }

  private start(finding: Promise<unknown>): void {
    if (this.started) return;
    this.started = finding;
    finding.catch(() => {
      if (this.started === finding) this.started = undefined;
    });
  }

  private async followAll(): Promise<void> {
    try {
      const engine = await this.ready();
      while (engine && this.waiting.size > 0) {
        const changes = [...this.waiting.values()];
        this.waiting.clear();
        const reranked = await engine.change(changes);
        if (reranked && this.waiting.size === 0) this.options.onReranked(reranked);
      }
    } catch (error) {
      if (this.closed) return;
      this.options.log.warn(`The model does not follow the decisions: ${messageOf(error)}`);
      this.options.onFailed(error);
    }
  }
}
